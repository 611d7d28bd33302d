import { zerosLike } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { add, div, numberNamed, sub, tensorNamed } from '../core/elementwise/expression.ts';
import { checkTensors, cloneTree, mapTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { advance, withAdvance } from './advance.ts';
import { checkState } from './checkState.ts';
import { checkTransform } from './checkTransform.ts';
import { treePass } from './pass.ts';
import { passRate } from './passRate.ts';
import { passTraits } from './traits.ts';
import type { GradientTransformation, State } from './types.ts';

/** Options of `accumulate`. */
export interface AccumulateOptions {
  /** How many gradients make an update, an integer of at least 1. */
  steps: number;
}

/** The mean of the gradients since the last update, and how many they are. */
export type AccumulateState = { readonly gathered: number; readonly mean: Params; readonly inner: State };

const meanOf = treePass(
  ['g', 'mean'],
  [add(tensorNamed('mean'), div(sub(tensorNamed('g'), tensorNamed('mean')), numberNamed('n')))],
);

/** The mean with one more, the nth. */
const nextMean = (grads: Params, mean: Params, n: number): Params =>
  meanOf(
    'accumulate',
    [
      ['grads', grads],
      ['state.mean', mean],
    ],
    { n },
  )[0]!;

const zeros = (tree: Params): Params => mapTree((x) => zerosLike(x), tree);

/**
 * Gathers gradients and applies a transform to their mean, for batches larger than fit into memory.
 *
 * Every `steps`-th update is that of the transform for the mean of the last `steps` gradients; the updates between
 * are zeros, and the state of the transform does not change.
 *
 * @param options `steps`, an integer of at least 1
 * @param inner the transform
 * @returns a transform
 * @throws ArgumentError when an argument is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const optimizer = optimizers.fromTransform(transforms.accumulate({ steps: 4 }, optimizers.adam()));
 */
export function accumulate(
  options: AccumulateOptions,
  inner: GradientTransformation,
): GradientTransformation<AccumulateState> {
  checkOptions('accumulate', options, ['steps']);
  const steps = checkNumber('accumulate', 'steps', options.steps, { min: 1, integer: true });
  checkTransform('accumulate', 'inner', inner);
  const transform: GradientTransformation<AccumulateState> = {
    init: (params) =>
      tidyTree(() => {
        checkTensors('accumulate.init', 'params', params);
        return { gathered: 0, mean: zeros(params), inner: inner.init(params) };
      }),
    update: (grads, state, params) =>
      tidyTree(() => {
        checkState('accumulate', state, ['gathered', 'mean', 'inner']);
        const gathered = state.gathered + 1;
        const mean = nextMean(grads, state.mean, gathered);
        if (gathered < steps)
          return { updates: zeros(grads), state: { gathered, mean, inner: cloneTree(state.inner) } };
        const step = inner.update(mean, state.inner, params);
        return {
          updates: step.updates,
          state: { gathered: 0, mean: zeros(grads), inner: step.state },
        };
      }),
  };
  withAdvance<AccumulateState, object>(transform, (grads, state, params) => {
    const gathered = state.gathered + 1;
    const mean = nextMean(grads, state.mean, gathered);
    if (gathered < steps) return { params, state: { gathered, mean, inner: state.inner } };
    const step = advance(inner, mean, state.inner, params);
    return { params: step.params, state: { gathered: 0, mean: zeros(grads), inner: step.state } };
  });
  described(transform, { kind: 'transform', name: 'accumulate', options: [{ steps }], parts: [inner] });
  return passTraits(passRate(transform, [inner]), [{ part: inner, state: (state) => state.inner }]);
}
