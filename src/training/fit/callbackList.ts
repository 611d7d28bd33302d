import type { Tensor } from '@tensorflow/tfjs-core';
import type { CustomCallbackArgs, Callback as TfjsCallback } from '@tensorflow/tfjs-layers';
import { ArgumentError, describe } from '../../core/check.ts';
import { nearest } from '../../core/nearest.ts';
import type { Callback, Logs, Run } from '../callbacks.ts';
import type { NonFiniteError } from '../nonFinite.ts';

/** Ours and what tfjs calls, in one object. */
type Handler = Callback & Pick<CustomCallbackArgs, 'onBatchBegin' | 'onBatchEnd' | 'onYield'>;

const METHODS = [
  'onTrainBegin',
  'onEpochBegin',
  'onStepEnd',
  'onGradients',
  'onEpochEnd',
  'onTrainEnd',
  'onNonFinite',
  'onBatchBegin',
  'onBatchEnd',
  'onYield',
] as const;

/** What tfjs tells its callbacks before the first epoch. */
export interface Params {
  readonly epochs: number;
  readonly samples: number | null;
  readonly steps: number | null;
  readonly batchSize: number | null;
  readonly doValidation: boolean;
  readonly metrics: readonly string[];
}

const isTfjs = (value: object): value is TfjsCallback => 'setParams' in value && 'setModel' in value;

/** The state of one of tfjs's kind that has it: a class of the toolkit that `model.fit` takes, too. */
function stateOf(callback: TfjsCallback): Pick<Handler, 'getState' | 'setState'> {
  const kept = callback as TfjsCallback & Pick<Handler, 'getState' | 'setState'>;
  if (typeof kept.getState !== 'function' || typeof kept.setState !== 'function') return {};
  return { getState: () => kept.getState!(), setState: (state) => kept.setState!(state) };
}

/** A callback of tfjs as one of ours. */
function adapted(callback: TfjsCallback): Handler {
  return {
    ...stateOf(callback),
    name: callback.constructor.name,
    onTrainBegin: () => callback.onTrainBegin({}),
    onEpochBegin: (epoch) => callback.onEpochBegin(epoch, {}),
    onBatchBegin: (batch, logs) => callback.onBatchBegin(batch, logs),
    onBatchEnd: (batch, logs) => callback.onBatchEnd(batch, logs),
    onEpochEnd: (epoch, logs) => callback.onEpochEnd(epoch, { ...logs }),
    onTrainEnd: () => callback.onTrainEnd({}),
  };
}

function checked(value: unknown, i: number): Handler {
  const argument = `callbacks[${i}]`;
  const allowed = `an object with some of the methods ${METHODS.slice(0, 6).join(', ')}, or a callback of tfjs`;
  if (value === null || typeof value !== 'object') {
    throw new ArgumentError('fit', argument, describe(value), allowed);
  }
  if (isTfjs(value)) return adapted(value);
  const wrong = Object.keys(value).find(
    (key) => /^on[A-Z]/.test(key) && !(METHODS as readonly string[]).includes(key),
  );
  if (wrong !== undefined) {
    const meant = nearest(wrong, METHODS);
    const hint = meant === undefined ? '' : `; did you mean '${meant}'?`;
    throw new ArgumentError('fit', argument, `one with the method '${wrong}'${hint}`, allowed);
  }
  const has = METHODS.some((name) => typeof Reflect.get(value, name) === 'function');
  if (!has) throw new ArgumentError('fit', argument, describe(value), allowed);
  return value as Handler;
}

/** The name that a checkpoint knows a callback by. */
const nameOf = (callback: Handler): string => callback.name ?? callback.constructor?.name ?? 'Object';

/** The state of a callback, as a checkpoint keeps it. */
export interface SavedCallback {
  readonly name: string;
  readonly state: unknown;
}

/** All callbacks of a training, called in order. */
export class CallbackList {
  readonly #all: readonly Handler[];
  readonly #tfjs: readonly TfjsCallback[];
  /** Whether anything is told of gradients, and of steps. */
  readonly hasGradients: boolean;
  readonly hasSteps: boolean;

  /** @throws ArgumentError for what is no callback */
  constructor(given: readonly unknown[]) {
    this.#all = given.map(checked);
    this.#tfjs = given.filter((one): one is TfjsCallback => isTfjs(one as object));
    const has = (name: keyof Handler): boolean => this.#all.some((one) => one[name] !== undefined);
    this.hasGradients = has('onGradients');
    this.hasSteps = has('onStepEnd') || has('onBatchEnd') || has('onBatchBegin');
  }

  /** The model and its data, as callbacks of tfjs are told. */
  introduce(model: unknown, params: Params): void {
    for (const callback of this.#tfjs) {
      callback.setParams({ ...params, verbose: 0 } as never);
      callback.setModel(model as never);
    }
  }

  async trainBegin(run: Run): Promise<void> {
    for (const one of this.#all) await one.onTrainBegin?.(run);
  }

  async epochBegin(epoch: number, run: Run): Promise<void> {
    for (const one of this.#all) await one.onEpochBegin?.(epoch, run);
  }

  async batchBegin(batch: number, size: number): Promise<void> {
    for (const one of this.#all) await one.onBatchBegin?.(batch, { batch, size });
  }

  gradients(step: number, gradients: Readonly<Record<string, Tensor>>, run: Run): void {
    for (const one of this.#all) {
      const returned: unknown = one.onGradients?.(step, gradients, run);
      if (returned instanceof Promise) {
        throw new TypeError(
          `fit: onGradients of ${nameOf(one)} returned a promise; the gradients are gone by then`,
        );
      }
    }
  }

  async stepEnd(at: { step: number; batch: number; size: number }, logs: Logs, run: Run): Promise<void> {
    const { step, batch, size } = at;
    for (const one of this.#all) {
      await one.onStepEnd?.(step, logs, run);
      await one.onBatchEnd?.(batch, { batch, size, ...logs });
    }
  }

  async yields(epoch: number, batch: number, logs: Logs): Promise<void> {
    for (const one of this.#all) await one.onYield?.(epoch, batch, { ...logs });
  }

  nonFinite(error: NonFiniteError, run: Run): void {
    for (const one of this.#all) one.onNonFinite?.(error, run);
  }

  async epochEnd(epoch: number, logs: Logs, run: Run): Promise<void> {
    for (const one of this.#all) await one.onEpochEnd?.(epoch, logs, run);
  }

  /** Each of them is called, also where one throws. */
  async trainEnd(logs: Logs, run: Run): Promise<void> {
    const errors: unknown[] = [];
    for (const one of this.#all) {
      try {
        await one.onTrainEnd?.(logs, run);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  save(): SavedCallback[] {
    return this.#all.flatMap((one) => (one.getState ? [{ name: nameOf(one), state: one.getState() }] : []));
  }

  /** @throws ArgumentError when a callback whose state was saved is missing */
  restore(saved: readonly SavedCallback[]): void {
    const left = this.#all.filter((one) => one.setState);
    for (const { name, state } of saved) {
      const i = left.findIndex((one) => nameOf(one) === name);
      if (i < 0) {
        const names = left.map(nameOf).join(', ') || 'none with a state';
        throw new ArgumentError('fit', 'callbacks', names, `with ${name}, whose state the checkpoint has`);
      }
      left[i]!.setState!(state);
      left.splice(i, 1);
    }
  }
}
