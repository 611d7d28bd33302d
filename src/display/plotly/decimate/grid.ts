import type { Plain } from '../../plain.ts';
import type { Decimated } from '../decimate.ts';
import { lengthOf } from '../lengths.ts';

/** A chart has hardly more pixels. */
const mostCells = 500;

/** A large grid of numbers with the means of its blocks; undefined where it is small, or no grid of numbers. */
export function smallerGrid(trace: Plain, path: string): Decimated | undefined {
  const rows = Array.isArray(trace.z) ? (trace.z as ArrayLike<unknown>[]) : [];
  const height = rows.length;
  const width = lengthOf(rows[0]) ?? 0;
  if (width <= mostCells && height <= mostCells) return undefined;
  if (width === 0 || rows.some((row) => lengthOf(row) !== width)) return undefined;
  if (trace.text !== undefined || trace.customdata !== undefined) return undefined;
  if (!isAxis(trace.x, width) || !isAxis(trace.y, height)) return undefined;
  const [across, down] = [Math.ceil(width / mostCells), Math.ceil(height / mostCells)];
  const z = Array.from({ length: Math.ceil(height / down) }, (_, row) =>
    Array.from({ length: Math.ceil(width / across) }, (_cell, column) =>
      mean(rows, row * down, column * across, down, across),
    ),
  );
  return {
    trace: { ...trace, z, ...axis(trace, 'x', width, across), ...axis(trace, 'y', height, down) },
    remark: `${path}: its grid of ${height} × ${width} is averaged to ${z.length} × ${z[0]?.length ?? 0}`,
  };
}

function mean(rows: ArrayLike<unknown>[], top: number, left: number, down: number, across: number): number {
  let [sum, count] = [0, 0];
  for (let row = top; row < Math.min(top + down, rows.length); row++) {
    const cells = rows[row] ?? [];
    for (let column = left; column < Math.min(left + across, cells.length); column++) {
      const value = Number(cells[column] ?? Number.NaN);
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** A place or an edge for each column or row, or none. */
function isAxis(list: unknown, count: number): boolean {
  const length = lengthOf(list);
  if (length === undefined) return list === undefined;
  return lengthOf((list as unknown[])[0]) === undefined && (length === count || length === count + 1);
}

/** The places of the blocks: middles of numbers, the first of anything else; or their edges. */
function axis(trace: Plain, name: 'x' | 'y', count: number, block: number): Plain {
  if (block === 1) return {};
  const list = trace[name] as ArrayLike<unknown> | undefined;
  const blocks = Array.from({ length: Math.ceil(count / block) }, (_, at) => at * block);
  if (list && list.length === count + 1) return { [name]: [...blocks, count].map((at) => list[at]) };
  const places = blocks.map((first) => {
    const last = Math.min(first + block, count) - 1;
    const [from, to] = list ? [list[first], list[last]] : [first, last];
    return typeof from === 'number' && typeof to === 'number' ? (from + to) / 2 : from;
  });
  return { [name]: places };
}
