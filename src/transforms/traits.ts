import type { Params } from '../core/types.ts';
import { flatten, type Leaves, leavesOf } from './paths.ts';
import type { GradientTransformation, State } from './types.ts';

/** What some transforms ask of those who use them. */
interface Traits {
  /** How many gradients make a step, each taken at the parameters that the update before led to. */
  readonly passes: number;
  /** The parameters that are to be evaluated, of those that are trained. */
  evaluate?(state: State, params: Params): Params;
}

const traitsSymbol: unique symbol = Symbol('traits');

const NONE: Traits = { passes: 1 };

/** What a transform asks of those who use it. */
export const traitsOf = (transform: GradientTransformation): Traits =>
  (Reflect.get(transform, traitsSymbol) as Traits | undefined) ?? NONE;

export function withTraits<T extends object>(transform: T, traits: Partial<Traits>): T {
  return Object.defineProperty(transform, traitsSymbol, {
    value: { ...NONE, ...traits },
    configurable: true,
  });
}

/** A part of a transform. */
interface Part<S> {
  readonly part: GradientTransformation;
  /** Its state in that of the whole. */
  state(state: S): State;
  /** The parameters that it has, by path; all of them by default, as they are. */
  selected?(params: Params): Leaves;
}

/** Those parameters that `evaluate` gives for some, and the others as they are. */
function evaluateSome(params: Params, some: Leaves, evaluate: (some: Params) => Params): Params {
  const { leaves, rebuild } = flatten(params);
  return rebuild({ ...leaves, ...leavesOf(evaluate(some)) });
}

/** Gives `whole` what its parts ask for. */
export function passTraits<S extends State>(
  whole: GradientTransformation<S>,
  parts: readonly Part<S>[],
): GradientTransformation<S> {
  const passes = Math.max(1, ...parts.map(({ part }) => traitsOf(part).passes));
  const evaluating = parts.filter(({ part }) => traitsOf(part).evaluate);
  if (passes === 1 && evaluating.length === 0) return whole;
  const evaluate = (state: State, params: Params): Params =>
    evaluating.reduce((current, { part, state: stateIn, selected }) => {
      const own = (some: Params): Params => traitsOf(part).evaluate!(stateIn(state as S), some);
      return selected ? evaluateSome(current, selected(current), own) : own(current);
    }, params);
  return withTraits(whole, {
    passes,
    ...(evaluating.length > 0 && { evaluate }),
  });
}
