import { clone, Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, checkSameShape, describe } from '../core/check.ts';
import {
  checkTensors,
  cloneTree,
  entries,
  isBranch,
  isList,
  lackingText,
  mapLeaves,
  placeText,
  tidyTree,
  zipTrees,
} from '../core/tree.ts';
import type { Params, Tree } from '../core/types.ts';
import { checkState } from './checkState.ts';
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
   * @param place where the tensor stands in the tree, for error messages
   */
  step(g: Tensor, slots: Slots<S>, step: number, place: string): { update: Tensor; slots: Slots<S> };
}

/**
 * What a slot keeps of a tensor, where it is of the shape that the gradient asks for.
 *
 * @param shapeOf the name of what has that shape, if not the gradient
 */
export function kept(
  where: string,
  place: string,
  [name, slot]: readonly [name: string, slot: State],
  shape: readonly number[],
  shapeOf = `grads${place}`,
): Tensor {
  if (slot instanceof Tensor) {
    checkSameShape(where, [shapeOf, shape], [`state.${name}${place}`, slot.shape]);
    return slot;
  }
  const allowed = `a tensor of the shape of ${shapeOf}, [${shape}]`;
  throw new ArgumentError(where, `state.${name}${place}`, 'none', allowed);
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
  const said = lackingText([name, tree], ['grads', grads]);
  throw new ArgumentError(where, name, received, `${kind}, as grads is${said}`);
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
        checkTensors(`${where}.init`, 'params', params);
        const parts = entries<Tensor>(params).map(([, param]) => rule.begin(param));
        return { count: 0, ...planted(rule.slots, params, parts) };
      }),
    update: (grads, state, params) =>
      tidyTree(() => {
        checkTensors(where, 'grads', grads);
        checkState(where, state, ['count', ...rule.slots]);
        if (params !== undefined) zipTrees(where, (g) => g, ['params', params], ['grads', grads]);
        const kept = rule.slots.map((name) => partsAt(where, [`state.${name}`, state[name]], grads));
        const steps = entries<Tensor>(grads).map(([keys, g], i) => {
          const slots = Object.fromEntries(rule.slots.map((name, k) => [name, kept[k]![i]])) as Slots<S>;
          // Of no entries there are no matrices to decompose.
          if (g.size === 0) return { update: clone(g), slots: cloneTree(slots) };
          return rule.step(g, slots, state.count, placeText(keys));
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
