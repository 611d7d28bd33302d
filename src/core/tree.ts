import { dispose, keep, Tensor, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import type { Params, Tree } from './types.ts';

type Branch<T> = { readonly [key: string]: T };

const isList = <T>(tree: unknown): tree is readonly T[] => Array.isArray(tree);

const isBranch = <T>(tree: unknown): tree is Branch<T> =>
  tree !== null && typeof tree === 'object' && !Array.isArray(tree) && !(tree instanceof Tensor);

/** The subtree of `tree` under `key`; throws where the two trees differ in structure. */
function child(tree: Params, key: string): Params {
  if (!(tree instanceof Tensor) && Object.hasOwn(tree, key)) return Reflect.get(tree, key);
  throw new Error(`the trees differ in structure: ${JSON.stringify(key)} is missing in one of them`);
}

/**
 * Applies `f` to every tensor of `tree` and to those at the same place in `rest`, which may hold more
 * than `tree` does.
 */
export function mapTree(
  f: (leaf: Tensor, ...others: Tensor[]) => Tensor,
  tree: Params,
  ...rest: Params[]
): Params {
  if (tree instanceof Tensor) {
    const others = rest.map((other) => {
      if (other instanceof Tensor) return other;
      throw new Error('the trees differ in structure: a tensor stands where another tree branches');
    });
    return f(tree, ...others);
  }
  if (isList<Params>(tree)) {
    return tree.map((item, i) => mapTree(f, item, ...rest.map((other) => child(other, String(i)))));
  }
  return Object.fromEntries(
    Object.entries(tree).map(([key, item]) => [
      key,
      mapTree(f, item, ...rest.map((other) => child(other, key))),
    ]),
  );
}

/** The tensors of a tree of any leaves, each with its path. */
export function entries<L>(tree: Tree<L>, path: (string | number)[] = []): [(string | number)[], L][] {
  if (isList<Tree<L>>(tree)) return tree.flatMap((item, i) => entries(item, [...path, i]));
  if (isBranch<Tree<L>>(tree)) {
    return Object.entries(tree).flatMap(([key, item]) => entries(item, [...path, key]));
  }
  return [[path, tree as L]];
}

/** The union of two trees of one structure; where both have an entry, that of `first`. */
export function mergeTrees<L>(first: Tree<L>, second: Tree<L>): Tree<L> {
  if (isList<Tree<L>>(first) && isList<Tree<L>>(second)) {
    return first.map((item, i) => (i < second.length ? mergeTrees(item, second[i]!) : item));
  }
  if (!isBranch<Tree<L>>(first) || !isBranch<Tree<L>>(second)) return first;
  const merged: Record<string, Tree<L>> = { ...second };
  for (const [key, item] of Object.entries(first)) {
    const other = second[key];
    merged[key] = other === undefined ? item : mergeTrees(item, other);
  }
  return merged;
}

/** The tensors among the leaves. */
function tensorsOf(tree: Tree<Tensor | number>): Tensor[] {
  return entries(tree).flatMap(([, leaf]) => (leaf instanceof Tensor ? [leaf] : []));
}

/** Runs `f` and frees the tensors it made, except those of the tree it returns. */
export function tidyTree<T>(f: () => T): T {
  return tidy(() => f() as TensorContainer) as T;
}

/** Lets the tensors of `tree` outlive every tidy around; returns the tree. */
export function keepTree<T extends Tree<Tensor | number>>(tree: T): T {
  for (const tensor of tensorsOf(tree)) keep(tensor);
  return tree;
}

/** Frees the tensors of `tree` that `except` does not hold. */
export function disposeTree(tree: Tree<Tensor | number>, except: Tree<Tensor | number> = []): void {
  const kept = new Set(tensorsOf(except));
  dispose(tensorsOf(tree).filter((tensor) => !kept.has(tensor)));
}
