import { type Box, number, type PageNode, property, TEXT, union } from './nodes.ts';
import { type Point, pathLines } from './path.ts';
import { textBox } from './textBoxes.ts';
import { applyTo, type Matrix, matrixOf, multiply } from './transform.ts';

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
