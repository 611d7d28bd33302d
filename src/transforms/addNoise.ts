import { add, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { random } from '../core/random.ts';
import { tidyTree } from '../core/tree.ts';
import { checkState } from './checkState.ts';
import { flatten } from './paths.ts';
import type { CountState } from './scaleByLearningRate.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `addNoise`. */
export interface AddNoiseOptions {
  /** The variance η ≥ 0 at the first step; 0.01 by default. */
  eta?: number | undefined;
  /** How fast it falls, γ ≥ 0; 0.55 by default. */
  gamma?: number | undefined;
  /** The seed of the noise, an integer in [0, 2³² − 1]; 0 by default. */
  seed?: number | undefined;
}

/** A seed for a place and a step: FNV-1a over both. */
function seedOf(seed: number, count: number, place: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of `${count} ${place}`) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Adds normal noise to the gradients, less and less of it.
 *
 * `u = g + ε`, `ε ~ N(0, η/(1 + t)^γ)`, t counted from 0. The noise depends on the seed, the step and the place of the
 * tensor among those of the tree, from first to last, alone: it is the same after a state was saved and loaded, also into
 * the optimizer of another model, whose variables have other names. In groups of `partition` let the seeds differ.
 *
 * @param options `eta` ≥ 0 (0.01), `gamma` ≥ 0 (0.55), `seed` (0)
 * @returns a transform
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const noisy = transforms.chain(transforms.addNoise({ seed: 1 }), transforms.scaleByLearningRate(0.1));
 *
 * @see Neelakantan et al., "Adding Gradient Noise Improves Learning for Very Deep Networks", 2015
 */
export function addNoise(options: AddNoiseOptions = {}): GradientTransformation<CountState> {
  checkOptions('addNoise', options, ['eta', 'gamma', 'seed']);
  const { eta = 0.01, gamma = 0.55, seed = 0 } = options;
  checkNumber('addNoise', 'eta', eta, { min: 0 });
  checkNumber('addNoise', 'gamma', gamma, { min: 0 });
  random(seed, 'addNoise');
  const noisy = (g: Tensor, place: number, count: number): Tensor => {
    const source = random(seedOf(seed, count, place));
    const deviation = Math.sqrt(eta / (1 + count) ** gamma);
    const noise = Float32Array.from({ length: g.size }, () => source.normal(0, deviation));
    return add(g, tensor(noise, g.shape));
  };
  const transform: GradientTransformation<CountState> = {
    init: () => ({ count: 0 }),
    update: (grads, state) =>
      tidyTree(() => {
        checkState('addNoise', state, ['count']);
        const { count } = state;
        const { leaves, rebuild } = flatten(grads);
        const updates = Object.entries(leaves).map(([path, g], i) => [path, noisy(g, i, count)] as const);
        return { updates: rebuild(Object.fromEntries(updates)), state: { count: count + 1 } };
      }),
  };
  return described(transform, { kind: 'transform', name: 'addNoise', options: { eta, gamma, seed } });
}
