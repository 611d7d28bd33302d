import { scaleByNadam } from '../transforms/index.ts';
import { checkMoments, type MomentOptions } from '../transforms/scaleByAdam.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `nadam`. */
export interface NadamOptions extends CommonOptions, MomentOptions {}

/**
 * Adam with Nesterov's look ahead, on Dozat's schedule of the momentum; see `transforms.scaleByNadam` for the formula.
 *
 * @param options `learningRate` (0.001), `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7), and those of
 *   every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.nadam({ learningRate: 0.002 });
 *
 * @see Dozat, "Incorporating Nesterov Momentum into Adam", ICLR 2016 workshop
 */
export function nadam(options: NadamOptions = {}): Optimizer {
  checkOwn('nadam', options, ['beta1', 'beta2', 'epsilon']);
  const moments = checkMoments('nadam', options);
  return makeOptimizer(
    { name: 'nadam', options: { ...moments }, learningRate: 0.001, steps: () => [scaleByNadam(moments)] },
    options,
  );
}

registerMaker('nadam', nadam);
