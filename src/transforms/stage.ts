import type { Expression } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import type { GradientTransformation } from './types.ts';

/** The numbers of one element, as expressions. */
interface Element {
  /** The gradient, or what the transforms before made of it. */
  readonly g: Expression;
  /** The parameter. */
  readonly w: Expression;
  /** What the state has in that slot. */
  slot(name: string): Expression;
  /** A number of this step. */
  number(name: string): Expression;
}

/** Sums over all elements, by name; and the number of `elements`. */
export type Sums = Readonly<Record<string, number>>;

/** Sums that the numbers of a step depend on. */
export interface Measure {
  /** Whether they are taken over the whole tree, or over each tensor for itself. */
  readonly over: 'tree' | 'tensor';
  /** Whether it takes the parameter alone: it may then follow something else that measures, in one pass. */
  readonly ofParameters?: boolean;
  /** What is summed, of the gradient and the parameter. */
  of(element: Pick<Element, 'g' | 'w'>): Readonly<Record<string, Expression>>;
}

/** A transform that does the same to each element by itself. */
export interface Stage {
  readonly name: string;
  /** What each slot holds before the first step. */
  readonly slots?: Readonly<Record<string, number>>;
  /** Whether the state has the `count` of updates. */
  readonly counted?: boolean;
  /** Whether it needs the parameters. */
  readonly needsParams?: boolean;
  readonly measure?: Measure;
  /** The numbers of a step: of `count` updates before, and of what is measured. */
  numbers?(count: number, sums: Sums): Readonly<Record<string, number>>;
  /** The update of an element, and the next content of its slots. */
  step(element: Element): {
    readonly update: Expression;
    readonly slots?: Readonly<Record<string, Expression>>;
  };
}

/** The state of a stage: its slots by name, each a tree of the structure of the parameters. */
export type StageState = { readonly [slot: string]: Params | number };

/** Where a transform keeps its stage, for chains that compute several in one pass. */
const stageSymbol: unique symbol = Symbol('stage');

/** Marks a transform as that of a stage. */
export function withStage<T extends GradientTransformation>(transform: T, stage: Stage): T {
  return Object.defineProperty(transform, stageSymbol, { value: stage });
}

/** The stage of a transform that is one. */
export const stageOf = (transform: GradientTransformation): Stage | undefined =>
  Reflect.get(transform, stageSymbol) as Stage | undefined;
