import { checkOptions } from '../core/check.ts';
import { abs, add, div, max, mix, mul } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { correction } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import { checkMoments, type MomentOptions } from './scaleByAdam.ts';
import type { GradientTransformation } from './types.ts';

/** The mean of the gradients, and their decaying largest size. */
export type ScaleByAdamaxState = { readonly count: number; readonly m: Params; readonly u: Params };

/**
 * Divides the mean of the gradients by the decaying maximum of their sizes.
 *
 * `m ← β₁·m + (1 − β₁)·g`, `u ← max(β₂·u, |g|)`; the update is `m/((1 − β₁ᵗ)·(u + ε))`, t counted from 1.
 *
 * @param options `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const adamax = transforms.chain(transforms.scaleByAdamax(), transforms.scaleByLearningRate(0.001));
 *
 * @see Kingma & Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, section 7
 */
export function scaleByAdamax(options: MomentOptions = {}): GradientTransformation<ScaleByAdamaxState> {
  checkOptions('scaleByAdamax', options, ['beta1', 'beta2', 'epsilon']);
  const { beta1, beta2, epsilon } = checkMoments('scaleByAdamax', options);
  return elementwise(
    {
      name: 'scaleByAdamax',
      counted: true,
      slots: { m: 0, u: 0 },
      numbers: (count) => ({ correction: 1 / correction(beta1, count + 1) }),
      step: ({ g, slot, number }) => {
        const m = mix(beta1, slot('m'), 1 - beta1, g);
        const u = max(mul(beta2, slot('u')), abs(g));
        return { update: div(mul(number('correction'), m), add(u, epsilon)), slots: { m, u } };
      },
    },
    { beta1, beta2, epsilon },
  );
}
