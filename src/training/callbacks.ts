import type { Optimizer, Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NonFiniteError } from './nonFinite.ts';

/**
 * What was measured, in tfjs's names: `loss`, the metrics of `model.compile` (`acc` for accuracy), the same with
 * `val_` in front on the validation data, and `learningRate`, that of the next step, where the optimizer has one.
 */
export type Logs = Readonly<Record<string, number>>;

/** A training that is in progress, as its callbacks see it. */
export interface Run {
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  /** How many epochs there are to be. */
  readonly epochs: number;
  /** How many steps an epoch has; undefined where nobody knows yet. */
  readonly stepsPerEpoch: number | undefined;
  /** The names of what an epoch reports. */
  readonly metrics: readonly string[];
  /** The learning rate of the next step; undefined for an optimizer without one. Setting it replaces a schedule. */
  learningRate: number | undefined;
  /** Why the training ends before its time; undefined as long as it goes on. */
  readonly stopReason: string | undefined;
  /** Ends the training after the step that runs; at the end of an epoch, after its callbacks. */
  stop(reason: string): void;
}

/**
 * What `training.fit` calls. Every method may be left out, and all but `onGradients` may return a promise, which is
 * waited for.
 *
 * Epochs are counted from 0, as tfjs does; steps over all epochs from 1, so that `step` is how many were taken.
 *
 * @example
 * const shout = { onEpochEnd: (epoch, { loss }) => console.log(`epoch ${epoch + 1}: ${loss}`) };
 * await training.fit(model, [x, y], { epochs: 2, callbacks: [shout] });
 */
export interface Callback {
  /** What error messages and checkpoints call it. */
  readonly name?: string;
  onTrainBegin?(run: Run): void | Promise<void>;
  onEpochBegin?(epoch: number, run: Run): void | Promise<void>;
  /** After a step; `logs` are those of its batch alone. */
  onStepEnd?(step: number, logs: Logs, run: Run): void | Promise<void>;
  /**
   * Before the optimizer takes the gradients of a step, by the names of the weights. They are lent: a callback that
   * wants to keep one clones it. It cannot wait.
   */
  onGradients?(step: number, gradients: Readonly<Record<string, Tensor>>, run: Run): void;
  /** `logs` are over the whole epoch. */
  onEpochEnd?(epoch: number, logs: Logs, run: Run): void | Promise<void>;
  /** At the end, also after an error; `logs` are those of the last epoch that was complete. */
  onTrainEnd?(logs: Logs, run: Run): void | Promise<void>;
  /** Before `fit` throws for a loss or a gradient that is not finite; where one calls `run.stop`, it does not. */
  onNonFinite?(error: NonFiniteError, run: Run): void;
  /**
   * What the callback needs to go on in another process, as numbers, strings, arrays, plain objects and typed
   * arrays. A checkpoint keeps it.
   */
  getState?(): unknown;
  /** Takes what `getState` returned, before `onTrainBegin`. */
  setState?(state: unknown): void;
}
