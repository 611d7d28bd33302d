import { checkDecay } from '../transforms/decayRate.ts';
import {
  type GradientTransformation,
  type ScaleByShampooOptions,
  scaleByShampoo,
  trace,
} from '../transforms/index.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';
import { pick } from './pick.ts';

/** Options of `shampoo`. */
export interface ShampooOptions extends CommonOptions, ScaleByShampooOptions {
  /** The share μ of the accumulated updates that stays, in [0, 1); 0 by default. */
  momentum?: number | undefined;
}

const OWN = ['beta', 'epsilon', 'preconditionFrequency', 'maxPreconditionerDim'] as const;

/**
 * Shampoo: gradients multiplied along each axis by the inverse root of a matrix of their products.
 *
 * `m ← u + μ·m` with the `u` of `transforms.scaleByShampoo`, `w ← w − η·(m + λ·w)`. Each step decomposes a matrix for
 * every axis, of the order of n³ operations; see there for what `preconditionFrequency` saves, and at which price.
 *
 * @param options `learningRate` (0.1), `momentum` in [0, 1) (0), `epsilon` > 0 (1e-4), `beta` in (0, 1] (1),
 *   `preconditionFrequency` (1), `maxPreconditionerDim` (1024), and those of every
 *   optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const w = tf.variable(tf.randomNormal([32, 16]));
 * optimizers.shampoo({ learningRate: 0.1 }).minimize(() => w.square().sum());
 *
 * @see Gupta, Koren & Singer, "Shampoo: Preconditioned Stochastic Tensor Optimization", ICML 2018
 */
export function shampoo(options: ShampooOptions = {}): Optimizer {
  checkOwn('shampoo', options, ['momentum', ...OWN]);
  const own = pick(options, OWN);
  const momentum = checkDecay('shampoo', 'momentum', options.momentum ?? 0);
  const steps = (): GradientTransformation[] => [
    scaleByShampoo(own),
    ...(momentum > 0 ? [trace({ decay: momentum })] : []),
  ];
  return makeOptimizer({ name: 'shampoo', options: { ...own, momentum }, learningRate: 0.1, steps }, options);
}

registerMaker('shampoo', shampoo);
