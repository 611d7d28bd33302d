import { Tensor, tensor, Variable } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../../core/check.ts';
import { entries, isBranch, isList, zipTrees } from '../../core/tree.ts';
import type { Params, Tree } from '../../core/types.ts';

/** A tree of tensors as numbers in a row. */
export interface Leaves {
  readonly tree: Params;
  readonly tensors: readonly Tensor[];
  /** How many numbers there are. */
  readonly size: number;
}

const FLOATS = 'a tensor of float32, or objects and arrays of them';
const ALLOWED = `an array of numbers, ${FLOATS}`;

/** The leaves of `tree`, checked. */
export function leavesOf(where: string, argument: string, tree: unknown): Leaves {
  const found = tree === null || tree === undefined ? [] : entries(tree as Tree<unknown>);
  const tensors = found.map(([path, leaf]) => {
    const name = [argument, ...path].join('.');
    if (!(leaf instanceof Tensor)) throw new ArgumentError(where, name, describe(leaf), ALLOWED);
    if (leaf.isDisposed)
      throw new ArgumentError(where, name, 'a disposed tensor', 'a tensor that still exists');
    if (leaf.dtype !== 'float32') throw new ArgumentError(where, name, `a tensor of ${leaf.dtype}`, FLOATS);
    return leaf;
  });
  const size = tensors.reduce((sum, { size }) => sum + size, 0);
  if (size === 0)
    throw new ArgumentError(where, argument, describe(tree), `${ALLOWED}, with at least one number`);
  return { tree: tree as Params, tensors, size };
}

/** Writes the numbers of the tensors into `out`. */
export function readInto(out: Float64Array, tensors: readonly Tensor[]): void {
  let at = 0;
  for (const one of tensors) {
    out.set(one.dataSync(), at);
    at += one.size;
  }
}

/** Tensors of the shapes of the leaves that hold these numbers. */
export function tensorsFrom(leaves: Leaves, numbers: Float64Array): Tensor[] {
  let at = 0;
  return leaves.tensors.map(({ shape, size }) => {
    const values = Float32Array.from(numbers.subarray(at, at + size));
    at += size;
    return tensor(values, shape, 'float32');
  });
}

/** A tree of the structure of `tree` with these leaves. */
export function treeOf<P extends Params>(tree: P, tensors: readonly Tensor[]): P {
  const rest = [...tensors];
  const build = (node: Params): Params => {
    if (isList<Params>(node)) return node.map(build);
    if (!isBranch<Params>(node)) return rest.shift()!;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, build(item)]));
  };
  return build(tree) as P;
}

/** The tensors of a tree that must be of the structure and the shapes of another. */
export function tensorsLike(
  where: string,
  argument: string,
  given: Params,
  name: string,
  tree: Params,
): Tensor[] {
  const found: Tensor[] = [];
  const take = (_: Tensor, b: Tensor): Tensor => {
    found.push(b);
    return b;
  };
  zipTrees(where, take, [name, tree], [argument, given]);
  return found;
}

export const isVariable = (x: Tensor): x is Variable => x instanceof Variable;
