import type { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../core/check.ts';
import { entries, isBranch, isList } from '../core/tree.ts';
import type { Params } from '../core/types.ts';

/** Tensors by their paths: the keys on the way, with a `/` between them. */
export type Leaves = Readonly<Record<string, Tensor>>;

/** A tree by the paths of its tensors. */
interface Flat {
  readonly leaves: Leaves;
  /** A tree of its structure with these tensors, one for each path. */
  rebuild(leaves: Leaves): Params;
}

/** The path of a place in a tree. */
const pathText = (keys: readonly (string | number)[]): string => keys.join('/');

/**
 * The tensors of a tree by their paths.
 *
 * @throws ArgumentError when two have the same, as those at `tree['a/b']` and `tree.a.b`
 */
export function leavesOf(tree: Params): Leaves {
  const leaves: Record<string, Tensor> = {};
  for (const [keys, leaf] of entries<Tensor>(tree)) {
    const path = pathText(keys);
    if (Object.hasOwn(leaves, path)) {
      throw new ArgumentError(
        'a tree of parameters',
        `the path ${path}`,
        'that of two',
        'that of one tensor',
      );
    }
    leaves[path] = leaf;
  }
  return leaves;
}

/** The tensors of a tree by their paths, and the way back. */
export function flatten(tree: Params): Flat {
  const build = (part: Params, keys: readonly (string | number)[], leaves: Leaves): Params => {
    if (isList<Params>(part)) return part.map((item, i) => build(item, [...keys, i], leaves));
    if (!isBranch<Params>(part)) return leaves[pathText(keys)]!;
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [key, build(item, [...keys, key], leaves)]),
    );
  };
  return { leaves: leavesOf(tree), rebuild: (leaves) => build(tree, [], leaves) };
}

/** A layer, of which the weights are meant. */
interface LayerLike {
  readonly weights: readonly { readonly originalName?: string; readonly name: string }[];
}

/**
 * Which parameters are meant: a path or the beginning of one up to a `/`, with `*` for anything in it; a regular
 * expression that the path matches; a layer, for its weights; a function of the path to true or false; or an array of
 * these, for each of them.
 */
export type Selector = string | RegExp | LayerLike | ((path: string) => boolean) | readonly Selector[];

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

const isLayer = (value: unknown): value is LayerLike =>
  isBranch<unknown>(value) && Array.isArray((value as unknown as LayerLike).weights);

/**
 * A function that says whether a path is meant.
 *
 * @param where the public function, for the error message
 * @throws ArgumentError for anything that is no selector; where it is used, for a function that returns neither
 *   true nor false
 */
export function matcher(where: string, name: string, selector: Selector): (path: string) => boolean {
  if (typeof selector === 'function') {
    return (path) => {
      const result: unknown = selector(path);
      if (typeof result === 'boolean') return result;
      throw new ArgumentError(where, `what ${name} returns for ${path}`, describe(result), 'true or false');
    };
  }
  if (typeof selector === 'string') {
    const pattern = new RegExp(`^${escaped(selector).replaceAll('*', '.*')}(/|$)`);
    return (path) => pattern.test(path);
  }
  if (selector instanceof RegExp) return (path) => path.search(selector) >= 0;
  if (isList<Selector>(selector)) {
    const parts = selector.map((part) => matcher(where, name, part));
    return (path) => parts.some((part) => part(path));
  }
  if (isLayer(selector)) {
    // A layer gets its weights when it is built.
    return (path) => selector.weights.some((weight) => weight.name === path || weight.originalName === path);
  }
  const allowed = 'a path, a regular expression, a layer, a function of the path or an array of these';
  throw new ArgumentError(where, name, describe(selector), allowed);
}
