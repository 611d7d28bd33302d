import { clone, sub, zerosLike } from '@tensorflow/tfjs-core';
import { alignTrees } from '../core/align.ts';
import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { add, sub as minus, mul, numberNamed, tensorNamed } from '../core/elementwise/expression.ts';
import { compileProgram } from '../core/elementwise/program.ts';
import { runProgram } from '../core/elementwise/run.ts';
import { cloneTree, mapTree, tidyTree, zipTrees } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { advance, withAdvance } from './advance.ts';
import { checkTransform } from './checkTransform.ts';
import { normOf } from './globalNorm.ts';
import { needed } from './lookahead.ts';
import { passRate } from './passRate.ts';
import { traitsOf, withTraits } from './traits.ts';
import type { GradientTransformation, State } from './types.ts';

/** Options of `sam`. */
export interface SamOptions {
  /** How far the weights are moved uphill, ρ ≥ 0; 0.05 by default. */
  rho?: number | undefined;
}

/** Whether the weights are moved, and how far they are, or were the last time. */
export type SamState = { readonly moved: number; readonly perturbation: Params; readonly inner: State };

const [g, u, e] = [tensorNamed('g'), tensorNamed('u'), tensorNamed('e')];
const perturbation = mul(numberNamed('scale'), g);
const MOVE = compileProgram([perturbation], ['g']);
const MOVED = compileProgram([add(tensorNamed('w'), perturbation), perturbation], ['g', 'w']);
const BACK = compileProgram([minus(u, e)], ['u', 'e']);

/** ρ/‖g‖, guarded against a gradient of zeros. */
const scaleFor = (grads: Params, rho: number): number => rho / (normOf(grads) + 1e-12);

/** ρ·g/‖g‖ */
function uphill(grads: Params, rho: number): Params {
  const scale = scaleFor(grads, rho);
  const { rows, build } = alignTrees('sam', ['grads', grads]);
  return build(rows.map((row) => runProgram(MOVE, row, [scale])[0]!));
}

/** The parameters moved uphill, and how far. */
function moveUphill(grads: Params, rho: number, params: Params): { params: Params; perturbation: Params } {
  const scale = scaleFor(grads, rho);
  const { rows, build } = alignTrees('sam', ['grads', grads], ['params', params]);
  const results = rows.map((row) => runProgram(MOVED, row, [scale]));
  return {
    params: build(results.map(([after]) => after!)),
    perturbation: build(results.map(([, e]) => e!)),
  };
}

function backwards(updates: Params, perturbation: Params): Params {
  const { rows, build } = alignTrees('sam', ['updates', updates], ['state.perturbation', perturbation]);
  return build(rows.map((row) => runProgram(BACK, row, [])[0]!));
}

const unmoved = (params: Params, perturbation: Params): Params =>
  zipTrees('sam', sub, ['params', params], ['state.perturbation', perturbation]);

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
  const transform: GradientTransformation<SamState> = {
    init: (params) => ({
      moved: 0,
      perturbation: tidyTree(() => mapTree((x) => zerosLike(x), params)),
      inner: inner.init(params),
    }),
    update: (grads, state, given) =>
      tidyTree(() => {
        const params = needed('sam', given);
        if (state.moved === 0) {
          const perturbation = uphill(grads, rho);
          const updates = mapTree((x) => clone(x), perturbation);
          return { updates, state: { moved: 1, perturbation, inner: cloneTree(state.inner) } };
        }
        const step = inner.update(grads, state.inner, unmoved(params, state.perturbation));
        return {
          updates: backwards(step.updates, state.perturbation),
          state: { moved: 0, perturbation: state.perturbation, inner: step.state },
        };
      }),
  };
  withAdvance<SamState, object>(transform, (grads, state, params) => {
    if (state.moved === 0) {
      const moved = moveUphill(grads, rho, params);
      const after: SamState = { moved: 1, perturbation: moved.perturbation, inner: state.inner };
      return { params: moved.params, state: after };
    }
    const step = advance(inner, grads, state.inner, unmoved(params, state.perturbation));
    return { params: step.params, state: { moved: 0, perturbation: state.perturbation, inner: step.state } };
  });
  described(transform, { kind: 'transform', name: 'sam', options: [{ rho }], parts: [inner] });
  const { evaluate } = traitsOf(inner);
  return withTraits(passRate(transform, [inner]), {
    passes: 2 * traitsOf(inner).passes,
    evaluate: (state, params) => {
      const { moved, perturbation, inner: within } = state as SamState;
      const there = moved === 0 ? params : unmoved(params, perturbation);
      return evaluate ? evaluate(within, there) : there;
    },
  });
}
