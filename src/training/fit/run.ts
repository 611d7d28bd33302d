import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ArgumentError, describe } from '../../core/check.ts';
import type { Run } from '../callbacks.ts';
import { rateOf, setRate } from '../learningRate.ts';

/** Where a training is. */
export interface Position {
  /** The epoch that runs, from 0. */
  epoch: number;
  /** How many steps of it are done. */
  stepInEpoch: number;
  /** How many steps are done in all. */
  step: number;
}

/** A training as its callbacks see it. */
export class TrainingRun implements Run {
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly epochs: number;
  readonly metrics: readonly string[];
  stepsPerEpoch: number | undefined;
  stopReason: string | undefined;
  /** Whether it was stopped within an epoch: a break, after which a checkpoint goes on. */
  isBreak = false;
  readonly at: Position = { epoch: 0, stepInEpoch: 0, step: 0 };

  constructor(model: LayersModel, epochs: number, metrics: readonly string[]) {
    this.model = model;
    this.optimizer = model.optimizer;
    this.epochs = epochs;
    this.metrics = metrics;
  }

  get learningRate(): number | undefined {
    return rateOf(this.optimizer);
  }

  set learningRate(rate: number | undefined) {
    setRate('run', this.optimizer, rate);
  }

  stop(reason: string): void {
    if (typeof reason !== 'string' || reason === '') {
      throw new ArgumentError('run.stop', 'reason', describe(reason), 'a text that says why');
    }
    this.stopReason ??= reason;
  }
}
