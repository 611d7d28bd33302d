import { textWidth } from '../../textWidth.ts';
import { type Point, pathLines } from './path.ts';
import { applyTo, type Matrix, matrixOf, multiply } from './transform.ts';

/** As much of a DOM node as is measured. */
export interface PageNode {
  readonly nodeName: string;
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<PageNode> & Iterable<PageNode>;
  readonly parentNode: PageNode | null;
  readonly style?: { getPropertyValue(name: string): string };
  getAttribute?(name: string): string | null;
}

/** The corners of a box; undefined where nothing is drawn. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

const TEXT = 3;
/** Of DejaVu Sans, as parts of the font size. */
const ascent = 0.928;
const descent = 0.236;

/** The box of an element in its own coordinates, as `getBBox()` gives it. */
export function boxOf(node: PageNode): Box | undefined {
  switch (node.nodeName) {
    case 'text':
      return textBox(node);
    case 'tspan':
      return textBox(node);
    case 'path':
      return around(pathLines(node.getAttribute?.('d') ?? '').flat());
    case 'line':
      return around([
        [number(node, 'x1'), number(node, 'y1')],
        [number(node, 'x2'), number(node, 'y2')],
      ]);
    case 'circle':
      return ellipse(node, number(node, 'r'), number(node, 'r'));
    case 'ellipse':
      return ellipse(node, number(node, 'rx'), number(node, 'ry'));
    case 'polygon':
    case 'polyline':
      return around(pathLines(`M${node.getAttribute?.('points') ?? ''}`).flat());
    case 'rect':
    case 'image':
    case 'svg':
    case 'foreignObject':
      return rectangle(node);
    case 'defs':
    case 'clipPath':
    case 'style':
      return undefined;
    default:
      return groupBox(node);
  }
}

/** The box of an element in the coordinates of the page, as `getBoundingClientRect()` gives it. */
export function pageBoxOf(node: PageNode): Box | undefined {
  const box = boxOf(node);
  if (!box) return undefined;
  let matrix = ownMatrix(node);
  for (let above = node.parentNode; above; above = above.parentNode)
    matrix = multiply(ownMatrix(above), matrix);
  return moved(box, matrix);
}

function ownMatrix(node: PageNode): Matrix {
  return matrixOf(node.getAttribute?.('transform') ?? null);
}

function moved([left, top, right, bottom]: Box, matrix: Matrix): Box | undefined {
  const corners: Point[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return around(corners.map((corner) => applyTo(matrix, corner)));
}

function around(points: readonly Point[]): Box | undefined {
  if (points.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return [left, top, right, bottom];
}

function union(one: Box | undefined, two: Box | undefined): Box | undefined {
  if (!one || !two) return one ?? two;
  return [
    Math.min(one[0], two[0]),
    Math.min(one[1], two[1]),
    Math.max(one[2], two[2]),
    Math.max(one[3], two[3]),
  ];
}

function groupBox(node: PageNode): Box | undefined {
  let box: Box | undefined;
  for (const child of node.childNodes) {
    if (child.nodeType === TEXT || property(child, 'display') === 'none') continue;
    const own = boxOf(child);
    if (own) box = union(box, moved(own, ownMatrix(child)));
  }
  return box;
}

function rectangle(node: PageNode): Box {
  const [x, y] = [number(node, 'x'), number(node, 'y')];
  return [x, y, x + number(node, 'width'), y + number(node, 'height')];
}

function ellipse(node: PageNode, rx: number, ry: number): Box {
  const [x, y] = [number(node, 'cx'), number(node, 'cy')];
  return [x - rx, y - ry, x + rx, y + ry];
}

function number(node: PageNode, name: string): number {
  return Number.parseFloat(node.getAttribute?.(name) ?? '0') || 0;
}

function property(node: PageNode, name: string): string {
  return node.style?.getPropertyValue(name) || node.getAttribute?.(name) || '';
}

function inherited(node: PageNode, name: string, otherwise: string): string {
  for (let at: PageNode | null = node; at; at = at.parentNode) {
    const own = property(at, name);
    if (own !== '' && own !== 'inherit') return own;
  }
  return otherwise;
}

/** A run of text on one line from one point on. */
interface Chunk {
  x: number;
  y: number;
  width: number;
  size: number;
  anchor: string;
}

/** The width of the text of an element, laid out as SVG does. */
export function textLength(node: PageNode): number {
  return chunksOf(node).reduce((sum, chunk) => sum + chunk.width, 0);
}

function textBox(node: PageNode): Box | undefined {
  let box: Box | undefined;
  for (const { x, y, width, size, anchor } of chunksOf(node)) {
    const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
    box = union(box, [left, y - ascent * size, left + width, y + descent * size]);
  }
  return box;
}

function chunksOf(node: PageNode): Chunk[] {
  const chunks: Chunk[] = [];
  const pen = { x: 0, y: 0 };
  const start = (at: PageNode): void => {
    chunks.push({ ...pen, width: 0, size: 0, anchor: inherited(at, 'text-anchor', 'start') });
  };
  const walk = (at: PageNode): void => {
    if (at.nodeType === TEXT) {
      write(at);
      return;
    }
    const isPlaced = at.getAttribute?.('x') != null || at.getAttribute?.('y') != null;
    if (at.getAttribute?.('x') != null) pen.x = number(at, 'x');
    if (at.getAttribute?.('y') != null) pen.y = number(at, 'y');
    pen.x += shift(at, 'dx');
    pen.y += shift(at, 'dy');
    if (isPlaced || chunks.length === 0) start(at);
    for (const child of at.childNodes) walk(child);
  };
  const write = (at: PageNode): void => {
    const text = at.nodeValue ?? '';
    const chunk = chunks.at(-1);
    const parent = at.parentNode;
    if (!chunk || !parent || text === '') return;
    const size = sizeOf(parent);
    const width = textWidth(text.replace(/[\u200b\n]/g, ''), size, {
      family: inherited(parent, 'font-family', 'sans-serif').replaceAll('"', "'"),
      weight: inherited(parent, 'font-weight', 'normal'),
      style: inherited(parent, 'font-style', 'normal'),
    });
    chunk.width += width;
    chunk.size = Math.max(chunk.size, size);
    pen.x += width;
  };
  walk(node);
  return chunks.filter(({ size }) => size > 0);
}

function sizeOf(node: PageNode): number {
  const own = property(node, 'font-size');
  const size = Number.parseFloat(own);
  if (Number.isFinite(size)) {
    if (own.endsWith('%')) return (size / 100) * (node.parentNode ? sizeOf(node.parentNode) : 16);
    return own.endsWith('em') ? size * (node.parentNode ? sizeOf(node.parentNode) : 16) : size;
  }
  return node.parentNode ? sizeOf(node.parentNode) : 16;
}

function shift(node: PageNode, name: 'dx' | 'dy'): number {
  const text = node.getAttribute?.(name) ?? '';
  const value = Number.parseFloat(text) || 0;
  return text.endsWith('em') ? value * sizeOf(node) : value;
}
