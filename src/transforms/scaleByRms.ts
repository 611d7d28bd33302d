import { checkNumber, checkOptions } from '../core/check.ts';
import {
  add,
  div,
  type Expression,
  max,
  mix,
  mul,
  sqrt,
  square,
  sub,
} from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { checkDecay, correction } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByRms`. */
export interface ScaleByRmsOptions {
  /** How much of the mean of the squares stays, in [0, 1); 0.9 by default. */
  rho?: number | undefined;
  /** Guards the division, ≥ 0; 1e-7 by default. */
  epsilon?: number | undefined;
  /** Whether to divide by the standard deviation; false by default. */
  centered?: boolean | undefined;
  /** Whether ε is added before the root is taken; true by default. */
  epsilonInRoot?: boolean | undefined;
  /** Whether to make up for the value that the mean begins with; false by default. */
  debias?: boolean | undefined;
  /** What the mean of the squares begins with, ≥ 0; 0 by default. */
  initialAccumulatorValue?: number | undefined;
}

/** The mean of the squares of the gradients, and with `centered` that of the gradients. */
export type ScaleByRmsState = { readonly count?: number; readonly v: Params; readonly mean?: Params };

/**
 * Divides the gradients by the root of the decaying mean of their squares.
 *
 * `v ← ρ·v + (1 − ρ)·g²`; the update is `g/√(v + ε)`. With `centered`, `a ← ρ·a + (1 − ρ)·g` and the update is
 * `g/√(v − a² + ε)`. With `debias` v and a are divided by 1 − ρᵗ, t counted from 1; without `epsilonInRoot` the divisor
 * is √v + ε.
 *
 * @param options `rho` in [0, 1) (0.9), `epsilon` ≥ 0 (1e-7), `centered` (false), `epsilonInRoot` (true), `debias`
 *   (false), `initialAccumulatorValue` ≥ 0 (0)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const rmsprop = transforms.chain(transforms.scaleByRms(), transforms.scaleByLearningRate(0.001));
 *
 * @see Hinton, "Neural Networks for Machine Learning", lecture 6e, 2012; Graves, "Generating Sequences With Recurrent
 * Neural Networks", 2013 (centered)
 */
export function scaleByRms(options: ScaleByRmsOptions = {}): GradientTransformation<ScaleByRmsState> {
  const names = ['rho', 'epsilon', 'centered', 'epsilonInRoot', 'debias', 'initialAccumulatorValue'];
  checkOptions('scaleByRms', options, names);
  const { rho = 0.9, epsilon = 1e-7, initialAccumulatorValue = 0 } = options;
  const { centered = false, epsilonInRoot = true, debias = false } = options;
  checkDecay('scaleByRms', 'rho', rho);
  checkNumber('scaleByRms', 'epsilon', epsilon, { min: 0 });
  checkNumber('scaleByRms', 'initialAccumulatorValue', initialAccumulatorValue, { min: 0 });
  const rootOf = (v: Expression): Expression =>
    epsilonInRoot ? sqrt(add(v, epsilon)) : add(sqrt(v), epsilon);
  return elementwise(
    {
      name: 'scaleByRms',
      counted: debias,
      slots: { v: initialAccumulatorValue, ...(centered && { mean: 0 }) },
      numbers: (count) => ({ correction: debias ? 1 / correction(rho, count + 1) : 1 }),
      step: ({ g, slot, number }) => {
        const unbiased = (x: Expression): Expression => (debias ? mul(number('correction'), x) : x);
        const v = mix(rho, slot('v'), 1 - rho, square(g));
        if (!centered) return { update: div(g, rootOf(unbiased(v))), slots: { v } };
        const mean = mix(rho, slot('mean'), 1 - rho, g);
        // Rounding may make the variance of a constant gradient negative.
        const variance = max(sub(unbiased(v), square(unbiased(mean))), 0);
        return { update: div(g, rootOf(variance)), slots: { v, mean } };
      },
    },
    { rho, epsilon, centered, epsilonInRoot, debias, initialAccumulatorValue },
  );
}
