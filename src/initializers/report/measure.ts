import {
  any,
  mean as meanOf,
  moments,
  notEqual,
  reshape,
  type Scalar,
  sqrt,
  square,
  squaredDifference,
  sub,
  type Tensor,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import {
  type LayersModel,
  model as makeModel,
  type SymbolicTensor,
  type layers as tfLayers,
} from '@tensorflow/tfjs-layers';
import type { LayerVariance } from './rows.ts';

/** A function of targets and predictions. */
export type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

type Layer = tfLayers.Layer;

const value = (x: Tensor): number => x.dataSync()[0]!;

/** The layers that have weights and one output, those of models within left out. */
const weighted = (model: LayersModel): Layer[] =>
  model.layers.filter((layer) => layer.trainableWeights.length > 0 && !Array.isArray(layer.output));

/** The share of the last axis that is 0 everywhere. */
function deadShare(x: Tensor): number {
  const rows = reshape(x, [-1, x.shape.at(-1)!]);
  return 1 - value(meanOf(any(notEqual(rows, 0), 0).toFloat()));
}

/** The root mean square of the gradients of the trainable weights of each layer. */
function gradientsOf(
  model: LayersModel,
  layers: readonly Layer[],
  x: Tensor,
  y: Tensor,
  loss: LossFunction,
): number[] {
  const variables = layers.map((layer) => layer.trainableWeights.map((weight) => weight.read() as Variable));
  const cost = (): Scalar => meanOf(loss(y, model.apply(x) as Tensor));
  const { grads } = variableGrads(cost, variables.flat());
  return variables.map((own) => {
    const kernel = grads[own[0]!.name]!;
    return value(sqrt(meanOf(square(kernel))));
  });
}

const meanSquaredError: LossFunction = (yTrue, yPred) => meanOf(squaredDifference(yTrue, yPred));

function rowOf(model: LayersModel, layer: Layer, output: Tensor, gradient: number | null): LayerVariance {
  const { mean, variance } = moments(output);
  const spread = value(variance);
  return {
    name: layer.name,
    kind: layer.getClassName(),
    mean: value(mean),
    variance: spread,
    standardDeviation: Math.sqrt(spread),
    dead: deadShare(output),
    gradient,
    isOutput: model.outputs.includes(layer.output as SymbolicTensor),
  };
}

/** The spread of each layer's numbers on a batch. */
export function measure(
  model: LayersModel,
  x: Tensor,
  y: Tensor | undefined,
  loss: LossFunction = meanSquaredError,
): { layers: LayerVariance[]; input: number } {
  const layers = weighted(model);
  const probe = makeModel({
    inputs: model.inputs,
    outputs: layers.map((layer) => layer.output as SymbolicTensor),
  });
  const outputs = [probe.predict(x)].flat() as Tensor[];
  const gradients = y === undefined ? undefined : gradientsOf(model, layers, x, y, loss);
  const rows = layers.map((layer, i) => rowOf(model, layer, outputs[i]!, gradients?.[i] ?? null));
  const centred = sub(x, meanOf(x));
  return { layers: rows, input: value(sqrt(meanOf(square(centred)))) };
}
