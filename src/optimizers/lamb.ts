import {
  addDecayedWeights,
  scaleByAdam,
  scaleByLearningRate,
  scaleByTrustRatio,
} from '../transforms/index.ts';
import { checkMoments, type MomentOptions } from '../transforms/scaleByAdam.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `lamb`. */
export interface LambOptions extends CommonOptions, MomentOptions {}

/**
 * Adam with steps of the size of each variable, for large batches.
 *
 * `u = m̂/(√v̂ + ε) + λ·w`, `w ← w − η·‖w‖/‖u‖·u`, each variable by itself; the ratio is 1 where a norm is 0.
 *
 * @param options `learningRate` (0.001), `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7), and those of
 *   every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.lamb({ learningRate: 0.01, weightDecay: 0.01 });
 *
 * @see You et al., "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes", ICLR 2020
 */
export function lamb(options: LambOptions = {}): Optimizer {
  checkOwn('lamb', options, ['beta1', 'beta2', 'epsilon']);
  const moments = checkMoments('lamb', options);
  return makeOptimizer(
    {
      name: 'lamb',
      options: { ...moments },
      learningRate: 0.001,
      steps: () => [scaleByAdam({ ...moments, epsilonHat: false })],
      end: (rate, weightDecay) => [
        ...(weightDecay > 0 ? [addDecayedWeights(weightDecay)] : []),
        scaleByTrustRatio(),
        scaleByLearningRate(rate),
      ],
    },
    options,
  );
}

registerMaker('lamb', lamb);
