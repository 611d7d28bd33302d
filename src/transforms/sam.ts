import { zerosLike } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { add, mul, numberNamed, sub, tensorNamed } from '../core/elementwise/expression.ts';
import { needed } from '../core/needed.ts';
import { checkTensors, cloneTree, mapTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { advance, withAdvance } from './advance.ts';
import { checkState } from './checkState.ts';
import { checkTransform } from './checkTransform.ts';
import { normOf } from './globalNorm.ts';
import { treePass } from './pass.ts';
import { passRate } from './passRate.ts';
import { traitsOf, withTraits } from './traits.ts';
import type { GradientTransformation, State } from './types.ts';

/** Options of `sam`. */
export interface SamOptions {
  /** How far the weights are moved uphill, ρ ≥ 0; 0.05 by default. */
  rho?: number | undefined;
}

/** Whether the weights are moved, and where they were before, or were the last time. */
export type SamState = { readonly moved: number; readonly anchor: Params; readonly inner: State };

const [g, u, w] = [tensorNamed('g'), tensorNamed('u'), tensorNamed('w')];
const perturbation = mul(numberNamed('scale'), g);
const uphill = treePass(['g'], [perturbation]);
const moveUphill = treePass(['g', 'w'], [add(w, perturbation)]);
/** From the moved parameters to where updates lead from the anchor. */
const fromAnchor = treePass(['u', 'w', 'anchor'], [add(sub(tensorNamed('anchor'), w), u)]);

/**
 * Sharpness-aware minimization: the gradient of a step is taken where the loss nearby is about largest.
 *
 * A step is two updates. The first moves the weights uphill by `e = ρ·g/‖g‖`; the second, for the gradient g' found
 * there, takes them back and applies the transform: `u = −e + inner(g')`. An optimizer does both in one step of
 * `minimize` and `fit`, with the same batch. Between the two, `evaluationParams` gives the weights without e.
 *
 * @param inner the transform
 * @param options `rho` ρ ≥ 0 (0.05)
 * @returns a transform; its `update` needs `params`
 * @throws ArgumentError when an argument is out of range, or trees differ in structure or shape
 *
 * @example
 * const optimizer = optimizers.fromTransform(transforms.sam(optimizers.sgd({ learningRate: 0.1 })));
 *
 * @see Foret et al., "Sharpness-Aware Minimization for Efficiently Improving Generalization", ICLR 2021
 */
export function sam(
  inner: GradientTransformation,
  options: SamOptions = {},
): GradientTransformation<SamState> {
  checkTransform('sam', 'inner', inner);
  checkOptions('sam', options, ['rho']);
  const { rho = 0.05 } = options;
  checkNumber('sam', 'rho', rho, { min: 0 });
  /** ρ/‖g‖, guarded against a gradient of zeros. */
  const scaleFor = (grads: Params): { scale: number } => ({ scale: rho / (normOf(grads) + 1e-12) });
  const transform: GradientTransformation<SamState> = {
    init: (params) =>
      tidyTree(() => {
        checkTensors('sam.init', 'params', params);
        const anchor = mapTree((x) => zerosLike(x), params);
        return { moved: 0, anchor, inner: inner.init(params) };
      }),
    update: (grads, state, given) =>
      tidyTree(() => {
        checkState('sam', state, ['moved', 'anchor', 'inner']);
        const params = needed('sam', given);
        if (state.moved === 0) {
          const after: SamState = { moved: 1, anchor: cloneTree(params), inner: cloneTree(state.inner) };
          return { updates: uphill('sam', [['grads', grads]], scaleFor(grads))[0]!, state: after };
        }
        const step = inner.update(grads, state.inner, state.anchor);
        return {
          updates: fromAnchor('sam', [
            ['updates', step.updates],
            ['params', params],
            ['state.anchor', state.anchor],
          ])[0]!,
          state: { moved: 0, anchor: cloneTree(state.anchor), inner: step.state },
        };
      }),
  };
  withAdvance<SamState, object>(transform, (grads, state, params) => {
    if (state.moved === 0) {
      const after: SamState = { moved: 1, anchor: cloneTree(params), inner: state.inner };
      const trees = [
        ['grads', grads],
        ['params', params],
      ] as const;
      return { params: moveUphill('sam', [...trees], scaleFor(grads))[0]!, state: after };
    }
    const step = advance(inner, grads, state.inner, state.anchor);
    return { params: step.params, state: { moved: 0, anchor: state.anchor, inner: step.state } };
  });
  described(transform, { kind: 'transform', name: 'sam', options: [{ rho }], parts: [inner] });
  const { evaluate } = traitsOf(inner);
  return withTraits(passRate(transform, [inner]), {
    passes: 2 * traitsOf(inner).passes,
    evaluate: (state, params) => {
      const { moved, anchor, inner: within } = state as SamState;
      const there = moved === 0 ? params : anchor;
      return evaluate ? evaluate(within, there) : there;
    },
  });
}
