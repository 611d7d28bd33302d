import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { add, mul, numberNamed, sub, tensorNamed } from '../core/elementwise/expression.ts';
import { needed } from '../core/needed.ts';
import { checkTensors, cloneTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { advance, withAdvance } from './advance.ts';
import { checkState } from './checkState.ts';
import { checkTransform } from './checkTransform.ts';
import { treePass } from './pass.ts';
import { passRate } from './passRate.ts';
import { traitsOf, withTraits } from './traits.ts';
import type { GradientTransformation, State } from './types.ts';

/** Options of `lookahead`. */
export interface LookaheadOptions {
  /** After how many steps the fast weights go back to the slow ones, an integer of at least 1; 6 by default. */
  syncPeriod?: number | undefined;
  /** How far the slow weights go towards the fast ones, in (0, 1]; 0.5 by default. */
  slowStep?: number | undefined;
}

/** The slow weights, and the steps since they moved. */
export type LookaheadState = { readonly since: number; readonly slow: Params; readonly inner: State };

const [u, w, slow] = [tensorNamed('u'), tensorNamed('w'), tensorNamed('slow')];
const moved = add(slow, mul(numberNamed('slowStep'), sub(add(w, u), slow)));
const sync = treePass(['u', 'w', 'slow'], [sub(moved, w), moved]);
/** For the fast weights after their step. */
const move = treePass(['w', 'slow'], [add(slow, mul(numberNamed('slowStep'), sub(w, slow)))]);

/**
 * Every few steps of a transform, goes back to slow weights, which move a part of the way.
 *
 * `s ← s + α·(w − s)`, `w ← s` after every k-th step. The slow weights are those to evaluate with: see
 * `evaluationParams` and `optimizer.withEvaluationWeights`.
 *
 * @param inner the transform that makes the fast steps
 * @param options `syncPeriod` k ≥ 1 (6), `slowStep` α in (0, 1] (0.5)
 * @returns a transform; its `update` needs `params`
 * @throws ArgumentError when an argument is out of range, or trees differ in structure or shape
 *
 * @example
 * const optimizer = optimizers.fromTransform(transforms.lookahead(optimizers.adam(), { syncPeriod: 5 }));
 *
 * @see Zhang et al., "Lookahead Optimizer: k steps forward, 1 step back", NeurIPS 2019
 */
export function lookahead(
  inner: GradientTransformation,
  options: LookaheadOptions = {},
): GradientTransformation<LookaheadState> {
  checkTransform('lookahead', 'inner', inner);
  checkOptions('lookahead', options, ['syncPeriod', 'slowStep']);
  const { syncPeriod = 6, slowStep = 0.5 } = options;
  checkNumber('lookahead', 'syncPeriod', syncPeriod, { min: 1, integer: true });
  checkNumber('lookahead', 'slowStep', slowStep, { min: 0, max: 1, exclusiveMin: true });
  const transform: GradientTransformation<LookaheadState> = {
    init: (params) =>
      tidyTree(() => {
        checkTensors('lookahead.init', 'params', params);
        return { since: 0, slow: cloneTree(params), inner: inner.init(params) };
      }),
    update: (grads, state, given) =>
      tidyTree(() => {
        checkState('lookahead', state, ['since', 'slow', 'inner']);
        const params = needed('lookahead', given);
        const step = inner.update(grads, state.inner, params);
        const since = state.since + 1;
        if (since < syncPeriod)
          return { updates: step.updates, state: { since, slow: cloneTree(state.slow), inner: step.state } };
        const trees = [
          ['updates', step.updates],
          ['params', params],
          ['state.slow', state.slow],
        ] as const;
        const [updates, after] = sync('lookahead', [...trees], { slowStep }) as [Params, Params];
        return { updates, state: { since: 0, slow: after, inner: step.state } };
      }),
  };
  withAdvance<LookaheadState, object>(transform, (grads, state, params) => {
    const fast = advance(inner, grads, state.inner, params);
    const since = state.since + 1;
    if (since < syncPeriod)
      return { params: fast.params, state: { since, slow: state.slow, inner: fast.state } };
    const trees = [
      ['params', fast.params],
      ['state.slow', state.slow],
    ] as const;
    const after = move('lookahead', [...trees], { slowStep })[0]!;
    return { params: after, state: { since: 0, slow: after, inner: fast.state } };
  });
  described(transform, {
    kind: 'transform',
    name: 'lookahead',
    options: [{ syncPeriod, slowStep }],
    parts: [inner],
  });
  const { passes } = traitsOf(inner);
  return withTraits(passRate(transform, [inner]), {
    passes,
    evaluate: (state) => (state as LookaheadState).slow,
  });
}
