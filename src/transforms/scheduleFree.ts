import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { described } from '../core/description.ts';
import { add, div, mix, mul, numberNamed, sub, tensorNamed } from '../core/elementwise/expression.ts';
import { needed } from '../core/needed.ts';
import { checkTensors, cloneTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { withAdvance } from './advance.ts';
import { checkState } from './checkState.ts';
import { checkTransform } from './checkTransform.ts';
import { treePass } from './pass.ts';
import { passRate } from './passRate.ts';
import { rateAt } from './scaleByLearningRate.ts';
import { traitsOf, withTraits } from './traits.ts';
import { type GradientTransformation, isRated, type Rate, type State } from './types.ts';

/** Options of `scheduleFree`. */
export interface ScheduleFreeOptions {
  /** The rate that weighs the average; that of the transform by default. */
  learningRate?: Rate | undefined;
  /** How near to the average the gradients are taken, in (0, 1); 0.9 by default. */
  beta1?: number | undefined;
  /** The power of the largest rate so far that weighs a step, ≥ 0; 2 by default. */
  weightRatePower?: number | undefined;
}

/** The sequence z, and the weights of the average. */
export type ScheduleFreeState = {
  readonly count: number;
  readonly largestRate: number;
  readonly weightSum: number;
  readonly z: Params;
  readonly inner: State;
};

const [u, y, z] = [tensorNamed('u'), tensorNamed('y'), tensorNamed('z')];
const [beta1, share] = [numberNamed('beta1'), numberNamed('share')];
/** x = (y − (1 − β₁)·z)/β₁ */
const average = div(sub(y, mul(sub(1, beta1), z)), beta1);
const nextZ = add(z, u);
const nextX = mix(sub(1, share), average, share, nextZ);
const nextY = mix(beta1, nextX, sub(1, beta1), nextZ);
const updated = treePass(['u', 'y', 'z'], [sub(nextY, y), nextZ]);
/** It takes the state over. */
const applied = treePass(['u', 'y', 'z'], [nextY, nextZ], [-1, 2]);
const averaged = treePass(['y', 'z'], [average]);

interface Stepped {
  readonly first: Params;
  readonly next: ScheduleFreeState;
}

/**
 * Replaces the schedule and the momentum of an optimizer by an average of its iterates.
 *
 * The gradients are taken at y, which is trained: `z ← z + u(∇f(y))`, `x ← (1 − c)·x + c·z`,
 * `y ← β₁·x + (1 − β₁)·z`, where c is the weight of the step, `γ^p` for its largest rate γ so far, over the sum of all
 * weights. x is to be evaluated: see `evaluationParams` and `optimizer.withEvaluationWeights`.
 *
 * @param inner the transform, without a momentum and a falling rate of its own
 * @param options `learningRate` (that of `inner`), `beta1` in (0, 1) (0.9), `weightRatePower` p ≥ 0 (2)
 * @returns a transform; its `update` needs `params`
 * @throws ArgumentError when an argument is out of range, or trees differ in structure or shape
 *
 * @example
 * const optimizer = optimizers.fromTransform(transforms.scheduleFree(optimizers.sgd({ learningRate: 0.5 })));
 *
 * @see Defazio et al., "The Road Less Scheduled", NeurIPS 2024
 */
export function scheduleFree(
  inner: GradientTransformation,
  options: ScheduleFreeOptions = {},
): GradientTransformation<ScheduleFreeState> {
  checkTransform('scheduleFree', 'inner', inner);
  checkOptions('scheduleFree', options, ['learningRate', 'beta1', 'weightRatePower']);
  const { beta1: beta = 0.9, weightRatePower = 2 } = options;
  checkNumber('scheduleFree', 'beta1', beta, { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true });
  checkNumber('scheduleFree', 'weightRatePower', weightRatePower, { min: 0 });
  const rate = (): Rate => {
    const found = options.learningRate ?? (isRated(inner) ? inner.learningRate : undefined);
    if (found !== undefined) return found;
    const allowed = 'given, as the transform has no learning rate of its own';
    throw new ArgumentError('scheduleFree', 'learningRate', describe(found), allowed);
  };
  rate();
  /** The first result of a pass, and the state after it. */
  const step = (run: typeof updated, grads: Params, state: ScheduleFreeState, params: Params): Stepped => {
    const count = state.count + 1;
    const largestRate = Math.max(state.largestRate, rateAt(rate(), count));
    const weight = largestRate ** weightRatePower;
    const weightSum = state.weightSum + weight;
    const { updates, state: within } = inner.update(grads, state.inner, params);
    const numbers = { beta1: beta, share: weightSum === 0 ? 0 : weight / weightSum };
    const trees = [
      ['updates', updates],
      ['params', params],
      ['state.z', state.z],
    ] as const;
    const [first, z] = run('scheduleFree', [...trees], numbers) as [Params, Params];
    return { first, next: { count, largestRate, weightSum, z, inner: within } };
  };
  const transform: GradientTransformation<ScheduleFreeState> = {
    init: (params) =>
      tidyTree(() => {
        checkTensors('scheduleFree.init', 'params', params);
        return { count: 0, largestRate: 0, weightSum: 0, z: cloneTree(params), inner: inner.init(params) };
      }),
    update: (grads, state, given) =>
      tidyTree(() => {
        checkState('scheduleFree', state, ['count', 'largestRate', 'weightSum', 'z', 'inner']);
        const { first, next } = step(updated, grads, state, needed('scheduleFree', given));
        return { updates: first, state: next };
      }),
  };
  withAdvance<ScheduleFreeState, object>(transform, (grads, state, params) => {
    const { first, next } = step(applied, grads, state, params);
    return { params: first, state: next };
  });
  const described_ = { beta1: beta, weightRatePower };
  described(transform, { kind: 'transform', name: 'scheduleFree', options: [described_], parts: [inner] });
  return withTraits(passRate(transform, [inner]), {
    passes: traitsOf(inner).passes,
    evaluate: (state, params) => {
      const { z } = state as ScheduleFreeState;
      return averaged(
        'evaluationParams',
        [
          ['params', params],
          ['state.z', z],
        ],
        { beta1: beta },
      )[0]!;
    },
  });
}
