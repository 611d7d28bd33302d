import { type DataType, Tensor, type TypedArray, tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, describe } from '../core/check.ts';
import { isBranch, isList } from '../core/tree.ts';
import type { Tree } from '../core/types.ts';
import type { State } from '../transforms/index.ts';

/** A tensor as plain data. */
export interface SavedTensor {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly values: TypedArray;
}

/** The state of an optimizer as plain data, which survives `structuredClone` and JSON. */
export interface OptimizerState {
  /** The name of the optimizer, as `lookahead(adam)`; missing for one that `fromTransform` made. */
  readonly optimizer?: string;
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

/** Copies a state out of its tensors. */
export function save(state: State): SavedState {
  if (typeof state === 'number') return state;
  if (state instanceof Tensor) {
    return { shape: [...state.shape], dtype: state.dtype, values: state.dataSync().slice() };
  }
  if (Array.isArray(state)) return state.map(save);
  return Object.fromEntries(Object.entries(state).map(([key, item]) => [key, save(item)]));
}

/** What stands at each place of a state. */
export type Kinds = Tree<'a number' | 'a tensor'>;

const WHERE = 'setState';
const DTYPES: readonly unknown[] = ['float32', 'int32', 'bool'];

/** JSON makes an object of a typed array, with its indices as keys. */
function restoreTensor(path: string, { shape, dtype, values }: Record<string, unknown>): Tensor {
  const numbers: unknown[] = values !== null && typeof values === 'object' ? Object.values(values) : [];
  const sizes = isList<unknown>(shape) ? shape.map(Number) : [Number.NaN];
  if (!sizes.every((length) => Number.isInteger(length) && length >= 0))
    throw new ArgumentError(WHERE, `${path}.shape`, describe(shape), 'a list of integers of at least 0');
  const size = sizes.reduce((product, length) => product * length, 1);
  if (!DTYPES.includes(dtype) || numbers.length !== size || numbers.some((v) => typeof v !== 'number')) {
    const allowed = `a tensor as getState gives it: ${size} numbers of shape [${sizes}]`;
    throw new ArgumentError(WHERE, path, `${numbers.length} values of ${describe(dtype)}`, allowed);
  }
  return tensor(numbers as number[], sizes, dtype as DataType);
}

const isSavedTensor = (value: Record<string, unknown>): boolean =>
  Array.isArray(value.shape) && typeof value.dtype === 'string' && 'values' in value;

/** The deepest state that is read, far beyond any real one: a cycle would have no end. */
const DEEPEST = 100;

/**
 * The state that `save` copied, in new tensors.
 *
 * @param path where `saved` stands, for the error message
 * @throws ArgumentError where there is anything else than `save` makes
 */
export function restore(saved: unknown, path = 'state.transform', depth = 0): State {
  if (typeof saved === 'number') return saved;
  if (isList<unknown>(saved) && depth < DEEPEST) {
    return saved.map((item, i) => restore(item, `${path}[${i}]`, depth + 1));
  }
  if (isBranch<unknown>(saved) && !ArrayBuffer.isView(saved) && depth < DEEPEST) {
    if (isSavedTensor(saved)) return restoreTensor(path, saved);
    const items = Object.entries(saved);
    return Object.fromEntries(items.map(([key, item]) => [key, restore(item, `${path}.${key}`, depth + 1)]));
  }
  throw new ArgumentError(WHERE, path, describe(saved), 'a part of a state as getState gives it');
}

/** Rejects what is no state at all, part by part. */
export function checkState(state: unknown): asserts state is OptimizerState {
  if (!isBranch<unknown>(state) || !('transform' in state)) {
    const allowed = 'what getState returned: iterations, learningRate and transform';
    throw new ArgumentError(WHERE, 'state', describe(state), allowed);
  }
  checkNumber(WHERE, 'state.iterations', state.iterations, { min: 0, integer: true });
  if (state.learningRate !== undefined)
    checkNumber(WHERE, 'state.learningRate', state.learningRate, { min: 0 });
}

/** The name of an optimizer with those within it, by what is saved of it with a model. */
export function nameOf(config: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (typeof config?.name !== 'string') return undefined;
  const inner = nameOf(config.inner as Readonly<Record<string, unknown>> | undefined);
  return inner === undefined ? config.name : `${config.name}(${inner})`;
}

/** Rejects the state of an optimizer of another name, whose tensors may be alike: those of adam and yogi are. */
export function checkName({ optimizer }: OptimizerState, own: string | undefined): void {
  if (optimizer === undefined || own === undefined || optimizer === own) return;
  throw new ArgumentError(
    WHERE,
    'state.optimizer',
    describe(optimizer),
    `${describe(own)}, as the optimizer itself`,
  );
}

const kindOf = (state: State): string =>
  state instanceof Tensor
    ? 'a tensor'
    : isList(state)
      ? `a list of ${state.length}`
      : typeof state === 'number'
        ? 'a number'
        : 'an object';

/**
 * Rejects the state of another kind of optimizer.
 *
 * @param kinds what a state of this kind holds before it has met any variables, whose places are empty
 */
export function checkKind(where: string, state: State, kinds: Kinds, path = 'state.transform'): void {
  const differs = (allowed: string): ArgumentError =>
    new ArgumentError(where, path, kindOf(state), `${allowed}, as in a state of this kind of optimizer`);
  if (typeof kinds === 'string') {
    if (kindOf(state) !== kinds) throw differs(kinds);
  } else if (isList<Kinds>(kinds)) {
    if (!isList<State>(state) || state.length !== kinds.length) throw differs(`a list of ${kinds.length}`);
    kinds.forEach((part, i) => {
      checkKind(where, state[i]!, part, `${path}[${i}]`);
    });
  } else {
    const keys = Object.keys(kinds);
    const fits = isBranch<State>(state) && keys.every((key) => Object.hasOwn(state, key));
    if (!fits) throw differs(keys.length === 0 ? 'an object' : `an object with the keys [${keys}]`);
    if (keys.length > 0 && Object.keys(state).length !== keys.length)
      throw differs(`an object with the keys [${keys}] only`);
    for (const [key, part] of Object.entries(kinds)) checkKind(where, state[key]!, part, `${path}.${key}`);
  }
}
