import { checkNumber, checkOptions } from '../core/check.ts';
import { add, div, mix, mul, sign, sqrt, square, sub } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { correction } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import { checkMoments, type MomentOptions } from './scaleByAdam.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByYogi`. */
export interface ScaleByYogiOptions extends MomentOptions {
  /** What both moments begin with, ≥ 0; 1e-6 by default. */
  initialAccumulatorValue?: number | undefined;
}

/** The moments of the gradients. */
export type ScaleByYogiState = { readonly count: number; readonly m: Params; readonly v: Params };

/**
 * Adam's scaling with a second moment that changes by no more than the squared gradient, whatever its size.
 *
 * `m ← β₁·m + (1 − β₁)·g`, `v ← v − (1 − β₂)·sign(v − g²)·g²`; the update is `m̂/(√v̂ + ε)` with `m̂ = m/(1 − β₁ᵗ)`,
 * `v̂ = v/(1 − β₂ᵗ)`, t counted from 1.
 *
 * @param options `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-3), `initialAccumulatorValue` ≥ 0 (1e-6)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const yogi = transforms.chain(transforms.scaleByYogi(), transforms.scaleByLearningRate(0.01));
 *
 * @see Zaheer et al., "Adaptive Methods for Nonconvex Optimization", NeurIPS 2018
 */
export function scaleByYogi(options: ScaleByYogiOptions = {}): GradientTransformation<ScaleByYogiState> {
  checkOptions('scaleByYogi', options, ['beta1', 'beta2', 'epsilon', 'initialAccumulatorValue']);
  const { beta1: b1, beta2: b2, epsilon: e = 1e-3, initialAccumulatorValue = 1e-6 } = options;
  const { beta1, beta2, epsilon } = checkMoments('scaleByYogi', { beta1: b1, beta2: b2, epsilon: e });
  checkNumber('scaleByYogi', 'initialAccumulatorValue', initialAccumulatorValue, { min: 0 });
  return elementwise(
    {
      name: 'scaleByYogi',
      counted: true,
      slots: { m: initialAccumulatorValue, v: initialAccumulatorValue },
      numbers: (count) => ({
        mean: 1 / correction(beta1, count + 1),
        scale: 1 / Math.sqrt(correction(beta2, count + 1)),
      }),
      step: ({ g, slot, number }) => {
        const m = mix(beta1, slot('m'), 1 - beta1, g);
        const change = mul(1 - beta2, sign(sub(slot('v'), square(g))), square(g));
        const v = sub(slot('v'), change);
        const root = mul(number('scale'), sqrt(v));
        return { update: div(mul(number('mean'), m), add(root, epsilon)), slots: { m, v } };
      },
    },
    { beta1, beta2, epsilon, initialAccumulatorValue },
  );
}
