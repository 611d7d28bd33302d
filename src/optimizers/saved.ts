import { type DataType, Tensor, type TypedArray, tensor } from '@tensorflow/tfjs-core';
import { entries } from '../core/tree.ts';
import type { Tree } from '../core/types.ts';
import type { State } from '../transforms/index.ts';

/** A tensor with the name that tfjs stores it under. */
export interface NamedTensor {
  name: string;
  tensor: Tensor;
}

/** A tensor as plain data. */
export interface SavedTensor {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly values: TypedArray;
}

/** The state of an optimizer as plain data, which survives `structuredClone`. */
export interface OptimizerState {
  /** How many updates were made. */
  readonly iterations: number;
  /** The learning rate, unless it is a schedule. */
  readonly learningRate?: number;
  /** The state of the transform; null before the first update. */
  readonly transform: SavedState | null;
}

export type SavedState =
  | number
  | SavedTensor
  | readonly SavedState[]
  | { readonly [key: string]: SavedState };

function isSavedTensor(saved: SavedState): saved is SavedTensor {
  return typeof saved === 'object' && 'values' in saved && ArrayBuffer.isView(saved.values);
}

/** Copies a state out of its tensors. */
export function save(state: State): SavedState {
  if (typeof state === 'number') return state;
  if (state instanceof Tensor) {
    return { shape: [...state.shape], dtype: state.dtype, values: state.dataSync().slice() };
  }
  if (Array.isArray(state)) return state.map(save);
  return Object.fromEntries(Object.entries(state).map(([key, item]) => [key, save(item)]));
}

/** The state that `save` copied, in new tensors. */
export function restore(saved: SavedState): State {
  if (typeof saved === 'number') return saved;
  if (isSavedTensor(saved)) return tensor(saved.values.slice(), [...saved.shape], saved.dtype);
  if (Array.isArray(saved)) return saved.map(restore);
  return Object.fromEntries(Object.entries(saved).map(([key, item]) => [key, restore(item)]));
}

/** Marks the names of numbers, which tfjs can only store as scalar tensors. */
const NUMBER = '#';

/** A state as the flat list of named tensors that tfjs stores with a model. */
export function flatten(state: State): NamedTensor[] {
  return entries<Tensor | number>(state).flatMap(([path, leaf]) => {
    const name = JSON.stringify(path);
    if (leaf instanceof Tensor) return [{ name, tensor: leaf.clone() }];
    if (typeof leaf !== 'number') return [];
    return [{ name: NUMBER + name, tensor: tensor(leaf, [], 'int32') }];
  });
}

type Grown = Tensor | number | Grown[] | { [key: string]: Grown };

/** The state whose `flatten` gave these tensors; empty parts of it come back as {}. */
export function unflatten(named: readonly NamedTensor[]): State {
  let root: Grown = {};
  for (const { name, tensor: value } of named) {
    const isNumber = name.startsWith(NUMBER);
    const path = JSON.parse(isNumber ? name.slice(NUMBER.length) : name) as (string | number)[];
    root = grow(root, path, isNumber ? value.dataSync()[0]! : value.clone());
  }
  return root as Tree<Tensor | number>;
}

/** `tree` with `leaf` put at `path`. */
function grow(tree: Grown, path: readonly (string | number)[], leaf: Tensor | number): Grown {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  if (typeof key === 'number') {
    const list = Array.isArray(tree) ? tree : [];
    while (list.length <= key) list.push({});
    list[key] = grow(list[key]!, rest, leaf);
    return list;
  }
  const branch = tree instanceof Tensor || typeof tree === 'number' || Array.isArray(tree) ? {} : tree;
  branch[key] = grow(branch[key] ?? {}, rest, leaf);
  return branch;
}
