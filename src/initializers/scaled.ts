import { initializers } from '@tensorflow/tfjs-layers';
import type { Initializer } from '@tensorflow/tfjs-layers/dist/initializers.js';
import { checkChoice, checkNumber, checkOptions } from '../core/check.ts';
import '../core/varianceScaling.ts';
import { checkSeed, type SeedOptions } from './seed.ts';

/** Options of `varianceScaling`. */
export interface VarianceScalingOptions extends SeedOptions {
  /** The variance times the fan, above 0; 1 by default. */
  scale?: number | undefined;
  /** What the variance is divided by: the number of inputs, of outputs, or their mean; 'fanIn' by default. */
  mode?: 'fanIn' | 'fanOut' | 'fanAvg' | undefined;
  /** 'normal' by default, cut off at two standard deviations. */
  distribution?: 'normal' | 'uniform' | undefined;
}

const seeded = (where: string, options: SeedOptions): { seed?: number } => {
  checkOptions(where, options, ['seed']);
  return checkSeed(where, options.seed);
};

/**
 * Weights whose variance is scaled by the number of inputs or outputs, the fan, of a layer.
 *
 * `Var(w) = scale / fan`. The normal distribution is cut off at two standard deviations, and widened so that the
 * variance is as promised. The fan of a convolution counts the places of its kernel.
 *
 * @param options `scale` > 0 (1), `mode` 'fanIn', 'fanOut' or 'fanAvg' ('fanIn'), `distribution` 'normal' or 'uniform'
 * ('normal'), `seed`
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * initializers.varianceScaling({ scale: 2, mode: 'fanOut', seed: 1 }).apply([64, 32]);
 *
 * @see He, Zhang, Ren & Sun, "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet
 * Classification", ICCV 2015
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  checkOptions('varianceScaling', options, ['scale', 'mode', 'distribution', 'seed']);
  const { scale = 1, mode = 'fanIn', distribution = 'normal', seed } = options;
  checkNumber('varianceScaling', 'scale', scale, { min: 0, exclusiveMin: true });
  checkChoice('varianceScaling', 'mode', mode, ['fanIn', 'fanOut', 'fanAvg']);
  checkChoice('varianceScaling', 'distribution', distribution, ['normal', 'uniform']);
  return initializers.varianceScaling({ scale, mode, distribution, ...checkSeed('varianceScaling', seed) });
}

/**
 * Glorot's weights, uniform: for layers whose activation is about linear at 0, such as tanh.
 *
 * `w ~ U(−l, l)` with `l = √(6 / (fanIn + fanOut))`: variance `2 / (fanIn + fanOut)`.
 *
 * @param options `seed`, an integer in [0, 2³² − 1]
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when the seed is no such integer
 *
 * @example
 * initializers.glorotUniform({ seed: 1 }).apply([64, 32]);
 *
 * @see Glorot & Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", AISTATS 2010
 */
export const glorotUniform = (options: SeedOptions = {}): Initializer =>
  initializers.glorotUniform(seeded('glorotUniform', options));

/**
 * Glorot's weights, normal: for layers whose activation is about linear at 0, such as tanh.
 *
 * `w ~ N(0, 2 / (fanIn + fanOut))`, cut off at two standard deviations.
 *
 * @param options `seed`, an integer in [0, 2³² − 1]
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when the seed is no such integer
 *
 * @example
 * initializers.glorotNormal({ seed: 1 }).apply([64, 32]);
 *
 * @see Glorot & Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", AISTATS 2010
 */
export const glorotNormal = (options: SeedOptions = {}): Initializer =>
  initializers.glorotNormal(seeded('glorotNormal', options));

/**
 * He's weights, normal: for layers with ReLU, which makes half of their outputs 0.
 *
 * `w ~ N(0, 2 / fanIn)`, cut off at two standard deviations.
 *
 * @param options `seed`, an integer in [0, 2³² − 1]
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when the seed is no such integer
 *
 * @example
 * initializers.heNormal({ seed: 1 }).apply([64, 32]);
 *
 * @see He, Zhang, Ren & Sun, "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet
 * Classification", ICCV 2015
 */
export const heNormal = (options: SeedOptions = {}): Initializer =>
  initializers.heNormal(seeded('heNormal', options));

/**
 * He's weights, uniform: for layers with ReLU, which makes half of their outputs 0.
 *
 * `w ~ U(−l, l)` with `l = √(6 / fanIn)`: variance `2 / fanIn`.
 *
 * @param options `seed`, an integer in [0, 2³² − 1]
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when the seed is no such integer
 *
 * @example
 * initializers.heUniform({ seed: 1 }).apply([64, 32]);
 *
 * @see He, Zhang, Ren & Sun, "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet
 * Classification", ICCV 2015
 */
export const heUniform = (options: SeedOptions = {}): Initializer =>
  initializers.heUniform(seeded('heUniform', options));

/**
 * LeCun's weights, normal: for layers with SELU, and those that keep the variance of their inputs.
 *
 * `w ~ N(0, 1 / fanIn)`, cut off at two standard deviations.
 *
 * @param options `seed`, an integer in [0, 2³² − 1]
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when the seed is no such integer
 *
 * @example
 * initializers.leCunNormal({ seed: 1 }).apply([64, 32]);
 *
 * @see LeCun, Bottou, Orr & Müller, "Efficient BackProp", in: Neural Networks: Tricks of the Trade, Springer 1998
 */
export const leCunNormal = (options: SeedOptions = {}): Initializer =>
  initializers.leCunNormal(seeded('leCunNormal', options));

/**
 * LeCun's weights, uniform.
 *
 * `w ~ U(−l, l)` with `l = √(3 / fanIn)`: variance `1 / fanIn`.
 *
 * @param options `seed`, an integer in [0, 2³² − 1]
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when the seed is no such integer
 *
 * @example
 * initializers.leCunUniform({ seed: 1 }).apply([64, 32]);
 *
 * @see LeCun, Bottou, Orr & Müller, "Efficient BackProp", in: Neural Networks: Tricks of the Trade, Springer 1998
 */
export const leCunUniform = (options: SeedOptions = {}): Initializer =>
  initializers.leCunUniform(seeded('leCunUniform', options));
