// `fit`, `fitDataset`, `evaluate` and `trainOnBatch` with weights of samples, and with metrics over whole epochs.
import { dispose, type Scalar, slice, Tensor, tidy } from '@tensorflow/tfjs-core';
import { CustomCallback, LayersModel, Sequential } from '@tensorflow/tfjs-layers';
import { freePlans } from '../compiled/planned.ts';
import './baseLogger.ts';
import { weighDataset } from './datasets.ts';
import { internals, methods } from './internals.ts';
import { onInterrupt } from './onInterrupt.ts';
import { evaluation, training } from './steps.ts';
import type { BatchOptions } from './types.ts';
import { combined, weightsOf } from './weights.ts';

const { fit, evaluate, fitDataset, evaluateDataset } = LayersModel.prototype;
const { standardizeUserData, testLoop } = methods;

type Weights = (Tensor | null)[];

/** What a training says of the data that it validates on. */
interface Validation {
  data: unknown;
  /** The weights that came with it. */
  given: unknown;
  /** The share of the training data that it is, the last samples. */
  split: number | undefined;
  /** The weights in use. */
  weights: Weights;
  /** Whether the data to train on has been looked at; that to validate on comes next. */
  isNext: boolean;
}

const validations = new WeakMap<LayersModel, Validation>();
/** The weights of the samples that `evaluate` was called with. */
const testing = new WeakMap<LayersModel, Weights>();

const release = (weights: Weights): void => dispose(weights.filter((one) => one !== null));

const isBaseCallback = (value: object): boolean => 'setParams' in value;

/** Callbacks of both kinds may be mixed; tfjs takes the first for what all of them are. */
function listed(callbacks: unknown, yieldEvery: unknown): unknown {
  if (!Array.isArray(callbacks) || !callbacks.some(isBaseCallback)) return callbacks;
  return callbacks.map((one) => (isBaseCallback(one) ? one : new CustomCallback(one, yieldEvery as 'auto')));
}

/** Data without the weights that come third, and those. */
const withoutWeights = (data: unknown): [data: unknown, weights: unknown] =>
  Array.isArray(data) && data.length === 3 ? [data.slice(0, 2), data[2]] : [data, undefined];

/** Runs a training with what our callbacks and weights need, and frees it. */
async function trained<T extends object, R>(
  model: LayersModel,
  given: T,
  run: (options: T) => Promise<R>,
): Promise<R> {
  // The training that is in progress keeps what it has; tfjs rejects the other.
  if (internals(model).isTraining) return run(given);
  const options = { ...given } as Record<string, unknown>;
  const [data, weights] = withoutWeights(options.validationData);
  if (data != null) options.validationData = data;
  const callbacks = listed(options.callbacks, options.yieldEvery);
  if (callbacks != null) options.callbacks = callbacks;
  const split = data == null ? (options.validationSplit as number | undefined) : undefined;
  const validation: Validation = { data, given: weights, split, weights: [], isNext: false };
  validations.set(model, validation);
  const end = (): void => {
    training.reset(model);
    evaluation.reset(model);
    freePlans(model);
    release(validation.weights);
    validations.delete(model);
  };
  let isOver = false;
  const takeBack = onInterrupt(() => {
    isOver = true;
    // tfjs would refuse every later training.
    internals(model).isTraining = false;
    end();
  });
  // An interrupt may leave a part of its cell going, which must not begin anew.
  if (isOver) throw new Error('fit: the cell that trains was interrupted');
  try {
    return await run(options as T);
  } finally {
    takeBack();
    end();
  }
}

/** The weights of the samples that are split off for validation. */
const splitOff = (weights: Weights, share: number): Weights =>
  weights.map((one) => {
    if (one === null) return null;
    const begin = Math.floor(one.shape[0]! * (1 - share));
    return slice(one, [begin], [one.shape[0]! - begin]);
  });

/** The weights for training; those for validation are kept for `testLoop`. */
function split(model: LayersModel, ys: Tensor[], given: unknown, byClass: Weights | null): Weights | null {
  const validation = validations.get(model);
  if (validation?.isNext) {
    validation.weights = weightsOf('fit', validation.given, model.outputNames, ys);
    return byClass;
  }
  if (validation) validation.isNext = true;
  if (given == null) return byClass;
  const own = weightsOf('fit', given, model.outputNames, ys);
  const share = validation?.split ?? 0;
  if (validation && share > 0 && share < 1) validation.weights = splitOff(own, share);
  return own.map((one, i) => combined(one, byClass?.[i] ?? null));
}

