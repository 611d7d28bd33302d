// What a model does with one batch, in training and in evaluation.
import { add, clone, dispose, keep, mean, type Scalar, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type Batch, internals, methods, type Step } from './internals.ts';
import { Sums } from './streaming.ts';
import { weighed } from './weights.ts';

/** The sums of an epoch of training. */
export const training: Sums = new Sums();
/** The sums of an evaluation. */
export const evaluation: Sums = new Sums();

/** The weights that came with the batch of a dataset that is about to be used. */
export const arrived: WeakMap<LayersModel, (Tensor | null)[]> = new WeakMap();

interface Parts {
  inputs: Tensor[];
  targets: Tensor[];
  weights: (Tensor | null | undefined)[][];
}

function partsOf(model: LayersModel, data: Batch): Parts {
  const { inputs, outputs } = internals(model);
  const end = inputs.length + outputs.length;
  const own = arrived.get(model) ?? [];
  return {
    inputs: data.slice(0, inputs.length) as Tensor[],
    targets: data.slice(inputs.length, end) as Tensor[],
    weights: outputs.map((_, i) => [data[end + i], own[i]]),
  };
}

function release(model: LayersModel): void {
  dispose((arrived.get(model) ?? []).filter((one) => one !== null));
  arrived.delete(model);
}

/** The mean loss of each output. */
function meanLosses(model: LayersModel, { targets, weights }: Parts, outputs: Tensor[]): Tensor[] {
  return internals(model).lossFunctions.map((lossFunction, i) => {
    let loss = lossFunction(targets[i]!, outputs[i]!);
    for (const weight of weights[i]!) {
      if (weight === null || weight === undefined) continue;
      if (loss.rank === 0) {
        const name = Reflect.get(lossFunction, 'title') ?? lossFunction.name;
        throw new Error(
          `fit: sampleWeight or classWeight weighs the losses of samples, but ${name || 'the loss'} returned ` +
            "one number for the whole batch; let it return one a sample, as losses do with { reduction: 'none' }",
        );
      }
      loss = weighed(loss, weight);
    }
    return mean(loss);
  });
}

/** The sum of the losses of the outputs and of the penalties of regularizers. */
const totalOf = (model: LayersModel, losses: Tensor[]): Scalar =>
  [...losses, ...internals(model).calculateLosses()].reduce((a, b) => add(a, b)) as Scalar;

/** The values of `metricsTensors`; with several outputs the first of them are the losses themselves. */
function metricValues(
  model: LayersModel,
  sums: Sums,
  losses: Tensor[],
  targets: Tensor[],
  outputs: Tensor[],
): Tensor[] {
  const { metricsTensors, outputs: all } = internals(model);
  return metricsTensors.map(([metric, i], k) => {
    if (all.length > 1 && k < all.length) return clone(losses[k]!);
    return sums.add(model, k, targets[i]!, outputs[i]!) ?? mean(metric(targets[i]!, outputs[i]!));
  });
}

const outputsOf = (model: LayersModel, inputs: Tensor[], options: { training?: boolean }): Tensor[] =>
  [internals(model).call(inputs, options)].flat();

function trainStep(model: LayersModel, data: Batch): Tensor[] {
  const parts = partsOf(model, data);
  const { collectedTrainableWeights, optimizer_ } = internals(model);
  let kept: { outputs: Tensor[]; losses: Tensor[] } = { outputs: [], losses: [] };
  const cost = (): Scalar => {
    const outputs = outputsOf(model, parts.inputs, { training: true });
    const losses = meanLosses(model, parts, outputs);
    // The metrics are computed afterwards, where nothing records them for a gradient.
    kept = { outputs: outputs.map((one) => keep(clone(one))), losses: losses.map((one) => keep(clone(one))) };
    return totalOf(model, losses);
  };
  try {
    const variables = collectedTrainableWeights.map((weight) => weight.read());
    const total = optimizer_.minimize(cost, true, variables)!;
    const { outputs, losses } = kept;
    const metrics = tidy(() => metricValues(model, training, losses, parts.targets, outputs));
    return [total, ...metrics.map((value) => keep(value))];
  } finally {
    dispose([...kept.outputs, ...kept.losses]);
    release(model);
  }
}

methods.makeTrainFunction = function (this: LayersModel): Step {
  return (data) => trainStep(this, data);
};

/** tfjs reports running totals in the places of the losses of several outputs, and no penalties. */
function testStep(model: LayersModel, data: Batch): Tensor[] {
  const parts = partsOf(model, data);
  try {
    return tidy(() => {
      const outputs = outputsOf(model, parts.inputs, {});
      const losses = meanLosses(model, parts, outputs);
      const metrics = metricValues(model, evaluation, losses, parts.targets, outputs);
      return [totalOf(model, losses), ...metrics];
    });
  } finally {
    release(model);
  }
}

methods.makeTestFunction = function (this: LayersModel): void {
  internals(this).testFunction = (data) => testStep(this, data);
};
