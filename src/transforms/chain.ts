import { described } from '../core/description.ts';
import { cloneTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { advance, withAdvance } from './advance.ts';
import { applyUpdates } from './applyUpdates.ts';
import { checkStates } from './checkState.ts';
import { checkTransform } from './checkTransform.ts';
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

/** The link of one transform; `applies`: it gives the parameters after its update. */
function single(transform: GradientTransformation, applies: boolean): Link {
  return {
    length: 1,
    update: (grads, [before], params) => {
      if (applies) {
        const after = advance(transform, grads, before!, params!);
        return { updates: after.params, states: [after.state] };
      }
      const { updates, state } = transform.update(grads, before!, params);
      return { updates, states: [state] };
    },
  };
}

function fused(stages: readonly Stage[], applies: boolean): Link {
  const group = fuse(stages, applies);
  return {
    length: stages.length,
    // Of the links before the last the states stay, for a later one may reject the step.
    update: (grads, states, params) => group.update(grads, states as readonly StageState[], params, applies),
  };
}

/** Whether what a stage measures depends on numbers that are measured before. */
const dependsOnMeasured = ({ measure }: Stage, before: readonly Stage[]): boolean =>
  measure !== undefined && !measure.ofParameters && before.some((stage) => stage.measure);

/**
 * The links of a chain, where as many transforms as can be are computed in one pass.
 *
 * @param applies whether the last of them gives the parameters after the update
 */
function linksOf(transforms: readonly GradientTransformation[], applies: boolean): Link[] {
  const links: Link[] = [];
  let run: Stage[] = [];
  let left = transforms.length;
  const endRun = (): void => {
    if (run.length > 0) links.push(fused(run, applies && left === 0));
    run = [];
  };
  for (const transform of transforms) {
    const stage = stageOf(transform);
    if (stage === undefined || dependsOnMeasured(stage, run)) endRun();
    left -= 1;
    if (stage === undefined) links.push(single(transform, applies && left === 0));
    else run.push(stage);
  }
  endRun();
  return links;
}

/** What the links make of gradients, one after the other. */
function follow(
  links: readonly Link[],
  grads: Params,
  state: readonly State[],
  params: Params | undefined,
): { updates: Params; state: State[] } {
  let updates = links.length === 0 ? cloneTree(grads) : grads;
  const next: State[] = [];
  for (const link of links) {
    const step = link.update(updates, state.slice(next.length, next.length + link.length), params);
    updates = step.updates;
    next.push(...step.states);
  }
  return { updates, state: next };
}

/**
 * Applies transforms one after the other: each gets the updates of the one before as its gradients.
 *
 * If one of them has a learning rate, the chain has it as `learningRate` too. Consecutive transforms that do the
 * same to each element are computed in one pass over memory.
 *
 * @param transforms the steps, first to last
 * @returns a transform whose state is the list of theirs
 * @throws ArgumentError when one of them is no transform
 *
 * @example
 * const t = transforms.chain(transforms.trace({ decay: 0.9 }), transforms.scaleByLearningRate(0.01));
 *
 * @see DeepMind et al., "The DeepMind JAX Ecosystem", 2020, whose optax has the same chain
 */
export function chain(...transforms: GradientTransformation[]): GradientTransformation<State[]> {
  for (const [i, each] of transforms.entries()) checkTransform('chain', `transforms[${i}]`, each);
  const [links, applying] = [linksOf(transforms, false), linksOf(transforms, true)];
  const whole: GradientTransformation<State[]> = {
    init: (params) => tidyTree(() => transforms.map((transform) => transform.init(params))),
    update: (grads, state, params) =>
      tidyTree(() => {
        checkStates('chain', state, transforms.length);
        return follow(links, grads, state, params);
      }),
  };
  withAdvance<State[], object>(whole, (grads, state, params) => {
    const { updates, state: next } = follow(applying, grads, state, params);
    return { params: transforms.length === 0 ? applyUpdates(params, grads) : updates, state: next };
  });
  described(whole, { kind: 'transform', name: 'chain', options: [], parts: transforms });
  return passTraits(
    passRate(whole, transforms),
    transforms.map((part, i) => ({ part, state: (state) => state[i]! })),
  );
}
