import { add, clone, eye, matMul, mul, ones, pow, reshape, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions, checkSameShape } from '../core/check.ts';
import { described } from '../core/description.ts';
import { mix, numberNamed, tensorNamed } from '../core/elementwise/expression.ts';
import { along, products, squares } from './axes.ts';
import { power } from './eigenvectors.ts';
import { pass } from './pass.ts';
import { perTensor, type SlotState } from './perTensor.ts';
import {
  axesOf,
  type ByAxis,
  byAxis,
  PRECONDITIONER_OPTIONS,
  type PreconditionerOptions,
  preconditionerOptions,
} from './preconditioners.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByShampoo`. */
export interface ScaleByShampooOptions extends PreconditionerOptions {
  /** The share of each matrix that stays, in (0, 1]: 1, the sum of all steps, by default; below 1 an average. */
  beta?: number | undefined;
  /** What is added to the diagonals, above 0; 1e-4 by default. */
  epsilon?: number | undefined;
}

type Slot = 'steps' | 'factors' | 'roots';

/** For each axis of a tensor a matrix, or its diagonal, and the root that was last taken of it. */
export type ShampooState = SlotState<Slot>;

const WHERE = 'scaleByShampoo';

const gathered = pass(
  ['old', 'now'],
  [mix(numberNamed('old'), tensorNamed('old'), numberNamed('fresh'), tensorNamed('now'))],
);

/** A matrix for an axis, or the diagonal of one. */
const applied = (root: Tensor, x: Tensor, axis: number): Tensor =>
  root.rank === 2
    ? along(root, x, axis)
    : mul(
        x,
        reshape(
          root,
          x.shape.map((size, i) => (i === axis ? size : 1)),
        ),
      );

/** `(H + ε·I)^p`; the last root where H is not finite. */
function rootOf(factor: Tensor, last: Tensor, epsilon: number, exponent: number): Tensor {
  if (factor.rank === 1) return pow(add(factor, epsilon), exponent);
  const parts = power(factor, epsilon, exponent);
  return parts === undefined ? clone(last) : matMul(parts.scaled, parts.vectors, false, true);
}

/**
 * Shampoo: gradients multiplied along each axis by the inverse root of a matrix of their products.
 *
 * For a matrix `L ← L + g·gᵀ`, `R ← R + gᵀ·g`, `u = (L + ε·I)^(−1/4)·g·(R + ε·I)^(−1/4)`; for a tensor of k axes
 * one matrix each, to the power −1/(2k). An axis longer than `maxPreconditionerDim` has the diagonal of its matrix
 * alone. With `beta` β below 1, `L ← β·L + (1 − β)·g·gᵀ`.
 *
 * The roots are taken in double precision, at the first step of a tensor and every `preconditionFrequency`-th one after
 * it. At 1, the paper's algorithm, no step is longer than its statistics allow. A root that is older knows nothing of
 * the directions that are new in a gradient, and multiplies them by ε^(−1/2): raise `epsilon` with the frequency.
 *
 * @param options `preconditionFrequency` (1), `maxPreconditionerDim` (1024), `beta` β in (0, 1] (1), `epsilon` ε > 0
 * (1e-4)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 * `init` in structure or shape
 *
 * @example
 * const t = transforms.chain(transforms.scaleByShampoo(), transforms.scaleByLearningRate(0.1));
 *
 * @see Gupta, Koren & Singer, "Shampoo: Preconditioned Stochastic Tensor Optimization", ICML 2018
 */
export function scaleByShampoo(options: ScaleByShampooOptions = {}): GradientTransformation<ShampooState> {
  checkOptions(WHERE, options, ['beta', 'epsilon', ...PRECONDITIONER_OPTIONS]);
  const { beta = 1, epsilon = 1e-4 } = options;
  checkNumber(WHERE, 'beta', beta, { min: 0, max: 1, exclusiveMin: true });
  checkNumber(WHERE, 'epsilon', epsilon, { min: 0, exclusiveMin: true });
  const { preconditionFrequency, maxPreconditionerDim } = preconditionerOptions(WHERE, options, 1);
  const isWhole = (size: number): boolean => size <= maxPreconditionerDim;
  const gather = (old: Tensor, g: Tensor, axis: number): Tensor => {
    const now = old.rank === 2 ? products(g, axis) : squares(g, axis);
    return gathered([old, now], { old: beta, fresh: beta === 1 ? 1 : 1 - beta })[0]!;
  };
  const all = ({ shape }: Tensor): number[] => shape.map((_, axis) => axis);
  // A number is a vector of one entry.
  const withAxis = (x: Tensor): Tensor => (x.rank === 0 ? reshape(x, [1]) : x);
  const transform = perTensor<Slot>(WHERE, {
    slots: ['steps', 'factors', 'roots'],
    begin: (param) => {
      const w = withAxis(param);
      const size = (axis: number): number => w.shape[axis]!;
      const blank = (axis: number): Tensor =>
        zeros(isWhole(size(axis)) ? [size(axis), size(axis)] : [size(axis)]);
      const identity = (axis: number): Tensor => (isWhole(size(axis)) ? eye(size(axis)) : ones([size(axis)]));
      return { steps: 0, factors: byAxis(all(w), blank), roots: byAxis(all(w), identity) };
    },
    step: (gradient, slots, _, place) => {
      const g = withAxis(gradient);
      const steps = slots.steps as number;
      const [old, roots] = [slots.factors as ByAxis, slots.roots as ByAxis];
      checkSameShape(
        WHERE,
        [`grads${place}`, g.shape],
        [`the parameter of state.factors${place}`, axesOf(old).map(([, { shape }]) => shape[0]!)],
      );
      const factors = byAxis(all(g), (axis) => gather(old[axis]!, g, axis));
      const isDue = steps % preconditionFrequency === 0;
      const next = byAxis(all(g), (axis) =>
        isDue ? rootOf(factors[axis]!, roots[axis]!, epsilon, -1 / (2 * g.rank)) : clone(roots[axis]!),
      );
      const update = all(g).reduce((u, axis) => applied(next[axis]!, u, axis), clone(g));
      return { update: reshape(update, gradient.shape), slots: { steps: steps + 1, factors, roots: next } };
    },
  });
  const given = { preconditionFrequency, maxPreconditionerDim, beta, epsilon };
  return described(transform, { kind: 'transform', name: WHERE, options: given });
}
