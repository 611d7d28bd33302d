import { checkNumber, checkOptions } from '../core/check.ts';
import {
  addDecayedWeights,
  chain,
  type GradientTransformation,
  type Rate,
  type ScaleBySoapOptions,
  scaleByLearningRate,
  scaleBySoap,
} from '../transforms/index.ts';
import { registerMaker } from './makers.ts';
import { Optimizer } from './optimizer.ts';

/** Options of `soap`. */
export interface SoapOptions extends ScaleBySoapOptions {
  /** The learning rate η ≥ 0, or a function of the step; 0.003 by default. */
  learningRate?: Rate | undefined;
  /** The decoupled weight decay λ ≥ 0; 0.01 by default. */
  weightDecay?: number | undefined;
}

const SCALE = ['beta1', 'beta2', 'epsilon', 'preconditionFrequency', 'maxPreconditionerDim'] as const;

/**
 * SOAP: Adam in the eigenvectors of Shampoo's matrices.
 *
 * `w ← w − η·(u + λ·w)` with the `u` of `scaleBySoap`.
 *
 * @param options `learningRate` (0.003), `beta1` (0.95), `beta2` (0.95), `epsilon` (1e-8), `preconditionFrequency`
 * (10), `maxPreconditionerDim` (1024), `weightDecay` (0.01): the numbers of the paper's implementation, but for the
 * longest axis, which there is 10,000
 * @returns an optimizer
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const w = tf.variable(tf.randomNormal([32, 16]));
 * optimizers.soap({ learningRate: 0.01 }).minimize(() => w.square().sum());
 *
 * @see Vyas et al., "SOAP: Improving and Stabilizing Shampoo using Adam", ICLR 2025
 */
export function soap(options: SoapOptions = {}): Optimizer {
  checkOptions('soap', options, ['learningRate', 'weightDecay', ...SCALE]);
  const { learningRate = 0.003, weightDecay = 0.01 } = options;
  checkNumber('soap', 'weightDecay', weightDecay, { min: 0 });
  const given = SCALE.map((name) => [name, options[name]]).filter(([, value]) => value !== undefined);
  const scale = Object.fromEntries(given);
  const steps: GradientTransformation[] = [scaleBySoap(scale)];
  if (weightDecay > 0) steps.push(addDecayedWeights(weightDecay));
  steps.push(scaleByLearningRate(learningRate));
  return new Optimizer(chain(...steps), { name: 'soap', weightDecay, ...scale });
}

registerMaker('soap', soap);
