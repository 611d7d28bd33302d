import { scaleByRadam } from '../transforms/index.ts';
import type { ScaleByRadamOptions } from '../transforms/scaleByRadam.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `radam`. */
export interface RadamOptions extends CommonOptions, ScaleByRadamOptions {}

/**
 * Rectified Adam: steps of the momentum alone until the second moment is known well enough; see
 * `transforms.scaleByRadam` for the formula.
 *
 * @param options `learningRate` (0.001), `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7), `threshold`
 *   > 4 (5), and those of every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.radam({ learningRate: 0.01 });
 *
 * @see Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020
 */
export function radam(options: RadamOptions = {}): Optimizer {
  checkOwn('radam', options, ['beta1', 'beta2', 'epsilon', 'threshold']);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, threshold = 5 } = options;
  const own = { beta1, beta2, epsilon, threshold };
  return makeOptimizer(
    { name: 'radam', options: own, learningRate: 0.001, steps: () => [scaleByRadam(own)] },
    options,
  );
}

registerMaker('radam', radam);
