import { checkNumber, checkOptions } from '../core/check.ts';
import { add, div, max, mix, sqrt, square, sub } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { checkDecay } from './decayRate.ts';
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
  /** What the mean of the squares begins with, ≥ 0; 0 by default. */
  initialAccumulatorValue?: number | undefined;
}

/** The mean of the squares of the gradients, and with `centered` that of the gradients. */
export type ScaleByRmsState = { readonly v: Params; readonly mean?: Params };

/**
 * Divides the gradients by the root of the decaying mean of their squares.
 *
 * `v ← ρ·v + (1 − ρ)·g²`; the update is `g/√(v + ε)`. With `centered`, `a ← ρ·a + (1 − ρ)·g` and the update is
 * `g/√(v − a² + ε)`.
 *
 * @param options `rho` in [0, 1) (0.9), `epsilon` ≥ 0 (1e-7), `centered` (false), `initialAccumulatorValue` ≥ 0 (0)
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
  checkOptions('scaleByRms', options, ['rho', 'epsilon', 'centered', 'initialAccumulatorValue']);
  const { rho = 0.9, epsilon = 1e-7, centered = false, initialAccumulatorValue = 0 } = options;
  checkDecay('scaleByRms', 'rho', rho);
  checkNumber('scaleByRms', 'epsilon', epsilon, { min: 0 });
  checkNumber('scaleByRms', 'initialAccumulatorValue', initialAccumulatorValue, { min: 0 });
  return elementwise(
    {
      name: 'scaleByRms',
      slots: { v: initialAccumulatorValue, ...(centered && { mean: 0 }) },
      step: ({ g, slot }) => {
        const v = mix(rho, slot('v'), 1 - rho, square(g));
        if (!centered) return { update: div(g, sqrt(add(v, epsilon))), slots: { v } };
        const mean = mix(rho, slot('mean'), 1 - rho, g);
        // Rounding may make the variance of a constant gradient negative.
        const variance = max(sub(v, square(mean)), 0);
        return { update: div(g, sqrt(add(variance, epsilon))), slots: { v, mean } };
      },
    },
    { rho, epsilon, centered, initialAccumulatorValue },
  );
}
