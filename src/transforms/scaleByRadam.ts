import { checkNumber, checkOptions } from '../core/check.ts';
import { add, div, ifPositive, mul, sqrt } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { correction } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import { checkMoments, type MomentOptions, moments } from './scaleByAdam.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByRadam`. */
export interface ScaleByRadamOptions extends MomentOptions {
  /** From which length of the average its variance is taken to be tractable, > 4; 5 by default. */
  threshold?: number | undefined;
}

/** The moments of the gradients. */
export type ScaleByRadamState = { readonly count: number; readonly m: Params; readonly v: Params };

/** The rectification of a step counted from 1; 0 where the variance is not tractable. */
function rectification(beta2: number, threshold: number, step: number): number {
  const longest = 2 / (1 - beta2) - 1;
  const length = longest - (2 * step * beta2 ** step) / (1 - beta2 ** step);
  if (!(length >= threshold)) return 0;
  const above = (length - 4) * (length - 2) * longest;
  return Math.sqrt(above / ((longest - 4) * (longest - 2) * length));
}

/**
 * Adam's scaling, rectified while the second moment knows few gradients.
 *
 * With the moments of `scaleByAdam`, `ρ∞ = 2/(1 − β₂) − 1` and `ρ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ)`, t counted from 1: the
 * update is `r·m̂/(√v̂ + ε)` with `r = √((ρ − 4)(ρ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρ))` where ρ reaches the threshold, before
 * that `m̂`.
 *
 * @param options `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7), `threshold` > 4 (5)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const radam = transforms.chain(transforms.scaleByRadam(), transforms.scaleByLearningRate(0.001));
 *
 * @see Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020
 */
export function scaleByRadam(options: ScaleByRadamOptions = {}): GradientTransformation<ScaleByRadamState> {
  checkOptions('scaleByRadam', options, ['beta1', 'beta2', 'epsilon', 'threshold']);
  const { beta1, beta2, epsilon } = checkMoments('scaleByRadam', options);
  const { threshold = 5 } = options;
  checkNumber('scaleByRadam', 'threshold', threshold, { min: 4, exclusiveMin: true });
  return elementwise(
    {
      name: 'scaleByRadam',
      counted: true,
      slots: { m: 0, v: 0 },
      numbers: (count) => ({
        mean: 1 / correction(beta1, count + 1),
        scale: 1 / Math.sqrt(correction(beta2, count + 1)),
        rectified: rectification(beta2, threshold, count + 1),
      }),
      step: ({ g, slot, number }) => {
        const [m, v] = moments(g, slot('m'), slot('v'), { beta1, beta2 });
        const mean = mul(number('mean'), m);
        const scaled = div(mul(number('rectified'), mean), add(mul(number('scale'), sqrt(v)), epsilon));
        return { update: ifPositive(number('rectified'), scaled, mean), slots: { m, v } };
      },
    },
    { beta1, beta2, epsilon, threshold },
  );
}
