import { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../core/check.ts';
import { entries, isBranch, isList, mapLeaves, tidyTree } from '../core/tree.ts';
import type { Params, Tree } from '../core/types.ts';
import type { GradientTransformation, State } from './types.ts';

/** What is kept of one tensor, by slot. A slot that it has no need of holds `NOTHING`. */
export type Slots<S extends string> = { readonly [K in S]: State };

/** A part of a state without any leaf, which outlives every way of saving. */
export const NOTHING: State = Object.freeze({});

/** How a transform treats a tensor, whatever the others are. */
export interface TensorRule<S extends string> {
  readonly slots: readonly S[];
  /** The slots before the first step; later ones hold tensors and numbers at the same places. */
  begin(param: Tensor): Slots<S>;
  /**
   * @param step how many updates were made before
   * @param param the parameter, where `update` was given any
   */
  step(g: Tensor, slots: Slots<S>, step: number, param?: Tensor): { update: Tensor; slots: Slots<S> };
}

/** How many updates were made, and a tree for each slot. */
export type SlotState<S extends string> = { readonly count: number } & Slots<S>;

/** The leaves' results at their places in the tree. */
function replant<T>(tree: Params, results: readonly T[]): Tree<T> {
  let next = 0;
  return mapLeaves<Tensor, T>(tree, () => results[next++]!);
}

function planted<S extends string>(names: readonly S[], tree: Params, parts: readonly Slots<S>[]): Slots<S> {
  const treeOf = (name: S): State =>
    replant(
      tree,
      parts.map((part) => part[name]),
    ) as State;
  return Object.fromEntries(names.map((name) => [name, treeOf(name)])) as Slots<S>;
}

/**
 * The parts of a tree that stand where another has its tensors, in their order.
 *
 * @throws ArgumentError where the other tree has something else than `grads` has
 */
function partsAt(where: string, [name, tree]: readonly [string, Tree<unknown>], grads: Params): unknown[] {
  if (grads instanceof Tensor) return [tree];
  if (isList<Params>(grads) && isList<Tree<unknown>>(tree) && grads.length === tree.length) {
    return grads.flatMap((item, i) => partsAt(where, [`${name}[${i}]`, tree[i]!], item));
  }
  if (isBranch<Params>(grads) && isBranch<Tree<unknown>>(tree)) {
    // Parts without leaves may have been lost in saving.
    if (Object.keys(tree).every((key) => Object.hasOwn(grads, key))) {
      return Object.entries(grads).flatMap(([key, item]) =>
        partsAt(where, [`${name}.${key}`, tree[key] ?? NOTHING], item),
      );
    }
  }
  const kind = isList<Params>(grads)
    ? `a list of ${grads.length}`
    : `an object with the keys [${Object.keys(grads)}]`;
  const received = isBranch<unknown>(tree) ? `one with the keys [${Object.keys(tree)}]` : describe(tree);
  throw new ArgumentError(where, name, received, `${kind}, as grads is`);
}

/**
 * A transform that treats each tensor by itself.
 *
 * @param where the public function, for the error message
 */
export function perTensor<S extends string>(
  where: string,
  rule: TensorRule<S>,
): GradientTransformation<SlotState<S>> {
  return {
    init: (params) =>
      tidyTree(() => {
        const parts = entries<Tensor>(params).map(([, param]) => rule.begin(param));
        return { count: 0, ...planted(rule.slots, params, parts) };
      }),
    update: (grads, state, params) =>
      tidyTree(() => {
        const leaves = entries<Tensor>(grads).map(([, g]) => g);
        const given = params === undefined ? undefined : partsAt(where, ['params', params], grads);
        const kept = rule.slots.map((name) => partsAt(where, [`state.${name}`, state[name]], grads));
        const steps = leaves.map((g, i) => {
          const slots = Object.fromEntries(rule.slots.map((name, k) => [name, kept[k]![i]])) as Slots<S>;
          return rule.step(g, slots, state.count, given?.[i] as Tensor | undefined);
        });
        const updates = replant(
          grads,
          steps.map(({ update }) => update),
        );
        const next = planted(
          rule.slots,
          grads,
          steps.map((step) => step.slots),
        );
        return { updates, state: { count: state.count + 1, ...next } };
      }),
  };
}
