import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { peek } from '../../backend/heap.ts';
import type { Batch } from '../../backend/layers/internals.ts';
import { rateOf } from '../learningRate.ts';
import { NonFiniteError, type NonFinitePart, normText } from '../nonFinite.ts';
import { type Diagnosis, diagnose } from './diagnose.ts';
import { type Layer, layersOf } from './layers.ts';

type Gradients = Readonly<Record<string, Tensor>>;

/** The layers that are trained and have none such before them: what is not finite behind one of these reaches it. */
function foremost(model: LayersModel): Layer[] {
  const known = new Map<Layer, boolean>();
  const isTrained = (layer: Layer): boolean => layer.trainableWeights.length > 0;
  const isBehind = (layer: Layer): boolean => {
    const found = known.get(layer);
    if (found !== undefined) return found;
    const before = layer.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers as Layer[]);
    const result = before.some((one) => isTrained(one) || isBehind(one));
    known.set(layer, result);
    return result;
  };
  // The first is one also where another model has it behind others.
  return layersOf(model)
    .filter(isTrained)
    .filter((layer, i) => i === 0 || !isBehind(layer));
}

/** Activations that give what is infinite on, to the loss. */
const PASSING: ReadonlySet<unknown> = new Set(['linear', 'relu', 'elu', 'selu', 'softplus', 'swish', 'mish']);

/** Whether an infinite number may end in a layer: its outputs are finite then, and so is its smallest gradient. */
function isBounded(layer: Layer): boolean {
  const activation = Reflect.get(layer, 'activation') as { getClassName(): string } | undefined;
  return 'cell' in layer || (activation !== undefined && !PASSING.has(activation.getClassName()));
}

/** The names of the weights of a layer whose gradients tell whether all are finite. */
function probesOf(layer: Layer): string[] {
  const weights = layer.trainableWeights.map(({ name, shape }) => ({
    name,
    size: shape.reduce<number>((size, length) => size * (length ?? 1), 1),
  }));
  const probes = isBounded(layer) ? weights : weights.sort((a, b) => a.size - b.size).slice(0, 1);
  return probes.map(({ name }) => name);
}

/** Whether a gradient is finite: that of the first unit, as those of all meet each number that comes in. */
function isSound(gradient: Tensor): boolean {
  const step = gradient.rank > 1 ? gradient.shape.at(-1)! : 1;
  const values = peek(gradient);
  for (let i = 0; i < values.length; i += step) if (!Number.isFinite(values[i]!)) return false;
  return true;
}

const WORDS: Readonly<Record<NonFinitePart, string>> = {
  inputs: 'the batch itself, at the input',
  weights: 'the weights of the layer',
  activations: 'the activations of the layer',
  targets: 'the targets or weights of the samples, at the output',
  loss: 'the losses of finite predictions of the layer',
  gradients: 'the gradients of the layer',
};

const HINTS: Readonly<Record<NonFinitePart, string>> = {
  inputs: 'Look for missing values in the data',
  weights: 'The step before has made them so',
  activations: 'A smaller learning rate, or gradients that are clipped, may help',
  targets: 'Look for missing values in the data',
  loss: 'Look at what the loss does at its limits, such as log(0), and at how large the predictions are',
  gradients: 'Look for √x or log(x) at 0, or clip the gradients',
};

function normsText({ layer, norms }: Diagnosis): string {
  const found = norms.find((one) => one.layer === layer);
  const parts = (['weights', 'activations', 'gradients'] as const).flatMap((part) => {
    const norm = found?.[part];
    return norm === undefined ? [] : [`‖${part}‖ = ${normText(norm)}`];
  });
  return parts.length > 0 ? `, with ${parts.join(', ')}` : '';
}

/** Where a step is. */
export interface Place {
  readonly step: number;
  readonly epoch: number;
  readonly epochs: number;
}

/** Looks at each step before it changes anything. */
export class Guard {
  readonly #model: LayersModel;
  readonly #probes: readonly string[];

  constructor(model: LayersModel) {
    this.#model = model;
    this.#probes = foremost(model).flatMap(probesOf);
  }

  /** @throws NonFiniteError when the loss or a gradient is not finite */
  check(loss: number, gradients: Gradients, batch: Batch, place: Place): void {
    if (Number.isFinite(loss) && this.#isFine(gradients)) return;
    const found = diagnose(this.#model, batch, loss, gradients);
    const { step, epoch, epochs } = place;
    const what = Number.isFinite(loss) ? `a gradient is not finite` : `the loss is ${normText(loss)}`;
    const rate = rateOf(this.#model.optimizer);
    const at = rate === undefined ? '' : `; the learning rate is ${normText(rate)}`;
    const message =
      `fit: ${what} at step ${step} (epoch ${epoch + 1} of ${epochs}): first not finite are ${WORDS[found.part]} ` +
      `${found.layer}${normsText(found)}${at}. ${HINTS[found.part]}. The model is as it was before this step`;
    throw new NonFiniteError({ step, loss, ...found }, message);
  }

  #isFine(gradients: Gradients): boolean {
    return this.#probes.every((name) => gradients[name] === undefined || isSound(gradients[name]));
  }
}
