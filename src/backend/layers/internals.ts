import type { Optimizer, Scalar, Tensor } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import type { BatchLike } from '../rows.ts';

type LossOrMetric = LayersModel['lossFunctions'][number];

/** Inputs, targets and weights of the outputs, in this order; a weight may be absent, inputs may be rows. */
export type Batch = (BatchLike | null | undefined)[];

/** What one step or one evaluation gives: the total loss, then the values of `metricsTensors`. */
export type Step = (data: Batch) => Tensor[];

/** What is used of tfjs's models; it declares much of it as private or protected. */
export interface Internals {
  inputs: unknown[];
  outputs: unknown[];
  outputNames: string[];
  lossFunctions: LossOrMetric[];
  metricsTensors: [metric: LossOrMetric, output: number][];
  metricsNames: string[];
  collectedTrainableWeights: LayerVariable[];
  optimizer_: Optimizer;
  testFunction: Step;
  isTraining: boolean;
  call(inputs: Tensor[], options: { training?: boolean }): Tensor | Tensor[];
  calculateLosses(): Scalar[];
  getDedupedMetricsNames(): string[];
  makeTrainFunction(): Step;
  makeTestFunction(): void;
  testLoop(f: Step, ins: Batch, ...rest: unknown[]): Tensor[];
  standardizeUserData(
    x: unknown,
    y: unknown,
    sampleWeight?: unknown,
    classWeight?: unknown,
    ...rest: unknown[]
  ): Promise<[Tensor[], Tensor[], (Tensor | null)[] | null]>;
}

export const internals = (model: LayersModel): Internals => model as unknown as Internals;

/** The methods of all models, to be replaced. */
export const methods: Internals = internals(LayersModel.prototype);
