import { scaleByRss } from '../transforms/index.ts';
import type { ScaleByRssOptions } from '../transforms/scaleByRss.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `adagrad`. */
export interface AdagradOptions extends CommonOptions, ScaleByRssOptions {}

/**
 * Divides each coordinate of the gradient by the root of the sum of its squares so far.
 *
 * `s ← s + g²`, `w ← w − η·g/√(s + ε)`. The steps become smaller and smaller.
 *
 * @param options `learningRate` (0.001), `initialAccumulatorValue` ≥ 0 (0.1), `epsilon` ≥ 0 (1e-7), and those of every
 *   optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.adagrad({ learningRate: 0.1 });
 *
 * @see Duchi et al., "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", Journal of Machine
 * Learning Research 12, 2011
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  checkOwn('adagrad', options, ['initialAccumulatorValue', 'epsilon']);
  const { initialAccumulatorValue = 0.1, epsilon = 1e-7 } = options;
  const own = { initialAccumulatorValue, epsilon };
  return makeOptimizer(
    {
      name: 'adagrad',
      options: own,
      learningRate: 0.001,
      steps: () => [scaleByRss(own)],
      fused: {
        rule: (learningRate, weightDecay) => ({ name: 'adagrad', learningRate, weightDecay, epsilon }),
        slots: [[0, 'accumulator']],
      },
    },
    options,
  );
}

registerMaker('adagrad', adagrad);
