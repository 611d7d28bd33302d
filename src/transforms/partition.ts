import type { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../core/check.ts';
import { described } from '../core/description.ts';
import { isBranch, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { checkState } from './checkState.ts';
import { checkTransform } from './checkTransform.ts';
import { select } from './masked.ts';
import { flatten, type Leaves, leavesOf, matcher, type Selector } from './paths.ts';
import { passTraits } from './traits.ts';
import type { GradientTransformation, State } from './types.ts';

/** The states of the groups by name. */
export type PartitionState = { readonly [group: string]: State };

/** The name of the group of a path, and of the tensor there. */
type Label = (path: string, tensor: Tensor) => string;

/** What says which parameter belongs to which group. */
export type Labels = Label | Readonly<Record<string, Selector>>;

const listed = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** The label of a path, checked to be the name of a group. */
function checkedLabel(names: readonly string[], label: (path: string, tensor: Tensor) => unknown): Label {
  return (path, tensor) => {
    const found = label(path, tensor);
    if (typeof found === 'string' && names.includes(found)) return found;
    const allowed = `one of the groups ${listed(names)}`;
    throw new ArgumentError('partition', `the group of ${path}`, describe(found), allowed);
  };
}

function labelOf(names: readonly string[], labels: Labels): Label {
  if (typeof labels === 'function') return checkedLabel(names, labels);
  if (!isBranch<Selector>(labels)) {
    const allowed = 'a function of the path, or an object of patterns by the names of the groups';
    throw new ArgumentError('partition', 'labels', describe(labels), allowed);
  }
  const stranger = Object.keys(labels).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new ArgumentError('partition', 'labels', `'${stranger}'`, `named as the groups ${listed(names)}`);
  }
  const matchers = Object.entries(labels).map(
    ([name, selector]) => [name, matcher('partition', `labels.${name}`, selector)] as const,
  );
  return checkedLabel(names, (path) => matchers.find(([, matches]) => matches(path))?.[0]);
}

/**
 * Applies a transform of its own to each group of parameters.
 *
 * @param groups the transforms by the names of the groups; each gets its tensors as an object by their paths
 * @param labels which group a parameter belongs to: a function from its path, such as `layer/kernel`, and its
 *   tensor, or a gradient of its shape, to the name; or for each name a pattern, a regular expression, a layer, a function of the path or a list of these, of which the
 *   first that matches counts
 * @returns a transform; it has no `learningRate`, the transforms of the groups have theirs
 * @throws ArgumentError when an argument is of the wrong kind; when a parameter belongs to no group
 *
 * @example
 * const optimizer = optimizers.fromTransform(
 *   transforms.partition(
 *     { biases: optimizers.sgd({ learningRate: 0.1 }), others: optimizers.adamw() },
 *     { biases: /bias$/, others: '*' },
 *   ),
 * );
 */
export function partition(
  groups: Readonly<Record<string, GradientTransformation>>,
  labels: Labels,
): GradientTransformation<PartitionState> {
  if (!isBranch<GradientTransformation>(groups) || Object.keys(groups).length === 0) {
    throw new ArgumentError(
      'partition',
      'groups',
      describe(groups),
      'an object of gradient transforms by name',
    );
  }
  const parts = Object.entries(groups);
  for (const [name, part] of parts) checkTransform('partition', `groups.${name}`, part);
  const names = parts.map(([name]) => name);
  const label = labelOf(names, labels);
  const selected = (leaves: Leaves, name: string): Leaves =>
    select(leaves, (path) => label(path, leaves[path]!) === name);
  const transform: GradientTransformation<PartitionState> = {
    init: (params) =>
      tidyTree(() => {
        const leaves = leavesOf(params);
        return Object.fromEntries(parts.map(([name, part]) => [name, part.init(selected(leaves, name))]));
      }),
    update: (grads, states, params) =>
      tidyTree(() => {
        checkState('partition', states, names);
        const { leaves, rebuild } = flatten(grads);
        const all = params && leavesOf(params);
        const steps = parts.map(([name, part]) =>
          part.update(selected(leaves, name), states[name]!, all && selected(all, name)),
        );
        const updates: Record<string, Leaves[string]> = {};
        for (const step of steps) Object.assign(updates, step.updates);
        return {
          updates: rebuild(updates),
          state: Object.fromEntries(steps.map(({ state }, i) => [names[i]!, state])),
        };
      }),
  };
  described(transform, {
    kind: 'transform',
    name: 'partition',
    options: [labels],
    parts: parts.map(([, part]) => part),
    partNames: names,
  });
  return passTraits(
    transform,
    parts.map(([name, part]) => ({
      part,
      state: (states) => states[name]!,
      selected: (tree: Params) => selected(leavesOf(tree), name),
    })),
  );
}
