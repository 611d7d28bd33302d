import type { CustomCallback, CustomCallbackArgs, Callback as TfjsCallback } from '@tensorflow/tfjs-layers';
import { ArgumentError, checkNumber, checkOptions, describe } from '../../core/check.ts';
import type { Callback } from '../callbacks.ts';
import { type ClassWeight, checkClassWeight } from './classWeight.ts';
import type { Data } from './data.ts';

/** One of ours, one of tfjs, or functions as tfjs takes them. */
export type AnyCallback = Callback | TfjsCallback | CustomCallback | CustomCallbackArgs;

/** Where a training is kept, so that it can go on later. */
export interface CheckpointOptions {
  /** A file, which is written anew each time. */
  path: string;
  /** How many steps lie between two checkpoints; 'epoch', at the end of each, if left out. */
  every?: 'epoch' | number | undefined;
}

/** Options of `fit`. */
export interface FitOptions {
  /** How often to go through the data, at least 1; 1 by default. */
  epochs?: number | undefined;
  /** How many samples a step takes, from 1 to as many as there are; 32 by default. Of data in tensors alone. */
  batchSize?: number | undefined;
  /** What to validate on after each epoch: data, or in (0, 1) the share of the samples to take for it, the last ones. */
  validation?: Data | number | undefined;
  /** One callback or several, those of tfjs too. */
  callbacks?: AnyCallback | readonly AnyCallback[] | undefined;
  /** An integer in [0, 2³² − 1] for the order of the samples and for dropout; another in each run if left out. */
  seed?: number | undefined;
  /** Whether the samples are in another order in each epoch; true by default. Of data in tensors alone. */
  shuffle?: boolean | undefined;
  /** Weights of classes, by their number. */
  classWeight?: ClassWeight | undefined;
  /** Where an epoch ends, of data that comes in batches; where the data ends if left out. */
  stepsPerEpoch?: number | undefined;
  /** How many batches to validate on, of data that comes in batches; all if left out. */
  validationSteps?: number | undefined;
  /** A file to keep the training in, or where and how often. */
  checkpoint?: string | CheckpointOptions | undefined;
  /** Whether a notebook or a terminal shows how far it is; true by default. */
  progress?: boolean | undefined;
}

/** The options, checked; those that are left out have their defaults. */
export interface Settings {
  readonly epochs: number;
  /** Undefined where it was left out. */
  readonly batchSize: number | undefined;
  readonly validation: Data | number | undefined;
  readonly callbacks: readonly unknown[];
  readonly seed: number | undefined;
  readonly shuffle: boolean;
  readonly classWeight: ClassWeight | undefined;
  readonly stepsPerEpoch: number | undefined;
  readonly validationSteps: number | undefined;
  readonly checkpoint: { readonly path: string; readonly every: 'epoch' | number } | undefined;
  readonly progress: boolean;
}

const WHERE = 'fit';
const NAMES: readonly (keyof Settings)[] = [
  'epochs',
  'batchSize',
  'validation',
  'callbacks',
  'seed',
  'shuffle',
  'classWeight',
  'stepsPerEpoch',
  'validationSteps',
  'checkpoint',
  'progress',
];

function optionalCount(name: string, value: unknown): number | undefined {
  return value === undefined ? undefined : checkNumber(WHERE, name, value, { min: 1, integer: true });
}

function flag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ArgumentError(WHERE, name, describe(value), 'true or false');
}

function checkpointOf(given: FitOptions['checkpoint']): Settings['checkpoint'] {
  if (given === undefined) return undefined;
  const options = typeof given === 'string' ? { path: given } : given;
  checkOptions('fit.checkpoint', options, ['path', 'every']);
  const { path, every = 'epoch' } = options as CheckpointOptions;
  if (typeof path !== 'string' || path === '') {
    throw new ArgumentError(WHERE, 'checkpoint.path', describe(path), 'the path of a file');
  }
  if (every !== 'epoch') {
    if (typeof every !== 'number')
      throw new ArgumentError(WHERE, 'checkpoint.every', describe(every), "'epoch' or a number of steps");
    checkNumber(WHERE, 'checkpoint.every', every, { min: 1, integer: true });
  }
  return { path, every };
}

/**
 * The options, checked.
 *
 * @throws ArgumentError for one that does not exist or is out of range
 */
export function settingsOf(options: FitOptions): Settings {
  checkOptions(WHERE, options, NAMES);
  const { epochs = 1, callbacks = [], shuffle = true, progress = true, seed, validation } = options;
  if (seed !== undefined) checkNumber(WHERE, 'seed', seed, { min: 0, max: 0xffffffff, integer: true });
  if (typeof validation === 'number') {
    checkNumber(WHERE, 'validation', validation, { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true });
  }
  return {
    epochs: checkNumber(WHERE, 'epochs', epochs, { min: 1, integer: true }),
    batchSize: optionalCount('batchSize', options.batchSize),
    validation,
    callbacks: Array.isArray(callbacks) ? callbacks : [callbacks],
    seed,
    shuffle: flag('shuffle', shuffle),
    classWeight: checkClassWeight(options.classWeight),
    stepsPerEpoch: optionalCount('stepsPerEpoch', options.stepsPerEpoch),
    validationSteps: optionalCount('validationSteps', options.validationSteps),
    checkpoint: checkpointOf(options.checkpoint),
    progress: flag('progress', progress),
  };
}
