import { initializers } from '@tensorflow/tfjs-layers';
import type { Initializer } from '@tensorflow/tfjs-layers/dist/initializers.js';
import { checkInterval, checkNumber, checkOptions } from '../core/check.ts';
import { checkSeed, type SeedOptions } from './seed.ts';

/** Options of `randomNormal` and `truncatedNormal`. */
export interface NormalOptions extends SeedOptions {
  /** 0 by default. */
  mean?: number | undefined;
  /** The standard deviation, at least 0; 0.05 by default. */
  stddev?: number | undefined;
}

/** Options of `randomUniform`. */
export interface UniformOptions extends SeedOptions {
  /** The lower end; -0.05 by default. */
  minval?: number | undefined;
  /** The upper end, above `minval`; 0.05 by default. */
  maxval?: number | undefined;
}

/**
 * Weights of 0, as biases begin.
 *
 * @returns an initializer: for layers, or by `apply(shape)`
 *
 * @example
 * initializers.zeros().apply([3]); // [0, 0, 0]
 */
export const zeros = (): Initializer => initializers.zeros();

/**
 * Weights of 1.
 *
 * @returns an initializer: for layers, or by `apply(shape)`
 *
 * @example
 * initializers.ones().apply([3]); // [1, 1, 1]
 */
export const ones = (): Initializer => initializers.ones();

/**
 * Weights of one value.
 *
 * @param options `value`
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when it is no finite number
 *
 * @example
 * initializers.constant({ value: 0.5 }).apply([2]); // [0.5, 0.5]
 */
export function constant(options: { value: number }): Initializer {
  checkOptions('constant', options, ['value']);
  return initializers.constant({ value: checkNumber('constant', 'value', options.value) });
}

/**
 * The identity matrix, times a factor.
 *
 * @param options `gain` (1)
 * @returns an initializer for square matrices: for layers, or by `apply(shape)`
 * @throws ArgumentError when the gain is no finite number
 *
 * @example
 * initializers.identity({ gain: 2 }).apply([2, 2]); // [[2, 0], [0, 2]]
 *
 * @see Le, Jaitly & Hinton, "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units", arXiv 2015
 */
export function identity(options: { gain?: number | undefined } = {}): Initializer {
  checkOptions('identity', options, ['gain']);
  return initializers.identity({ gain: checkNumber('identity', 'gain', options.gain ?? 1) });
}

/** An option of 0 is what tfjs takes for none. */
const withValues = (made: Initializer, values: object): Initializer => Object.assign(made, values);

function checkNormal(where: string, options: NormalOptions): { mean: number; stddev: number; seed?: number } {
  checkOptions(where, options, ['mean', 'stddev', 'seed']);
  const { mean = 0, stddev = 0.05, seed } = options;
  checkNumber(where, 'mean', mean);
  checkNumber(where, 'stddev', stddev, { min: 0 });
  return { mean, stddev, ...checkSeed(where, seed) };
}

/**
 * Normal weights of any standard deviation. For the layers of a network it should depend on their fan: see `heNormal`.
 *
 * @param options `mean` (0), `stddev` ≥ 0 (0.05), `seed`
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * initializers.randomNormal({ stddev: 0.01, seed: 1 }).apply([64, 32]);
 *
 * @see Glorot & Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", AISTATS 2010
 */
export function randomNormal(options: NormalOptions = {}): Initializer {
  const values = checkNormal('randomNormal', options);
  return withValues(initializers.randomNormal(values), values);
}

/**
 * Normal weights without those beyond two standard deviations, which are drawn anew: what is left has 0.88 times the
 * standard deviation.
 *
 * @param options `mean` (0), `stddev` ≥ 0 (0.05), that before the cut, `seed`
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * initializers.truncatedNormal({ stddev: 0.01, seed: 1 }).apply([64, 32]);
 *
 * @see Glorot & Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", AISTATS 2010
 */
export function truncatedNormal(options: NormalOptions = {}): Initializer {
  const values = checkNormal('truncatedNormal', options);
  return withValues(initializers.truncatedNormal(values), values);
}

/**
 * Uniform weights of any interval.
 *
 * @param options `minval` (-0.05) < `maxval` (0.05), `seed`
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * initializers.randomUniform({ minval: 0, maxval: 1, seed: 1 }).apply([64, 32]);
 *
 * @see Glorot & Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", AISTATS 2010
 */
export function randomUniform(options: UniformOptions = {}): Initializer {
  checkOptions('randomUniform', options, ['minval', 'maxval', 'seed']);
  const { minval = -0.05, maxval = 0.05, seed } = options;
  checkInterval('randomUniform', 'minval and maxval', [minval, maxval]);
  const values = { minval, maxval, ...checkSeed('randomUniform', seed) };
  return withValues(initializers.randomUniform(values), values);
}
