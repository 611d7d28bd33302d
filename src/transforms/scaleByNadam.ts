import { checkOptions } from '../core/check.ts';
import { add, div, mix, mul, sqrt } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { correction } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import { checkMoments, type MomentOptions, moments } from './scaleByAdam.ts';
import type { GradientTransformation } from './types.ts';

/** The moments of the gradients. */
export type ScaleByNadamState = { readonly count: number; readonly m: Params; readonly v: Params };

/** μ of Dozat's schedule at a step counted from 1. */
const share = (beta1: number, step: number): number => beta1 * (1 - 0.5 * 0.96 ** step);

/** The products of μ up to a step, each computed once. */
function products(beta1: number): (step: number) => number {
  const known = [1];
  return (step) => {
    for (let i = known.length; i <= step; i++) known.push(known[i - 1]! * share(beta1, i));
    return known[step]!;
  };
}

/**
 * Adam's scaling with Nesterov's look ahead.
 *
 * `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v + (1 − β₂)·g²`;
 * `u = (μₜ₊₁·m/(1 − Πᵢ₌₁ᵗ⁺¹ μᵢ) + (1 − μₜ)·g/(1 − Πᵢ₌₁ᵗ μᵢ))/(√(v/(1 − β₂ᵗ)) + ε)` with `μₜ = β₁·(1 − 0.96ᵗ/2)`,
 * t counted from 1.
 *
 * @param options `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const nadam = transforms.chain(transforms.scaleByNadam(), transforms.scaleByLearningRate(0.001));
 *
 * @see Dozat, "Incorporating Nesterov Momentum into Adam", ICLR 2016 workshop
 */
export function scaleByNadam(options: MomentOptions = {}): GradientTransformation<ScaleByNadamState> {
  checkOptions('scaleByNadam', options, ['beta1', 'beta2', 'epsilon']);
  const { beta1, beta2, epsilon } = checkMoments('scaleByNadam', options);
  const product = products(beta1);
  return elementwise(
    {
      name: 'scaleByNadam',
      counted: true,
      slots: { m: 0, v: 0 },
      numbers: (count) => {
        const step = count + 1;
        return {
          ahead: share(beta1, step + 1) / (1 - product(step + 1)),
          now: (1 - share(beta1, step)) / (1 - product(step)),
          scale: 1 / Math.sqrt(correction(beta2, step)),
        };
      },
      step: ({ g, slot, number }) => {
        const [m, v] = moments(g, slot('m'), slot('v'), { beta1, beta2 });
        const root = mul(number('scale'), sqrt(v));
        return {
          update: div(mix(number('ahead'), m, number('now'), g), add(root, epsilon)),
          slots: { m, v },
        };
      },
    },
    { beta1, beta2, epsilon },
  );
}
