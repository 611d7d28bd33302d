import { checkNumber, checkOptions } from '../core/check.ts';
import {
  addDecayedWeights,
  chain,
  type GradientTransformation,
  type Rate,
  scaleByLearningRate,
  trace,
} from '../transforms/index.ts';
import { registerMaker } from './makers.ts';
import { Optimizer } from './optimizer.ts';

/** Options of `sgd`. */
export interface SgdOptions {
  /** The learning rate η ≥ 0, or a function of the step; 0.01 by default. */
  learningRate?: Rate | undefined;
  /** The share μ of the accumulated gradient that stays, in [0, 1); 0 by default. */
  momentum?: number | undefined;
  /** Whether the momentum looks one step ahead; false by default. */
  nesterov?: boolean | undefined;
  /** The decoupled weight decay λ ≥ 0; 0 by default. */
  weightDecay?: number | undefined;
}

/**
 * Gradient descent, with momentum if asked for. It is stochastic when each gradient is that of a batch.
 *
 * `m ← g + μ·m`, `w ← w − η·(m + λ·w)`; with `nesterov`, `g + μ·m` takes the place of `m`. The rate
 * multiplies the momentum as it is used, not as it is gathered; under a constant rate that is Keras's
 * rule as well.
 *
 * @param options `learningRate` (0.01), `momentum` in [0, 1) (0), `nesterov` (false), `weightDecay` (0)
 * @returns an optimizer
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const w = tf.variable(tf.tensor([1, 2, 3]));
 * optimizers.sgd({ learningRate: 0.1 }).minimize(() => w.square().sum());
 *
 * @see Robbins & Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22, 1951
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  checkOptions('sgd', options, ['learningRate', 'momentum', 'nesterov', 'weightDecay']);
  const { learningRate = 0.01, momentum = 0, nesterov = false, weightDecay = 0 } = options;
  checkNumber('sgd', 'momentum', momentum, { min: 0, max: 1, exclusiveMax: true });
  checkNumber('sgd', 'weightDecay', weightDecay, { min: 0 });
  const steps: GradientTransformation[] = [];
  if (momentum > 0) steps.push(trace({ decay: momentum, nesterov }));
  if (weightDecay > 0) steps.push(addDecayedWeights(weightDecay));
  steps.push(scaleByLearningRate(learningRate));
  const config = { name: 'sgd', momentum, nesterov, weightDecay };
  return new Optimizer(chain(...steps), config, {
    rule: (rate) =>
      momentum > 0
        ? { name: 'momentum', learningRate: rate, momentum, nesterov, weightDecay }
        : { name: 'sgd', learningRate: rate, weightDecay },
    slots: momentum > 0 ? [[0, 'trace']] : [],
    rate: steps.length - 1,
  });
}

registerMaker('sgd', sgd);
