import { scaleByYogi } from '../transforms/index.ts';
import type { ScaleByYogiOptions } from '../transforms/scaleByYogi.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `yogi`. */
export interface YogiOptions extends CommonOptions, ScaleByYogiOptions {}

/**
 * Adam whose second moment grows and falls by no more than the squared gradient; see `transforms.scaleByYogi` for the
 * formula.
 *
 * @param options `learningRate` (0.01), `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-3),
 *   `initialAccumulatorValue` ≥ 0 (1e-6), and those of every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.yogi();
 *
 * @see Zaheer et al., "Adaptive Methods for Nonconvex Optimization", NeurIPS 2018
 */
export function yogi(options: YogiOptions = {}): Optimizer {
  checkOwn('yogi', options, ['beta1', 'beta2', 'epsilon', 'initialAccumulatorValue']);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-3, initialAccumulatorValue = 1e-6 } = options;
  const own = { beta1, beta2, epsilon, initialAccumulatorValue };
  return makeOptimizer(
    { name: 'yogi', options: own, learningRate: 0.01, steps: () => [scaleByYogi(own)] },
    options,
  );
}

registerMaker('yogi', yogi);
