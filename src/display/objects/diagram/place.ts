import type { Box } from './fold.ts';

/** Where the boxes stand, and the points that each edge goes through. */
export interface Placed {
  /** The middle of each box, and its row. */
  readonly boxes: readonly { readonly x: number; readonly row: number }[];
  readonly edges: readonly (readonly { readonly x: number; readonly row: number }[])[];
  readonly rows: number;
  readonly left: number;
  readonly right: number;
}

const gap = 18;
const bendWidth = 14;
const sweeps = 8;

/** A box, or a bend of an edge that passes a row. */
interface Node {
  readonly row: number;
  readonly width: number;
  x: number;
  readonly above: Node[];
  readonly below: Node[];
}

/**
 * Rows by the longest way from an input; in each row an order with few crossings, and places near those of the
 * neighbours (Sugiyama, Tagawa and Toda 1981).
 */
export function placeBoxes(boxes: readonly Box[], widths: readonly number[]): Placed {
  const nodes: Node[] = [];
  boxes.forEach(({ inputs }, index) => {
    const row = inputs.reduce((deepest, input) => Math.max(deepest, nodes[input]!.row + 1), 0);
    nodes.push({ row, width: widths[index]!, x: 0, above: [], below: [] });
  });
  const rows: Node[][] = [];
  for (const node of nodes) rowOf(rows, node.row).push(node);
  const edges = boxes.flatMap(({ inputs }, index) =>
    inputs.map((input) => connect(nodes[input]!, nodes[index]!, rows)),
  );
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const row of rows) arrange(row, (node) => node.above, sweep < sweeps - 2);
    for (const row of [...rows].reverse()) arrange(row, (node) => node.below, sweep < sweeps - 2);
  }
  const all = rows.flat();
  return {
    boxes: nodes,
    edges,
    rows: rows.length,
    left: all.reduce((left, { x, width }) => Math.min(left, x - width / 2), 0),
    right: all.reduce((right, { x, width }) => Math.max(right, x + width / 2), 0),
  };
}

function rowOf(rows: Node[][], row: number): Node[] {
  const found = rows[row] ?? [];
  rows[row] = found;
  return found;
}

/** Bends keep an edge clear of the boxes in the rows that it passes. */
function connect(from: Node, to: Node, rows: Node[][]): Node[] {
  const way = [from];
  for (let row = from.row + 1; row < to.row; row++) {
    const bend: Node = { row, width: bendWidth, x: 0, above: [], below: [] };
    rowOf(rows, row).push(bend);
    way.push(bend);
  }
  way.push(to);
  for (let at = 1; at < way.length; at++) {
    way[at]!.above.push(way[at - 1]!);
    way[at - 1]!.below.push(way[at]!);
  }
  return way;
}

const mean = (nodes: readonly Node[]): number => nodes.reduce((sum, { x }) => sum + x, 0) / nodes.length;

/** Moves the nodes of a row to the middle of their neighbours, as far as there is room. */
function arrange(row: Node[], neighbours: (node: Node) => readonly Node[], isSorted: boolean): void {
  const wanted = new Map(
    row.map((node) => [node, neighbours(node).length > 0 ? mean(neighbours(node)) : node.x]),
  );
  if (isSorted) row.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
  const starts: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const node of row) {
    const start = Math.max(end + gap, wanted.get(node)! - node.width / 2);
    starts.push(start);
    end = start + node.width;
  }
  // What was pushed to the right all the way is shared out to both sides.
  const shift =
    row.reduce((sum, node, at) => sum + wanted.get(node)! - (starts[at]! + node.width / 2), 0) / row.length;
  row.forEach((node, at) => {
    node.x = starts[at]! + node.width / 2 + shift;
  });
}
