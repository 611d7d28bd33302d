import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';

export type Layer = ReturnType<typeof layers.dense>;

/** The layers of a model, with those of models within it in their place. */
export function layersOf(model: { readonly layers: readonly unknown[] }): Layer[] {
  return (model.layers as Layer[]).flatMap((layer) => {
    const inner = (layer as unknown as { layers?: readonly unknown[] }).layers;
    return inner ? layersOf({ layers: inner }) : [layer];
  });
}

/** √Σx² of all values, in double precision. */
export function normOf(tensors: readonly Tensor[]): number {
  let sum = 0;
  for (const one of tensors) {
    const values = one.dataSync<'float32'>();
    for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  }
  return Math.sqrt(sum);
}

/** What a step changes besides what is trained, such as the means of batch normalization. */
export class MovingWeights {
  readonly #weights: readonly LayerVariable[];
  #held: readonly ArrayLike<number>[] = [];

  constructor(model: LayersModel) {
    this.#weights = layersOf(model)
      .filter(({ trainable }) => trainable)
      .flatMap(({ nonTrainableWeights }) => nonTrainableWeights);
  }

  /** Remembers them as they are. */
  hold(): void {
    if (this.#weights.length > 0)
      this.#held = this.#weights.map((weight) => weight.read().dataSync().slice());
  }

  /** Puts them back as they were. */
  restore(): void {
    tidy(() => {
      for (const [i, values] of this.#held.entries()) {
        const weight = this.#weights[i]!;
        weight.write(tensor(values as Float32Array, weight.read().shape, weight.read().dtype));
      }
    });
  }
}
