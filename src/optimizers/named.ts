import { Tensor, tensor } from '@tensorflow/tfjs-core';
import { ArgumentError } from '../core/check.ts';
import { copyOf } from '../core/tensor.ts';
import { entries } from '../core/tree.ts';
import type { Tree } from '../core/types.ts';
import type { State } from '../transforms/index.ts';
import type { Kinds } from './saved.ts';

/** A tensor with the name that tfjs stores it under. */
export interface NamedTensor {
  name: string;
  tensor: Tensor;
}

/** Marks the names of numbers, which tfjs can only store as tensors. */
const NUMBER = '#';

/** A number as integers, which files keep exactly: counts as they are, others by their bits. */
function numberTensor(value: number): Tensor {
  if (Object.is(value | 0, value)) return tensor(value, [], 'int32');
  return tensor(new Int32Array(Float64Array.of(value).buffer), [2], 'int32');
}

/** The number that `numberTensor` made a tensor of. */
function numberOf(x: Tensor): number {
  const bits = Int32Array.from(x.dataSync());
  return bits.length === 1 ? bits[0]! : new Float64Array(bits.buffer)[0]!;
}

/** A state as the flat list of named tensors that tfjs stores with a model. */
export function flatten(state: State): NamedTensor[] {
  return entries<Tensor | number>(state).flatMap(([path, leaf]) => {
    const name = JSON.stringify(path);
    if (leaf instanceof Tensor) return [{ name, tensor: copyOf(leaf) }];
    if (typeof leaf !== 'number') return [];
    return [{ name: NUMBER + name, tensor: numberTensor(leaf) }];
  });
}

type Path = readonly (string | number)[];
type Grown = Tensor | number | Grown[] | { [key: string]: Grown };

/** The path that `flatten` made a name of. */
function pathOf(name: string): Path {
  try {
    const path: unknown = JSON.parse(name.startsWith(NUMBER) ? name.slice(NUMBER.length) : name);
    if (Array.isArray(path)) return path as Path;
  } catch {
    // No JSON: the weight of another kind of optimizer.
  }
  throw new ArgumentError(
    'setWeights',
    'weights',
    JSON.stringify(name),
    'named as getWeights of this kind of optimizer names them',
  );
}

/** A state that holds nothing yet but the lists and objects that every state of its kind has. */
function emptyState(kinds: Kinds): Grown {
  if (typeof kinds === 'string') return {};
  if (Array.isArray(kinds)) return kinds.map(emptyState);
  return Object.fromEntries(Object.entries(kinds).map(([key, part]) => [key, emptyState(part)]));
}

/** The state whose `flatten` gave these tensors, which leaves out the parts that are empty. */
export function unflatten(named: readonly NamedTensor[], kinds: Kinds): State {
  let root = emptyState(kinds);
  for (const { name, tensor: value } of named) {
    root = grow(root, pathOf(name), name.startsWith(NUMBER) ? numberOf(value) : copyOf(value));
  }
  return root as Tree<Tensor | number>;
}

/** `tree` with `leaf` put at `path`. */
function grow(tree: Grown, path: Path, leaf: Tensor | number): Grown {
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
