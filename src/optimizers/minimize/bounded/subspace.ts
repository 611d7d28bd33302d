import type { Bound } from '../types.ts';
import type { Cauchy } from './cauchy.ts';
import type { Compact } from './compact.ts';
import { solve } from './solve.ts';

/**
 * From the Cauchy point to the minimum of the model over the coordinates that are at no bound, back on the bounds where
 * it lies beyond them.
 *
 * @returns the change of each free coordinate, beyond the bounds if the model asks for it
 * @see Byrd, Lu, Nocedal & Zhu 1995, section 5.1, the direct primal method
 */
export function subspaceStep(
  x: Float64Array,
  gradient: Float64Array,
  bounds: readonly Bound[],
  model: Compact,
  { point, c }: Cauchy,
): Float64Array {
  const { theta, width } = model;
  const isFree = (i: number): boolean => point[i]! > bounds[i]![0] && point[i]! < bounds[i]![1];
  const free = [...x.keys()].filter(isFree);
  const rows = free.map((i) => model.row(i));
  const mc = model.times(c);
  const inner = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, k) => sum + value * b[k]!, 0);
  // The gradient of the model at the Cauchy point.
  const reduced = free.map((i, k) => gradient[i]! + theta * (point[i]! - x[i]!) - inner(rows[k]!, mc));
  let v = new Float64Array(width);
  const square = new Float64Array(width * width);
  rows.forEach((row, k) => {
    for (let i = 0; i < width; i++) {
      v[i]! += row[i]! * reduced[k]!;
      for (let j = 0; j < width; j++) square[i * width + j]! += (row[i]! * row[j]!) / theta;
    }
  });
  // (I − M·WᵀW/θ)·v = M·Wᵀr, from the formula of Sherman, Morrison and Woodbury
  v = Float64Array.from(model.times(v));
  const matrix = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    const column = model.times(Float64Array.from({ length: width }, (_, i) => square[i * width + j]!));
    for (let i = 0; i < width; i++) matrix[i * width + j] = (i === j ? 1 : 0) - column[i]!;
  }
  solve(matrix, v);
  const step = new Float64Array(x.length);
  free.forEach((i, k) => {
    step[i] = -reduced[k]! / theta - inner(rows[k]!, v) / theta ** 2;
  });
  return step;
}
