import { scaleByLion } from '../transforms/index.ts';
import type { ScaleByLionOptions } from '../transforms/scaleByLion.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `lion`. */
export interface LionOptions extends CommonOptions, ScaleByLionOptions {}

/**
 * Steps of one size in each coordinate, along the sign of a mean of the gradients.
 *
 * `w ← w − η·(sign(β₁·m + (1 − β₁)·g) + λ·w)`, then `m ← β₂·m + (1 − β₂)·g`. It wants a rate three to ten times smaller
 * than Adam's, and a larger weight decay.
 *
 * @param options `learningRate` (0.001), `beta1` (0.9) and `beta2` (0.99) in [0, 1), and those of every optimizer, see
 *   `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.lion({ learningRate: 1e-4, weightDecay: 0.1 });
 *
 * @see Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023
 */
export function lion(options: LionOptions = {}): Optimizer {
  checkOwn('lion', options, ['beta1', 'beta2']);
  const { beta1 = 0.9, beta2 = 0.99 } = options;
  const own = { beta1, beta2 };
  return makeOptimizer(
    {
      name: 'lion',
      options: own,
      learningRate: 0.001,
      steps: () => [scaleByLion(own)],
      fused: {
        rule: (learningRate, weightDecay) => ({ name: 'lion', learningRate, weightDecay, ...own }),
        slots: [[0, 'm']],
      },
    },
    options,
  );
}

registerMaker('lion', lion);
