import { described } from '../core/description.ts';
import { tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { fuse } from './fuse.ts';
import { passRate } from './passRate.ts';
import { type Stage, type StageState, stageOf } from './stage.ts';
import { passTraits } from './traits.ts';
import type { GradientTransformation, State } from './types.ts';

/** Some consecutive transforms of a chain: their states before in, those after out. */
interface Link {
  readonly length: number;
  update(
    grads: Params,
    states: readonly State[],
    params: Params | undefined,
  ): { updates: Params; states: State[] };
}

function single(transform: GradientTransformation): Link {
  return {
    length: 1,
    update: (grads, [before], params) => {
      const { updates, state } = transform.update(grads, before!, params);
      return { updates, states: [state] };
    },
  };
}

function fused(stages: readonly Stage[]): Link {
  const group = fuse(stages);
  return {
    length: stages.length,
    update: (grads, states, params) => group.update(grads, states as readonly StageState[], params),
  };
}

/** The links of a chain, where as many transforms as can be are computed in one pass. */
function linksOf(transforms: readonly GradientTransformation[]): Link[] {
  const links: Link[] = [];
  let run: Stage[] = [];
  const endRun = (): void => {
    if (run.length > 0) links.push(fused(run));
    run = [];
  };
  for (const transform of transforms) {
    const stage = stageOf(transform);
    // What is measured must have been computed before.
    if (stage === undefined || stage.measure) endRun();
    if (stage === undefined) links.push(single(transform));
    else run.push(stage);
  }
  endRun();
  return links;
}

/**
 * Applies transforms one after the other: each gets the updates of the one before as its gradients.
 *
 * If one of them has a learning rate, the chain has it as `learningRate` too. Consecutive transforms that do the
 * same to each element are computed in one pass over memory.
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
  const links = linksOf(transforms);
  const whole: GradientTransformation<State[]> = {
    init: (params) => transforms.map((transform) => transform.init(params)),
    update: (grads, state, params) =>
      tidyTree(() => {
        let updates: Params = grads;
        const next: State[] = [];
        for (const link of links) {
          const step = link.update(updates, state.slice(next.length, next.length + link.length), params);
          updates = step.updates;
          next.push(...step.states);
        }
        return { updates, state: next };
      }),
  };
  described(whole, { kind: 'transform', name: 'chain', options: [], parts: transforms });
  return passTraits(
    passRate(whole, transforms),
    transforms.map((part, i) => ({ part, state: (state) => state[i]! })),
  );
}
