import { type ScaleBySoapOptions, scaleBySoap } from '../transforms/index.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';
import { pick } from './pick.ts';

/** Options of `soap`. */
export interface SoapOptions extends CommonOptions, ScaleBySoapOptions {}

const OWN = ['beta1', 'beta2', 'epsilon', 'preconditionFrequency', 'maxPreconditionerDim'] as const;

/**
 * SOAP: Adam in the eigenvectors of Shampoo's matrices.
 *
 * `w ← w − η·(u + λ·w)` with the `u` of `transforms.scaleBySoap`. The numbers are those of the authors'
 * implementation, but for the longest axis that is turned, which there is 10,000: a decomposition takes of the order
 * of n³ operations.
 *
 * @param options `learningRate` (0.003), `beta1` (0.95) and `beta2` (0.95) in [0, 1), `epsilon` ≥ 0 (1e-8),
 *   `preconditionFrequency` (10), `maxPreconditionerDim` (1024), `weightDecay` (0.01), and those of every optimizer,
 *   see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const w = tf.variable(tf.randomNormal([32, 16]));
 * optimizers.soap({ learningRate: 0.01 }).minimize(() => w.square().sum());
 *
 * @see Vyas et al., "SOAP: Improving and Stabilizing Shampoo using Adam", ICLR 2025
 */
export function soap(options: SoapOptions = {}): Optimizer {
  checkOwn('soap', options, OWN);
  const own = pick(options, OWN);
  return makeOptimizer(
    { name: 'soap', options: own, learningRate: 0.003, weightDecay: 0.01, steps: () => [scaleBySoap(own)] },
    options,
  );
}

registerMaker('soap', soap);
