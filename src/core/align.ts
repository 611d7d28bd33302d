import { Tensor } from '@tensorflow/tfjs-core';
import { checkTensors, mapLeaves, zipTrees } from './tree.ts';
import type { Params } from './types.ts';

/** A tree with the name that errors give it. */
export type NamedTree = readonly [name: string, tree: Params];

/** Trees of one structure, leaf by leaf. */
export interface Aligned {
  /** For each place of the trees the tensor of each of them, in their order. */
  readonly rows: readonly (readonly Tensor[])[];
  /** A tree of their structure. */
  build(leaves: readonly Tensor[]): Params;
}

/**
 * Lines trees up, each tensor with those at the same place of the others.
 *
 * @param where the public function, for the error message
 * @throws ArgumentError where a tree differs from the first in structure, or two tensors in shape; with the path
 */
export function alignTrees(where: string, first: NamedTree, ...others: readonly NamedTree[]): Aligned {
  const rows: Tensor[][] = [];
  mapLeaves<Tensor, null>(first[1], (leaf) => {
    if (!(leaf instanceof Tensor)) checkTensors(where, ...first);
    rows.push([leaf]);
    return null;
  });
  for (const other of others) {
    let i = 0;
    zipTrees(
      where,
      (a, b) => {
        rows[i++]!.push(b);
        return a;
      },
      first,
      other,
    );
  }
  return {
    rows,
    build: (leaves) => {
      let i = 0;
      return mapLeaves<Tensor, Tensor>(first[1], () => leaves[i++]!);
    },
  };
}
