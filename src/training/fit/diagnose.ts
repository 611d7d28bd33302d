import { dispose, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type Batch, internals } from '../../backend/layers/internals.ts';
import { tensorOf } from '../../backend/rows.ts';
import type { LayerNorms, NonFinitePart } from '../nonFinite.ts';
import { type Layer, layersOf, normOf } from './layers.ts';

type Gradients = Readonly<Record<string, Tensor>>;

/** Where a batch of a model stopped being finite. */
export interface Diagnosis {
  readonly part: NonFinitePart;
  readonly layer: string;
  readonly norms: readonly LayerNorms[];
}

/** Computes the batch anew, and takes the norms of what each layer gives, in that order. */
function activationNorms(
  model: LayersModel,
  inputs: readonly Tensor[],
  layers: readonly Layer[],
): Map<Layer, number> {
  const norms = new Map<Layer, number>();
  for (const layer of layers) {
    const { call } = layer;
    layer.call = (...args) => {
      const outputs = call.apply(layer, args);
      const norm = normOf([outputs].flat());
      // Of a layer that is called several times the first call that is not finite counts.
      if (Number.isFinite(norms.get(layer) ?? 0)) norms.set(layer, norm);
      return outputs;
    };
  }
  try {
    tidy(() => void internals(model).call([...inputs], { training: true }));
  } finally {
    for (const layer of layers) Reflect.deleteProperty(layer, 'call');
  }
  return norms;
}

const known = (tensors: readonly (Tensor | undefined)[]): number | undefined => {
  const there = tensors.filter((one) => one !== undefined);
  return there.length > 0 ? normOf(there) : undefined;
};

const isBad = (norm: number | undefined): boolean => norm !== undefined && !Number.isFinite(norm);

/**
 * Where a batch stopped being finite: in what came in, in the weights, in what a layer computed, in the targets, in the
 * loss, or on the way back in the gradients.
 *
 * @param batch inputs, targets and weights of the samples
 * @param gradients by the names of the weights
 */
export function diagnose(model: LayersModel, batch: Batch, loss: number, gradients: Gradients): Diagnosis {
  const count = model.inputs.length;
  const made: Tensor[] = [];
  const inputs = batch.slice(0, count).map((one) => tensorOf(one!, made));
  try {
    return search(model, inputs, batch.slice(count) as (Tensor | null | undefined)[], loss, gradients);
  } finally {
    dispose(made);
  }
}

function search(
  model: LayersModel,
  inputs: readonly Tensor[],
  targets: readonly (Tensor | null | undefined)[],
  loss: number,
  gradients: Gradients,
): Diagnosis {
  const layers = layersOf(model);
  const activations = activationNorms(model, inputs, layers);
  // In the order of computation; those that were not called, such as inputs, first.
  const order = [...layers.filter((layer) => !activations.has(layer)), ...activations.keys()];
  const norms = order.map((layer) => ({
    layer: layer.name,
    weights: known(layer.trainableWeights.map((weight) => weight.read())),
    activations: activations.get(layer),
    gradients: known(layer.trainableWeights.map(({ name }) => gradients[name])),
  }));
  const badInput = inputs.findIndex((one) => isBad(normOf([one])));
  if (badInput >= 0) return { part: 'inputs', layer: model.inputLayers[badInput]!.name, norms };
  for (const part of ['weights', 'activations'] as const) {
    const first = norms.find((one) => isBad(one[part]));
    if (first) return { part, layer: first.layer, norms };
  }
  const output = (i: number): string => model.outputLayers[i % model.outputLayers.length]!.name;
  const badTarget = targets.findIndex((one) => one != null && isBad(normOf([one])));
  if (badTarget >= 0) return { part: 'targets', layer: output(badTarget), norms };
  const last = Number.isFinite(loss) ? norms.findLast((one) => isBad(one.gradients)) : undefined;
  return last ? { part: 'gradients', layer: last.layer, norms } : { part: 'loss', layer: output(0), norms };
}
