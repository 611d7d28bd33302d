import { FTRL_OPTIONS, type FtrlOptions as Own } from '../transforms/ftrl.ts';
import { ftrl as followLeader } from '../transforms/index.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `ftrl`. */
export interface FtrlOptions extends CommonOptions, Own {}

/**
 * Follow the regularized leader, for sparse linear models: an L1 penalty gives exact zeros. See `transforms.ftrl` for
 * the formula.
 *
 * @param options `learningRate` > 0 (0.001), `learningRatePower` ≤ 0 (−0.5), `initialAccumulatorValue` ≥ 0 (0.1),
 *   `l1RegularizationStrength`, `l2RegularizationStrength`, `l2ShrinkageRegularizationStrength`, `beta`, each ≥ 0 (0), and
 *   those of every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.ftrl({ learningRate: 0.1, l1RegularizationStrength: 0.01 });
 *
 * @see McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD 2013
 */
export function ftrl(options: FtrlOptions = {}): Optimizer {
  checkOwn('ftrl', options, FTRL_OPTIONS);
  const own = Object.fromEntries(
    FTRL_OPTIONS.filter((name) => name !== 'learningRate' && name !== 'weightDecay').flatMap((name) =>
      options[name] === undefined ? [] : [[name, options[name]]],
    ),
  );
  return makeOptimizer(
    {
      name: 'ftrl',
      options: own,
      learningRate: 0.001,
      steps: () => [],
      end: (learningRate, weightDecay) => [followLeader({ ...own, learningRate, weightDecay })],
    },
    options,
  );
}

registerMaker('ftrl', ftrl);
