import { checkNumber, checkOptions } from '../core/check.ts';
import {
  add,
  div,
  type Expression,
  max,
  min,
  mul,
  neg,
  pow,
  sqrt,
  square,
  sub,
} from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { elementwise } from './elementwise.ts';
import { ratedBy } from './scaleByLearningRate.ts';
import type { Rate, RatedTransformation } from './types.ts';

/** Options of `ftrl`. */
export interface FtrlOptions {
  /** The learning rate η > 0, or a function of the step; 0.001 by default. */
  learningRate?: Rate | undefined;
  /** How the rate falls with the sum of the squares, p ≤ 0; −0.5 by default, 0 for a rate that stays. */
  learningRatePower?: number | undefined;
  /** What the sum of the squares begins with, ≥ 0; 0.1 by default. */
  initialAccumulatorValue?: number | undefined;
  /** λ₁ ≥ 0; 0 by default. */
  l1RegularizationStrength?: number | undefined;
  /** λ₂ ≥ 0; 0 by default. */
  l2RegularizationStrength?: number | undefined;
  /** λₛ ≥ 0, an L2 penalty that goes into the gradient; 0 by default. */
  l2ShrinkageRegularizationStrength?: number | undefined;
  /** β ≥ 0; 0 by default. */
  beta?: number | undefined;
  /** The decoupled weight decay λ ≥ 0, taken off the parameter before the rest; 0 by default. */
  weightDecay?: number | undefined;
}

/** The sum of the squares of the gradients, and the linear part of the problem. */
export type FtrlState = { readonly count: number; readonly accumulator: Params; readonly linear: Params };

/** The names of `FtrlOptions`. */
export const FTRL_OPTIONS: readonly (keyof FtrlOptions)[] = [
  'learningRate',
  'learningRatePower',
  'initialAccumulatorValue',
  'l1RegularizationStrength',
  'l2RegularizationStrength',
  'l2ShrinkageRegularizationStrength',
  'beta',
  'weightDecay',
];

/** The power −p of a sum of squares. */
const powered = (x: Expression, power: number): Expression =>
  power === 0.5 ? sqrt(x) : power === 1 ? x : pow(x, power);

/** The options with their defaults, checked. */
function checkFtrl(
  options: FtrlOptions,
): Required<{ [K in Exclude<keyof FtrlOptions, 'learningRate'>]: number }> {
  const {
    learningRatePower = -0.5,
    initialAccumulatorValue = 0.1,
    l1RegularizationStrength = 0,
    l2RegularizationStrength = 0,
    l2ShrinkageRegularizationStrength = 0,
    beta = 0,
    weightDecay = 0,
  } = options;
  checkNumber('ftrl', 'learningRatePower', learningRatePower, { max: 0 });
  const others = {
    initialAccumulatorValue,
    l1RegularizationStrength,
    l2RegularizationStrength,
    l2ShrinkageRegularizationStrength,
    beta,
    weightDecay,
  };
  for (const [name, value] of Object.entries(others)) checkNumber('ftrl', name, value, { min: 0 });
  return { learningRatePower, ...others };
}

/**
 * Follow the regularized leader, which solves a regularised problem for all gradients so far. It has the learning rate
 * within, and gives updates to be added as they are.
 *
 * `s' = s + g²`, `l ← l + (g + 2λₛw) − (s'⁻ᵖ − s⁻ᵖ)/η·w`; the new parameter is
 * `(clip(l, −λ₁, λ₁) − l)/(s'⁻ᵖ/η + 2λ₂ + β/η)`, then `s ← s'`.
 *
 * @param options `learningRate` η (0.001), `learningRatePower` p ≤ 0 (−0.5), `initialAccumulatorValue` ≥ 0 (0.1),
 *   `l1RegularizationStrength` λ₁, `l2RegularizationStrength` λ₂, `l2ShrinkageRegularizationStrength` λₛ, `beta` β,
 *   `weightDecay`, each ≥ 0 (0)
 * @returns a transform with a `learningRate`; its `update` needs `params`
 * @throws ArgumentError when an option is out of range, or trees differ in structure or shape
 *
 * @example
 * const optimizer = optimizers.fromTransform(transforms.ftrl({ l1RegularizationStrength: 0.01 }));
 *
 * @see McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD 2013
 */
export function ftrl(options: FtrlOptions = {}): RatedTransformation<FtrlState> {
  checkOptions('ftrl', options, FTRL_OPTIONS);
  const checked = checkFtrl(options);
  const { learningRatePower, initialAccumulatorValue, beta, weightDecay } = checked;
  const { learningRate = 0.001 } = options;
  const { l1RegularizationStrength: l1, l2ShrinkageRegularizationStrength: shrinkage } = checked;
  return ratedBy<FtrlState>('ftrl', learningRate, (rate) =>
    elementwise(
      {
        name: 'ftrl',
        counted: true,
        needsParams: true,
        slots: { accumulator: initialAccumulatorValue, linear: 0 },
        numbers: (count) => ({ inverse: 1 / rate(count), kept: 1 - rate(count) * weightDecay }),
        step: ({ g, w: before, slot, number }) => {
          const w = weightDecay === 0 ? before : mul(number('kept'), before);
          const inverse = number('inverse');
          const accumulator = add(slot('accumulator'), square(g));
          const root = powered(accumulator, -learningRatePower);
          const grown = mul(sub(root, powered(slot('accumulator'), -learningRatePower)), inverse);
          const gradient = shrinkage === 0 ? g : add(g, mul(2 * shrinkage, w));
          const linear = sub(add(slot('linear'), gradient), mul(grown, w));
          const quadratic = add(mul(add(root, beta), inverse), 2 * checked.l2RegularizationStrength);
          const next = div(l1 === 0 ? neg(linear) : sub(max(min(linear, l1), -l1), linear), quadratic);
          return { update: sub(next, before), slots: { accumulator, linear } };
        },
      },
      checked,
    ),
  );
}
