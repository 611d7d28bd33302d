import { checkNumber, checkOptions } from '../core/check.ts';
import {
  addDecayedWeights,
  chain,
  type GradientTransformation,
  type Rate,
  type ScaleByShampooOptions,
  scaleByLearningRate,
  scaleByShampoo,
  trace,
} from '../transforms/index.ts';
import { registerMaker } from './makers.ts';
import { Optimizer } from './optimizer.ts';

/** Options of `shampoo`. */
export interface ShampooOptions extends ScaleByShampooOptions {
  /** The learning rate η ≥ 0, or a function of the step; 0.1 by default. */
  learningRate?: Rate | undefined;
  /** The share μ of the accumulated updates that stays, in [0, 1); 0 by default. */
  momentum?: number | undefined;
  /** The decoupled weight decay λ ≥ 0; 0 by default. */
  weightDecay?: number | undefined;
}

const SCALE = ['beta', 'epsilon', 'preconditionFrequency', 'maxPreconditionerDim'] as const;

/**
 * Shampoo: gradients multiplied along each axis by the inverse root of a matrix of their products.
 *
 * `m ← u + μ·m` with the `u` of `scaleByShampoo`, `w ← w − η·(m + λ·w)`.
 *
 * @param options `learningRate` (0.1), `momentum` in [0, 1) (0), `weightDecay` (0), `epsilon` (1e-4), `beta` (1),
 * `preconditionFrequency` (10; 1 is the paper's algorithm), `maxPreconditionerDim` (1024)
 * @returns an optimizer
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const w = tf.variable(tf.randomNormal([32, 16]));
 * optimizers.shampoo({ learningRate: 0.1 }).minimize(() => w.square().sum());
 *
 * @see Gupta, Koren & Singer, "Shampoo: Preconditioned Stochastic Tensor Optimization", ICML 2018
 */
export function shampoo(options: ShampooOptions = {}): Optimizer {
  checkOptions('shampoo', options, ['learningRate', 'momentum', 'weightDecay', ...SCALE]);
  const { learningRate = 0.1, momentum = 0, weightDecay = 0 } = options;
  checkNumber('shampoo', 'momentum', momentum, { min: 0, max: 1, exclusiveMax: true });
  checkNumber('shampoo', 'weightDecay', weightDecay, { min: 0 });
  const given = SCALE.map((name) => [name, options[name]]).filter(([, value]) => value !== undefined);
  const scale = Object.fromEntries(given);
  const steps: GradientTransformation[] = [scaleByShampoo(scale)];
  if (momentum > 0) steps.push(trace({ decay: momentum }));
  if (weightDecay > 0) steps.push(addDecayedWeights(weightDecay));
  steps.push(scaleByLearningRate(learningRate));
  return new Optimizer(chain(...steps), { name: 'shampoo', momentum, weightDecay, ...scale });
}

registerMaker('shampoo', shampoo);
