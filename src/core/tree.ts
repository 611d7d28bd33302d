import { clone, dispose, keep, Tensor, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import { ArgumentError, checkSameShape, describe } from './check.ts';
import type { Params, Tree } from './types.ts';

type Branch<T> = { readonly [key: string]: T };

/** Whether the tree is a list at this place. */
export const isList = <T>(tree: unknown): tree is readonly T[] => Array.isArray(tree);

/** Whether the tree is an object at this place. */
export const isBranch = <T>(tree: unknown): tree is Branch<T> =>
  tree !== null && typeof tree === 'object' && !Array.isArray(tree) && !(tree instanceof Tensor);

/** Applies `f` to every leaf of a tree of any leaves. */
export function mapLeaves<L, M>(tree: Tree<L>, f: (leaf: L) => M): Tree<M> {
  if (isList<Tree<L>>(tree)) return tree.map((item) => mapLeaves(item, f));
  if (!isBranch<Tree<L>>(tree)) return f(tree as L);
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, mapLeaves(item, f)]));
}

/** Applies `f` to every tensor of `tree`. */
export function mapTree(f: (leaf: Tensor) => Tensor, tree: Params): Params {
  return mapLeaves<Tensor, Tensor>(tree, f);
}

/** A tree with the name that errors give it. */
type NamedTree = readonly [name: string, tree: Params];

function structureOf(tree: Params): string {
  if (tree instanceof Tensor) return 'a tensor';
  if (isList<Params>(tree)) return `a list of ${tree.length}`;
  if (isBranch<Params>(tree)) return `an object with the keys [${Object.keys(tree)}]`;
  return describe(tree);
}

/** The paths that another object would have in a tree. */
const keysBeyond = (
  [name, tree]: readonly [string, Tree<unknown>],
  [, other]: readonly [string, Tree<unknown>],
): string[] =>
  isBranch<unknown>(tree) && isBranch<unknown>(other)
    ? Object.keys(other).flatMap((key) => (Object.hasOwn(tree, key) ? [] : `${name}.${key}`))
    : [];

/** The end of an error on two trees that differ: what each of them lacks. */
export function lackingText(
  a: readonly [name: string, tree: Tree<unknown>],
  b: readonly [name: string, tree: Tree<unknown>],
): string {
  const missing = [...keysBeyond(a, b), ...keysBeyond(b, a)];
  return missing.length === 0 ? '' : `: there is no ${missing.join(', ')}`;
}

/** A place in a tree, as code has it. */
export const placeText = (keys: readonly (string | number)[]): string =>
  keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');

/**
 * Applies `f` to each tensor of one tree and that at the same place of another.
 *
 * @param where the public function, for the error message
 * @throws ArgumentError where the trees differ in structure, or two tensors in shape
 */
export function zipTrees(
  where: string,
  f: (a: Tensor, b: Tensor) => Tensor,
  [nameA, a]: NamedTree,
  [nameB, b]: NamedTree,
): Params {
  if (a instanceof Tensor && b instanceof Tensor) {
    checkSameShape(where, [nameA, a.shape], [nameB, b.shape]);
    return f(a, b);
  }
  if (isList<Params>(a) && isList<Params>(b) && a.length === b.length) {
    return a.map((item, i) => zipTrees(where, f, [`${nameA}[${i}]`, item], [`${nameB}[${i}]`, b[i]!]));
  }
  if (isBranch<Params>(a) && isBranch<Params>(b)) {
    const keys = Object.keys(a);
    if (keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key))) {
      const zip = (key: string): Params =>
        zipTrees(where, f, [`${nameA}.${key}`, a[key]!], [`${nameB}.${key}`, b[key]!]);
      return Object.fromEntries(keys.map((key) => [key, zip(key)]));
    }
  }
  const said = lackingText([nameA, a], [nameB, b]);
  throw new ArgumentError(where, nameB, structureOf(b), `${structureOf(a)}, as ${nameA} is${said}`);
}

/** The tensors of a tree of any leaves, each with its path. */
export function entries<L>(tree: Tree<L>, path: (string | number)[] = []): [(string | number)[], L][] {
  if (isList<Tree<L>>(tree)) return tree.flatMap((item, i) => entries(item, [...path, i]));
  if (isBranch<Tree<L>>(tree)) {
    return Object.entries(tree).flatMap(([key, item]) => entries(item, [...path, key]));
  }
  return [[path, tree as L]];
}

/** Rejects a tree with leaves other than tensors, and names the first. */
export function checkTensors(where: string, argument: string, tree: unknown): void {
  for (const [keys, leaf] of entries(tree as Tree<unknown>)) {
    if (leaf instanceof Tensor) continue;
    throw new ArgumentError(where, `${argument}${placeText(keys)}`, describe(leaf), 'a tensor');
  }
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

/** What `tree` has at the places of `template`, which it has all of. */
export function selectTree<L>(tree: Tree<L>, template: Tree<unknown>): Tree<L> {
  if (isList<Tree<L>>(tree) && isList<Tree<unknown>>(template)) {
    return template.map((part, i) => selectTree(tree[i]!, part));
  }
  if (!isBranch<Tree<L>>(tree) || !isBranch<Tree<unknown>>(template)) return tree;
  return Object.fromEntries(
    Object.entries(template).map(([key, part]) => [key, selectTree(tree[key]!, part)]),
  );
}

/** The tree with its keys, at every depth, renamed. */
export function renameKeys<L>(tree: Tree<L>, rename: (key: string) => string): Tree<L> {
  if (isList<Tree<L>>(tree)) return tree.map((item) => renameKeys(item, rename));
  if (!isBranch<Tree<L>>(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, item]) => [rename(key), renameKeys(item, rename)]),
  );
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

/** The tree with clones of its tensors, which may be freed apart from them. */
export function cloneTree<T extends Tree<Tensor | number>>(tree: T): T {
  return mapLeaves<Tensor | number, Tensor | number>(tree, (leaf) =>
    typeof leaf === 'number' ? leaf : clone(leaf),
  ) as T;
}

/** Frees the tensors of `tree` that `except` does not hold. */
export function disposeTree(tree: Tree<Tensor | number>, except: Tree<Tensor | number> = []): void {
  const kept = new Set(tensorsOf(except));
  dispose(tensorsOf(tree).filter((tensor) => !kept.has(tensor)));
}
