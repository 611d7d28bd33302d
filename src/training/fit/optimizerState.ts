import { dispose, type Optimizer, tensor } from '@tensorflow/tfjs-core';
import { isScheduled, rateOf, setRate } from '../learningRate.ts';

/** A tensor as plain data. */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** An optimizer of the toolkit. */
interface Stateful {
  getState(): unknown;
  setState(state: unknown): void;
}

interface NamedTensor {
  name: string;
  tensor: ReturnType<typeof tensor>;
}

/** The state of an optimizer as plain data. */
export type SavedOptimizer =
  | { readonly state: unknown }
  | { readonly rate: number | null; readonly weights: readonly (PlainTensor & { readonly name: string })[] };

const hasState = (optimizer: Optimizer): optimizer is Optimizer & Stateful =>
  'getState' in optimizer && 'setState' in optimizer;

/** Copies the state of an optimizer out. */
export async function saveOptimizer(optimizer: Optimizer): Promise<SavedOptimizer> {
  if (hasState(optimizer)) return { state: optimizer.getState() };
  const named = await optimizer.getWeights();
  const weights = named.map(({ name, tensor: one }) => ({
    name,
    shape: one.shape,
    dtype: one.dtype,
    values: one.dataSync().slice() as Float32Array,
  }));
  dispose(named.map(({ tensor: one }) => one));
  return { rate: isScheduled(optimizer) ? null : (rateOf(optimizer) ?? null), weights };
}

/** The keys of a state, at every depth, under the names that the weights have now. */
function renamed(state: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(state)) return state.map((item) => renamed(item, rename));
  if (state === null || typeof state !== 'object' || ArrayBuffer.isView(state)) return state;
  return Object.fromEntries(Object.entries(state).map(([key, item]) => [rename(key), renamed(item, rename)]));
}

/** `dense/kernel/m`, the state of `dense/kernel`, after it was renamed. */
function renamedSlot(name: string, rename: (name: string) => string): string {
  const at = name.lastIndexOf('/');
  return at < 0 ? name : rename(name.slice(0, at)) + name.slice(at);
}

/**
 * Gives an optimizer a state that was saved.
 *
 * @param names the names of the weights now, by those that they were saved under
 */
export async function restoreOptimizer(
  optimizer: Optimizer,
  saved: SavedOptimizer,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const rename = (name: string): string => names.get(name) ?? name;
  if ('state' in saved) {
    (optimizer as Optimizer & Stateful).setState(renamed(saved.state, rename));
    return;
  }
  const weights = saved.weights.map(
    ({ name, shape, dtype, values }): NamedTensor => ({
      name: renamedSlot(name, rename),
      tensor: tensor(values, [...shape], dtype as 'float32'),
    }),
  );
  try {
    await optimizer.setWeights(weights);
  } finally {
    dispose(weights.map(({ tensor: one }) => one));
  }
  if (saved.rate !== null) setRate('fit', optimizer, saved.rate);
}
