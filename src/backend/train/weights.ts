import { type Optimizer, scalar, tidy, util } from '@tensorflow/tfjs-core';
import { ArgumentError } from '../../core/check.ts';
import { copyOf } from '../../core/tensor.ts';
import { KINDS, type Kind, type Settings, type SlotList } from './kinds.ts';
import { type Entry, entriesOf, type NamedTensor, replaceState, savedNames, settingsOf } from './state.ts';

const WHERE = 'setWeights';

/** The number of steps and the state, in tensors that are the caller's. */
export async function getWeights(optimizer: Optimizer, kind: Kind): Promise<NamedTensor[]> {
  const saved = savedNames(optimizer);
  const state = kind.lists(settingsOf(optimizer)).flatMap((list) =>
    entriesOf(optimizer, list).map(({ originalName, variable }) => ({
      name: `${saved.savedName(baseName(originalName, list))}/${list.suffix}`,
      tensor: copyOf(variable),
    })),
  );
  return [{ name: 'iter', tensor: scalar(optimizer.iterations, 'int32') }, ...state];
}

const isNamed = (name: string, { suffix }: SlotList): boolean => name.endsWith(`/${suffix}`);

const baseName = (name: string, list: SlotList): string =>
  isNamed(name, list) ? name.slice(0, -list.suffix.length - 1) : name;

/** Every list there is. */
const LISTS = KINDS.flatMap((kind) => kind.lists({ centered: true } as Settings));

/** Names of any other form are taken by their order, as tfjs takes them. */
function checkNames(list: SlotList, weights: readonly NamedTensor[]): void {
  const wrong = weights.find(
    ({ name }) => !isNamed(name, list) && LISTS.some((other) => isNamed(name, other)),
  );
  if (wrong === undefined) return;
  const allowed = `named as getWeights of this kind of optimizer names them, with /${list.suffix} here`;
  throw new ArgumentError(WHERE, 'weights', JSON.stringify(wrong.name), allowed);
}

/** The weights by the lists of the state that they belong to, each list as long as the others. */
function byList(lists: readonly SlotList[], weights: readonly NamedTensor[]): NamedTensor[][] {
  const count = weights.length / Math.max(1, lists.length);
  if (!Number.isInteger(count) || (lists.length === 0 && weights.length > 0)) {
    const suffixes = lists.map(({ suffix }) => suffix);
    const allowed = lists.length === 0 ? 'iter alone' : `iter and, for each variable, [${suffixes}]`;
    throw new ArgumentError(WHERE, 'weights', `iter and ${weights.length} more`, allowed);
  }
  const parts = lists.map((_, i) => weights.slice(i * count, (i + 1) * count));
  parts.forEach((part, i) => {
    checkNames(lists[i]!, part);
    part.forEach(({ name, tensor: { dtype, shape } }, k) => {
      const first = parts[0]![k]!.tensor.shape;
      if (dtype === 'float32' && util.arraysEqual(shape, first)) return;
      throw new ArgumentError(WHERE, name, `${dtype} of shape [${shape}]`, `float32 of shape [${first}]`);
    });
  });
  return parts;
}

/**
 * Takes what `getWeights` of an optimizer of the same kind returned.
 *
 * @throws ArgumentError when it is anything else; the optimizer then keeps its state
 */
export async function setWeights(
  optimizer: Optimizer,
  kind: Kind,
  weights: readonly NamedTensor[],
): Promise<void> {
  const [iterations, ...rest] = weights;
  if (iterations?.tensor.size !== 1) {
    const received = iterations === undefined ? 'none' : `${iterations.name} first`;
    throw new ArgumentError(WHERE, 'weights', received, 'as getWeights returns them, with iter first');
  }
  const lists = kind.lists(settingsOf(optimizer));
  const parts = byList(lists, rest);
  const [steps] = await iterations.tensor.data();
  const variables = savedNames(optimizer).variables();
  const toEntry = (list: SlotList, { name, tensor: value }: NamedTensor): Entry => {
    const saved = baseName(name, list);
    return {
      originalName: `${variables.get(saved) ?? saved}/${list.suffix}`,
      variable: tidy(() => copyOf(value).variable(false)),
    };
  };
  const entries = parts.map((part, i) => part.map((weight) => toEntry(lists[i]!, weight)));
  replaceState(optimizer, kind, entries);
  Reflect.set(optimizer, 'iterations_', steps);
}
