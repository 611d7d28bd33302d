import { textWidth } from '../../textWidth.ts';
import { type Box, inherited, number, type PageNode, property, TEXT, union } from './nodes.ts';

/** Of DejaVu Sans, as parts of the font size. */
const ascent = 0.928;
const descent = 0.236;

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

/** The box of the text of an element. */
export function textBox(node: PageNode): Box | undefined {
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
