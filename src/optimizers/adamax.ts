import { scaleByAdamax } from '../transforms/index.ts';
import { checkMoments, type MomentOptions } from '../transforms/scaleByAdam.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `adamax`. */
export interface AdamaxOptions extends CommonOptions, MomentOptions {}

/**
 * Adam in the infinity norm: divides by the decaying maximum of the gradients' sizes.
 *
 * `m ← β₁·m + (1 − β₁)·g`, `u ← max(β₂·u, |g|)`, `w ← w − η/(1 − β₁ᵗ)·m/(u + ε)`, t counted from 1.
 *
 * @param options `learningRate` (0.001), `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7), and those of
 *   every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.adamax({ learningRate: 0.002 });
 *
 * @see Kingma & Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, section 7
 */
export function adamax(options: AdamaxOptions = {}): Optimizer {
  checkOwn('adamax', options, ['beta1', 'beta2', 'epsilon']);
  const moments = checkMoments('adamax', options);
  return makeOptimizer(
    {
      name: 'adamax',
      options: { ...moments },
      learningRate: 0.001,
      steps: () => [scaleByAdamax(moments)],
      fused: {
        rule: (learningRate, weightDecay) => ({ name: 'adamax', learningRate, weightDecay, ...moments }),
        slots: [
          [0, 'm'],
          [0, 'u'],
        ],
      },
    },
    options,
  );
}

registerMaker('adamax', adamax);
