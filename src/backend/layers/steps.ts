// What a model does with one batch, in training and in evaluation.
import {
  add,
  clone,
  dispose,
  keep,
  mean,
  type Scalar,
  scalar,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { lossDefinition } from '../../core/losses.ts';
import { tidyTree } from '../../core/tree.ts';
import { plansFor } from '../compiled/planned.ts';
import { runPlan } from '../compiled/run.ts';
import { lossOf } from '../lossNames.ts';
import { type BatchLike, tensorOf } from '../rows.ts';
import { type BeforeUpdate, withCall } from './beforeUpdate.ts';
import { applyConstraints } from './constraints.ts';
import { type Batch, internals, methods, type Step } from './internals.ts';
import { Sums } from './streaming.ts';
import { weighed } from './weights.ts';

/** The sums of an epoch of training. */
export const training: Sums = new Sums();
/** The sums of an evaluation. */
export const evaluation: Sums = new Sums();

/** The weights that came with the batch of a dataset that is about to be used. */
export const arrived: WeakMap<LayersModel, (Tensor | null)[]> = new WeakMap();

/** A batch in its parts. */
export interface Parts {
  inputs: BatchLike[];
  targets: Tensor[];
  weights: (Tensor | null | undefined)[][];
}

function partsOf(model: LayersModel, data: Batch): Parts {
  const { inputs, outputs } = internals(model);
  const end = inputs.length + outputs.length;
  const own = arrived.get(model) ?? [];
  return {
    inputs: data.slice(0, inputs.length) as BatchLike[],
    targets: data.slice(inputs.length, end) as Tensor[],
    weights: outputs.map((_, i) => [data[end + i] as Tensor | null | undefined, own[i]]),
  };
}

function release(model: LayersModel): void {
  const weights = arrived.get(model);
  if (weights === undefined) return;
  dispose(weights.filter((one) => one !== null));
  arrived.delete(model);
}

/** The mean loss of one output. */
function meanLoss(model: LayersModel, { weights }: Parts, i: number, truth: Tensor, output: Tensor): Scalar {
  const lossFunction = internals(model).lossFunctions[i]!;
  let loss = lossFunction(truth, output);
  for (const weight of weights[i]!) {
    if (weight === null || weight === undefined) continue;
    if (loss.rank === 0) {
      const given = lossDefinition(lossOf(model.loss, i, model.outputNames[i]!));
      const name = given?.name ?? lossFunction.name;
      throw new Error(
        `fit: sampleWeight or classWeight weighs the losses of samples, but ${name || 'the loss'} returned ` +
          "one number for the whole batch; let it return one a sample, as losses do with { reduction: 'none' }",
      );
    }
    loss = weighed(loss, weight);
  }
  return mean(loss);
}

/** The mean loss of each output. */
const meanLosses = (model: LayersModel, parts: Parts, outputs: Tensor[]): Scalar[] =>
  outputs.map((output, i) => meanLoss(model, parts, i, parts.targets[i]!, output));

/** The sum of the losses of the outputs and of the penalties of regularizers. */
const totalOf = (model: LayersModel, losses: readonly Scalar[]): Scalar =>
  [...losses, ...internals(model).calculateLosses()].reduce((a, b) => add(a, b)) as Scalar;

/** The number that a tensor has. */
const numberOf = (tensor: Tensor): number => tensor.dataSync()[0]!;

/** The values of `metricsTensors`; with several outputs the first of them are the losses themselves. */
function metricValues(
  model: LayersModel,
  sums: Sums,
  losses: readonly number[],
  targets: readonly Tensor[],
  outputs: readonly Tensor[],
): number[] {
  const { metricsTensors, outputs: all } = internals(model);
  if (metricsTensors.length === 0) return [];
  return tidyTree(() =>
    metricsTensors.map(([metric, i], k) => {
      if (all.length > 1 && k < all.length) return losses[k]!;
      return numberOf(sums.add(model, k, targets[i]!, outputs[i]!) ?? mean(metric(targets[i]!, outputs[i]!)));
    }),
  );
}

const outputsOf = (model: LayersModel, inputs: Tensor[], options: { training?: boolean }): Tensor[] =>
  [internals(model).call(inputs, options)].flat();

/** The total loss of one batch, with layers as they are in use: nothing is dropped, and no mean of batches moves. */
export function lossInUse(model: LayersModel, inputs: Tensor[], targets: Tensor[]): Scalar {
  const parts = { inputs, targets, weights: targets.map(() => []) };
  return totalOf(model, meanLosses(model, parts, outputsOf(model, inputs, { training: false })));
}

/** What a step has computed: for each output the prediction and the mean loss, and the total. */
interface Taken {
  readonly outputs: readonly Tensor[];
  readonly losses: readonly number[];
  readonly total: number;
}

/** A step that tfjs differentiates. */
function ordinaryStep(
  model: LayersModel,
  parts: Parts,
  trained: readonly LayerVariable[],
  before: BeforeUpdate | undefined,
): Taken {
  let kept: { outputs: Tensor[]; losses: number[] } | undefined;
  let loss = Number.NaN;
  const made: Tensor[] = [];
  const inputs = parts.inputs.map((one) => tensorOf(one, made));
  const cost = (): Scalar => {
    const outputs = outputsOf(model, inputs, { training: true });
    const losses = meanLosses(model, parts, outputs);
    // The metrics are computed afterwards, where nothing records them for a gradient.
    // Some optimizers ask for the gradient again, at other weights.
    kept ??= {
      outputs: outputs.map((one) => keep(clone(one))),
      losses: losses.map(numberOf),
    };
    const total = totalOf(model, losses);
    if (before && Number.isNaN(loss)) loss = numberOf(total);
    return total;
  };
  const { optimizer_: optimizer } = internals(model);
  const variables = trained.map((weight) => weight.read() as Variable);
  const minimize = (): Scalar => optimizer.minimize(cost, true, variables)!;
  try {
    // An error leaves what tfjs frees after the update.
    const total = before
      ? tidy(() => withCall(optimizer, (gradients) => before(loss, gradients), minimize))
      : minimize();
    const value = numberOf(total);
    total.dispose();
    return { ...kept!, total: value };
  } catch (error) {
    dispose(kept?.outputs ?? []);
    throw error;
  } finally {
    dispose(made);
  }
}

/** How many gradients a step of an optimizer takes. */
const passesOf = (optimizer: object): number => Number(Reflect.get(optimizer, 'gradientPasses') ?? 1);

/** A step along a plan; undefined for a model that has none, or that has nothing to train, which tfjs refuses. */
function plannedStep(
  model: LayersModel,
  parts: Parts,
  weights: readonly LayerVariable[],
  before: BeforeUpdate | undefined,
): Taken | undefined {
  const plans = plansFor(model);
  // tfjs leaves out what has been frozen since the model was compiled.
  const trained = weights.filter(({ trainable }) => trainable);
  if (plans.reasons().length > 0 || trained.length === 0) return undefined;
  const { inputs, targets } = parts;
  const plan = plans.of(inputs[0]!.shape[0]!, trained);
  const losses = model.outputNames.map((name, i) => ({
    given: parts.weights[i]!.some((weight) => weight != null) ? undefined : lossOf(model.loss, i, name),
    apply: (truth: Tensor, output: Tensor) => meanLoss(model, parts, i, truth, output),
  }));
  const optimizer = internals(model).optimizer_;
  const taken = runPlan(plan, optimizer, { inputs, targets, losses, before });
  for (let pass = 1; pass < passesOf(optimizer); pass++) {
    dispose(runPlan(plan, optimizer, { inputs, targets, losses }).outputs);
  }
  return taken;
}

/** One step on a batch: a plan if the model can have one. */
export function takeStep(
  model: LayersModel,
  parts: Parts,
  trained: readonly LayerVariable[],
  before?: BeforeUpdate,
): Taken {
  const taken = plannedStep(model, parts, trained, before) ?? ordinaryStep(model, parts, trained, before);
  applyConstraints(trained);
  return taken;
}

/** One step on a batch: the total loss and the values of `metricsTensors`. */
export function trainStep(model: LayersModel, data: Batch, before?: BeforeUpdate): number[] {
  const parts = partsOf(model, data);
  try {
    const trained = internals(model).collectedTrainableWeights;
    const { total, outputs, losses } = takeStep(model, parts, trained, before);
    try {
      return [total, ...metricValues(model, training, losses, parts.targets, outputs)];
    } finally {
      for (const one of outputs) one.dispose();
    }
  } finally {
    release(model);
  }
}

methods.makeTrainFunction = function (this: LayersModel): Step {
  return (data) => trainStep(this, data).map((value) => keep(scalar(value)));
};

/**
 * A batch that is not trained on: the total loss and the values of `metricsTensors`. tfjs reports running totals in
 * the places of the losses of several outputs, and no penalties.
 */
export function testStep(model: LayersModel, data: Batch): number[] {
  const parts = partsOf(model, data);
  try {
    return tidyTree(() => {
      const inputs = parts.inputs.map((one) => tensorOf(one, []));
      const outputs = outputsOf(model, inputs, {});
      const losses = meanLosses(model, parts, outputs);
      const metrics = metricValues(model, evaluation, losses.map(numberOf), parts.targets, outputs);
      return [numberOf(totalOf(model, losses)), ...metrics];
    });
  } finally {
    release(model);
  }
}

methods.makeTestFunction = function (this: LayersModel): void {
  internals(this).testFunction = (data) => testStep(this, data).map((value) => scalar(value));
};
