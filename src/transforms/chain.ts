import { described } from '../core/description.ts';
import { tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { type GradientTransformation, isRated, type State } from './types.ts';

/**
 * Applies transforms one after the other: each gets the updates of the one before as its gradients.
 *
 * If one of them has a learning rate, the chain has it as `learningRate` too.
 *
 * @param transforms the steps, first to last
 * @returns a transform whose state is the list of theirs
 *
 * @example
 * const t = transforms.chain(transforms.trace({ decay: 0.9 }), transforms.scaleByLearningRate(0.01));
 *
 * @see DeepMind et al., "The DeepMind JAX Ecosystem", 2020, whose optax has the same chain
 */
export function chain(...transforms: GradientTransformation[]): GradientTransformation<State[]> {
  const whole: GradientTransformation<State[]> = {
    init: (params) => transforms.map((transform) => transform.init(params)),
    update: (grads, state, params) =>
      tidyTree(() => {
        let updates: Params = grads;
        const next = transforms.map((transform, i) => {
          const step = transform.update(updates, state[i]!, params);
          updates = step.updates;
          return step.state;
        });
        return { updates, state: next };
      }),
  };
  described(whole, { kind: 'transform', name: 'chain', options: [], parts: transforms });
  const rated = transforms.find(isRated);
  if (!rated) return whole;
  return Object.defineProperty(whole, 'learningRate', {
    enumerable: true,
    get: () => rated.learningRate,
    set: (rate) => {
      rated.learningRate = rate;
    },
  });
}