const tensorsOf = (data: unknown): unknown[] =>
  data instanceof Tensor ? [data] : Object.values(data as object);

methods.standardizeUserData = async function (this: LayersModel, x, y, sampleWeight, classWeight, ...rest) {
  const [xs, ys, byClass] = await standardizeUserData.call(this, x, y, null, classWeight, ...rest);
  try {
    return [xs, ys, split(this, ys, sampleWeight, byClass)];
  } catch (error) {
    const given = new Set([...tensorsOf(x), ...tensorsOf(y)]);
    dispose([...xs, ...ys].filter((one) => !given.has(one)));
    release(byClass ?? []);
    throw error;
  }
};

/** Puts the metrics over all batches in the places of their means. */
function whole(model: LayersModel, values: Tensor[]): Tensor[] {
  for (const [k, value] of evaluation.values(model)) {
    values[k + 1]?.dispose();
    values[k + 1] = value;
  }
  evaluation.reset(model);
  return values;
}

methods.testLoop = function (this: LayersModel, f, ins, ...rest) {
  const weights = testing.get(this) ?? validations.get(this)?.weights ?? [];
  evaluation.reset(this);
  return tidy(() => whole(this, testLoop.call(this, f, [...ins, ...weights], ...rest)));
};

LayersModel.prototype.evaluate = function (x, y, options = {}) {
  const { sampleWeight, ...rest } = options;
  const validation = validations.get(this);
  const [valX, valY] = Array.isArray(validation?.data) ? validation.data : [];
  const given = sampleWeight ?? (valX === x && valY === y ? validation?.given : undefined);
  const before = testing.get(this);
  const weights = weightsOf('evaluate', given, this.outputNames, tensorsOf(y) as Tensor[]);
  testing.set(this, weights);
  try {
    return evaluate.call(this, x, y, rest);
  } finally {
    release(weights);
    if (before) testing.set(this, before);
    else testing.delete(this);
  }
};

LayersModel.prototype.fit = function (x, y, options = {}) {
  return trained(this, options, (all) => fit.call(this, x, y, all));
};

LayersModel.prototype.fitDataset = function (dataset, options) {
  const weighted = weighDataset(this, dataset);
  return trained(this, options, (all) => fitDataset.call(this, weighted, all as never));
};

LayersModel.prototype.evaluateDataset = async function (dataset, options) {
  evaluation.reset(this);
  try {
    const values = whole(
      this,
      [await evaluateDataset.call(this, weighDataset(this, dataset), options)].flat(),
    );
    return (values.length === 1 ? values[0] : values) as Scalar | Scalar[];
  } finally {
    evaluation.reset(this);
  }
};

LayersModel.prototype.trainOnBatch = async function (x: unknown, y: unknown, options: BatchOptions = {}) {
  const inner = internals(this);
  const { sampleWeight, classWeight } = options;
  const [xs, ys, weights] = await inner.standardizeUserData(x, y, sampleWeight, classWeight);
  const given = new Set([...tensorsOf(x), ...tensorsOf(y)]);
  let results: Tensor[] = [];
  try {
    training.reset(this);
    results = inner.makeTrainFunction()([...xs, ...ys, ...(weights ?? [])]);
    const values = await Promise.all(results.map(async (one) => (await one.data())[0]!));
    return values.length === 1 ? values[0]! : values;
  } finally {
    training.reset(this);
    dispose([...results, ...[...xs, ...ys].filter((one) => !given.has(one))]);
    release(weights ?? []);
  }
};

// tfjs's passes no options on.
Sequential.prototype.trainOnBatch = function (x: never, y: never, options?: BatchOptions) {
  return Reflect.get(this, 'model').trainOnBatch(x, y, options);
};

const { dispose: disposeModel } = LayersModel.prototype;

LayersModel.prototype.dispose = function () {
  freePlans(this);
  return disposeModel.call(this);
};

const { compile: compileSequential } = Sequential.prototype;

// It makes the graph within anew, which has its own plans.
Sequential.prototype.compile = function (args) {
  freePlans(this);
  compileSequential.call(this, args);
};
