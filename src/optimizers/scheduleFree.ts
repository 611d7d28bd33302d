import { checkNumber } from '../core/check.ts';
import {
  addDecayedWeights,
  scheduleFree as around,
  chain,
  type GradientTransformation,
  type Rate,
  scaleByLearningRate,
  scaleByRms,
} from '../transforms/index.ts';
import { checkMoments, type MomentOptions } from '../transforms/scaleByAdam.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `scheduleFree`. */
export interface ScheduleFreeOptions extends CommonOptions, MomentOptions {
  /** Over how many steps the rate rises from 0, an integer of at least 0; 0 by default. */
  warmupSteps?: number | undefined;
  /** The power of the largest rate so far that weighs a step of the average, ≥ 0; 2 by default. */
  weightRatePower?: number | undefined;
}

/** The rate with a rise before it. */
function warmed(rate: Rate, steps: number): Rate {
  if (steps === 0) return rate;
  return (step) => (typeof rate === 'function' ? rate(step) : rate) * Math.min(1, step / steps);
}

/**
 * AdamW without a schedule and without a momentum: an average of its iterates takes the place of both.
 *
 * `withEvaluationWeights` evaluates with the average, which is the result; see `transforms.scheduleFree` for the formula,
 * and to put it around another optimizer.
 *
 * @param options `learningRate` (0.0025), `warmupSteps` (0), `beta1` in (0, 1) (0.9), `beta2` in [0, 1) (0.999), `epsilon`
 *   ≥ 0 (1e-8), `weightRatePower` ≥ 0 (2), and those of every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.scheduleFree({ learningRate: 0.01, warmupSteps: 100 });
 *
 * @see Defazio et al., "The Road Less Scheduled", NeurIPS 2024
 */
export function scheduleFree(options: ScheduleFreeOptions = {}): Optimizer {
  const name = 'scheduleFree';
  checkOwn(name, options, ['warmupSteps', 'beta1', 'beta2', 'epsilon', 'weightRatePower']);
  const { warmupSteps = 0, weightRatePower = 2 } = options;
  checkNumber(name, 'warmupSteps', warmupSteps, { min: 0, integer: true });
  const { beta1, beta2, epsilon } = checkMoments(name, {
    ...options,
    epsilon: options.epsilon === undefined ? 1e-8 : options.epsilon,
  });
  return makeOptimizer(
    {
      name,
      options: { warmupSteps, beta1, beta2, epsilon, weightRatePower },
      learningRate: 0.0025,
      steps: () => [],
      end: (rate, weightDecay): GradientTransformation[] => {
        const inner = chain(
          scaleByRms({ rho: beta2, epsilon, epsilonInRoot: false, debias: true }),
          ...(weightDecay > 0 ? [addDecayedWeights(weightDecay)] : []),
          scaleByLearningRate(warmed(rate, warmupSteps)),
        );
        return [around(inner, { beta1, weightRatePower })];
      },
    },
    options,
  );
}

registerMaker('scheduleFree', scheduleFree);
