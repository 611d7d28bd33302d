import type { TensorLike } from '../core/types.ts';
import { type Centres, centre, interceptOf } from './centre.ts';
import { type Descent, descend } from './coordinateDescent.ts';
import { type Matrix, readSampleRows, readTarget, writeColumns } from './data.ts';
import type { Penalised } from './gap.ts';
import { leastSquaresSolutions, ridgeSolutions } from './solutions.ts';
import { bytesOf, type Columns, inSpace, type Space } from './space.ts';
import { dot } from './vectors.ts';

/** Centred samples and targets, and where the descent for one penalty after the other is. */
export interface SparseProblem extends Omit<Penalised, 'l1' | 'l2'> {
  readonly centres: Centres;
}

/** The penalty α·(l1Ratio·‖w‖₁ + ½(1 − l1Ratio)·‖w‖²). */
export interface Penalty {
  readonly alpha: number;
  readonly l1Ratio: number;
}

/** When to stop. */
export interface Stopping {
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** A solution, which is a copy. */
export interface SparseSolution extends Descent {
  readonly w: Float64Array;
  readonly intercept: number;
}

/** Centres what is in the memory of the kernels already; the descent begins at w = 0. */
function problemIn(
  space: Space,
  columns: Columns,
  target: Float64Array,
  fitIntercept: boolean,
): SparseProblem {
  const { kernels } = space;
  const { address, rows, count, step } = columns;
  const [y, residual] = [space.doubles(rows), space.doubles(rows)];
  const [means, squares] = [space.doubles(count), space.doubles(count)];
  y.set(target);
  const { targets } = centre([], [y], fitIntercept);
  residual.set(y);
  if (fitIntercept) kernels.centre(address, count, rows, step, means.byteOffset, squares.byteOffset);
  else for (let j = 0; j < count; j++) squares[j] = dot(columns.column(j), columns.column(j));
  const [w, slopes, list] = [space.doubles(count), space.doubles(count), space.integers(count)];
  return { kernels, columns, y, squares, centres: { features: means, targets }, w, residual, slopes, list };
}

/** All that `problemIn` takes. */
const bytesFor = (rows: number, count: number): number =>
  bytesOf(rows, count) + bytesOf(rows, 2) + bytesOf(count, 5);

/** Does something with the problem of these samples, which lasts as long. */
export function withMatrix<T>(
  { rows, columns }: Matrix,
  y: Float64Array,
  fitIntercept: boolean,
  use: (problem: SparseProblem) => T,
): T {
  return inSpace(bytesFor(rows, columns.length), (space) => {
    const own = space.columns(rows, columns.length);
    columns.forEach((column, j) => {
      own.values.set(column, j * own.step);
    });
    return use(problemIn(space, own, y, fitIntercept));
  });
}

/** Does something with the problem that the arguments of a public function pose, which lasts as long. */
export function withSamples<T>(
  where: string,
  x: TensorLike,
  y: TensorLike,
  fitIntercept: boolean,
  use: (problem: SparseProblem) => T,
): T {
  const rows = readSampleRows(where, x);
  const count = rows[0]!.length;
  const target = readTarget(where, y, rows.length);
  return inSpace(bytesFor(rows.length, count), (space) => {
    const columns = space.columns(rows.length, count);
    writeColumns(rows, columns.values, count, columns.step);
    return use(problemIn(space, columns, target, fitIntercept));
  });
}

/** Without a penalty on ‖w‖₁ there is a closed form. */
function closedForm({ columns, y }: SparseProblem, { alpha }: Penalty): Float64Array {
  const { rows, count } = columns;
  const copies = Array.from({ length: count }, (_, j) => columns.column(j).slice());
  if (alpha === 0) return leastSquaresSolutions(copies, rows, [y])[0]!;
  return ridgeSolutions(copies, rows, [y], alpha * rows)[0]!;
}

/** Solves for one penalty from where the one before has ended, and warns of a descent that was cut short. */
export function solveSparse(
  where: string,
  problem: SparseProblem,
  penalty: Penalty,
  { tolerance, maxIterations }: Stopping,
): SparseSolution {
  const { y, w, centres } = problem;
  const rows = y.length;
  const l1 = penalty.alpha * penalty.l1Ratio * rows;
  const l2 = penalty.alpha * (1 - penalty.l1Ratio) * rows;
  if (l1 === 0) {
    const solution = closedForm(problem, penalty);
    const intercept = interceptOf(centres, solution);
    return { w: solution, intercept, iterations: 1, gap: 0, converged: true };
  }
  const limit = tolerance * dot(y, y);
  const descent = descend({ ...problem, l1, l2 }, { gap: limit, rounds: maxIterations });
  if (!descent.converged) {
    console.warn(
      `${where}: not converged after ${descent.iterations} rounds: the duality gap is ${descent.gap.toPrecision(3)}, ` +
        `${limit.toPrecision(3)} was asked for; raise maxIterations, tolerance or alpha`,
    );
  }
  return { ...descent, gap: descent.gap / rows, w: w.slice(), intercept: interceptOf(centres, w) };
}
