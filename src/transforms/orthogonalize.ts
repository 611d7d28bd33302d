import { eye, matMul, mul, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { add, numberNamed, square, tensorNamed, mul as times } from '../core/elementwise/expression.ts';
import { compileProgram } from '../core/elementwise/program.ts';
import { sumProgram } from '../core/elementwise/run.ts';
import { toTensor } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';
import { pass } from './pass.ts';

/** The factors a, b, c of an iteration `X ← a·X + b·(X·Xᵀ)·X + c·(X·Xᵀ)²·X`. */
export type NewtonSchulzCoefficients = readonly [a: number, b: number, c: number];

/** Options of `orthogonalize`. */
export interface OrthogonalizeOptions {
  /** How many iterations, at least 1; 5 by default. */
  nsSteps?: number | undefined;
  /** The factors of every iteration, or a list of `nsSteps` of them; (3.4445, −4.775, 2.0315) by default. */
  nsCoefficients?: NewtonSchulzCoefficients | readonly NewtonSchulzCoefficients[] | undefined;
  /** What is added to the norm that is divided by, at least 0; 1e-8 by default. */
  epsilon?: number | undefined;
}

/** The names of the options, for functions that take them too. */
export const ORTHOGONALIZE_OPTIONS = ['nsSteps', 'nsCoefficients', 'epsilon'] as const;

/** Jordan's: those of the steepest slope at 0 that keep singular values near 1. */
const STEEP: NewtonSchulzCoefficients = [3.4445, -4.775, 2.0315];

export interface Iteration {
  readonly factors: readonly NewtonSchulzCoefficients[];
  readonly epsilon: number;
}

const isTriple = (value: unknown): value is NewtonSchulzCoefficients =>
  Array.isArray(value) && value.length === 3 && value.every((one) => Number.isFinite(one));

/** The options, checked. */
export function iterationOf(where: string, options: OrthogonalizeOptions): Iteration {
  const { nsSteps = 5, nsCoefficients = STEEP, epsilon = 1e-8 } = options;
  checkNumber(where, 'nsSteps', nsSteps, { min: 1, integer: true });
  checkNumber(where, 'epsilon', epsilon, { min: 0 });
  if (isTriple(nsCoefficients)) return { factors: Array(nsSteps).fill(nsCoefficients), epsilon };
  const isList = Array.isArray(nsCoefficients) && nsCoefficients.length === nsSteps;
  if (isList && nsCoefficients.every(isTriple)) return { factors: nsCoefficients, epsilon };
  const allowed = `three numbers, or ${nsSteps} times three, as many as nsSteps`;
  throw new ArgumentError(where, 'nsCoefficients', describe(nsCoefficients), allowed);
}

const [x, y, n] = [tensorNamed('x'), tensorNamed('y'), numberNamed];
const combined = pass(['x', 'y'], [add(times(n('p'), x), times(n('q'), y))]);
const squares = compileProgram([square(x)], ['x']);

/** The iteration on a matrix with no more rows than columns, so that the products X·Xᵀ are small. */
function iterate(matrix: Tensor, factors: readonly NewtonSchulzCoefficients[]): Tensor {
  const identity = eye(matrix.shape[0]!);
  let result = matrix;
  for (const [a, b, c] of factors) {
    const gram = matMul(result, result, false, true);
    // a·I + (b·I + c·A)·A: only matrices of the smaller size are added up.
    const inner = matMul(combined([gram, identity], { p: c, q: b })[0]!, gram);
    result = matMul(combined([inner, identity], { p: 1, q: a })[0]!, result);
  }
  return result;
}

/** `orthogonalize` of a tensor with options that were checked. */
export function orthogonalized(x: Tensor, { factors, epsilon }: Iteration): Tensor {
  const columns = x.shape.at(-1)!;
  const matrix = reshape(x, [-1, columns]);
  const isTall = matrix.shape[0]! > columns;
  const norm = Math.sqrt(sumProgram(squares, [matrix], [])[0]!);
  const unit = mul(matrix, 1 / (norm + epsilon));
  const result = isTall ? iterate(unit.transpose(), factors).transpose() : iterate(unit, factors);
  return reshape(result, x.shape);
}

/**
 * A matrix with singular values near 1 in the place of its own, its singular vectors kept.
 *
 * `X = x / (‖x‖ + ε)`, then Newton–Schulz iterations `X ← a·X + b·(X·Xᵀ)·X + c·(X·Xᵀ)²·X`. The default factors
 * do not converge to 1: they bring singular values of at least 1/100 of the norm between 0.68 and 1.14 in five
 * iterations.
 *
 * @param x [..., n] of rank 2 or more; of a higher rank, as the kernel of a convolution, the axes before the last
 * are taken as one
 * @param options `nsSteps` (5), `nsCoefficients` a, b, c for every iteration or for each (3.4445, −4.775, 2.0315),
 * `epsilon` ε ≥ 0 (1e-8)
 * @returns a tensor of the shape of x
 * @throws ArgumentError when x is no matrix, or an option is out of range
 *
 * @example
 * transforms.orthogonalize([[2, 0], [0, 1]]); // near the identity
 *
 * @see Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024
 */
export function orthogonalize(x: TensorLike, options: OrthogonalizeOptions = {}): Tensor {
  checkOptions('orthogonalize', options, ORTHOGONALIZE_OPTIONS);
  const iteration = iterationOf('orthogonalize', options);
  return tidy(() => {
    const matrix = toTensor('orthogonalize', 'x', x);
    if (matrix.rank < 2)
      throw new ArgumentError('orthogonalize', 'x', `[${matrix.shape}]`, 'of rank 2 or more');
    return orthogonalized(matrix, iteration);
  });
}
