import { dropout as drop, moments, sqrt, stack, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ArgumentError, checkNumber, checkOptions } from '../core/check.ts';
import { random } from '../core/random.ts';
import { toTensor } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';
import { DropoutBase } from './bases.ts';
import type { DropoutLayer } from './dropout.ts';

/** Options of `monteCarloDropout`. */
export interface MonteCarloOptions {
  /** How many predictions, each with other masks, at least 2; 50 by default. */
  samples?: number | undefined;
  /** The seed of the masks, an integer in [0, 2³² − 1]; 0 by default. */
  seed?: number | undefined;
}

/** What a model with dropout predicts, and how sure it is; the tensors are the caller's. */
export interface MonteCarloPrediction {
  /** The mean of the predictions, of the shape of one. */
  readonly mean: Tensor;
  /** Their standard deviation, of the shape of one. */
  readonly standardDeviation: Tensor;
  /** The predictions themselves, [samples, ...the shape of one]. */
  readonly samples: Tensor;
}

interface WithLayers {
  readonly layers?: readonly WithLayers[];
}

/** The dropout layers of a model, and of models in it. */
function dropoutLayers(model: WithLayers): DropoutLayer[] {
  return (model.layers ?? []).flatMap((layer) =>
    layer instanceof DropoutBase ? [layer as DropoutLayer] : dropoutLayers(layer),
  );
}

/** What a layer hides of how it shares its masks. */
interface Noisy {
  getNoiseShape(input: Tensor): number[] | undefined;
}

/** Lets the layers drop inputs while `f` runs, with masks of a seed; nothing else of the model is as in training. */
function dropping<T>(layers: readonly DropoutLayer[], nextSeed: () => number, f: () => T): T {
  const own = layers.map((layer) => Object.getOwnPropertyDescriptor(layer, 'call'));
  for (const layer of layers) {
    const { rate } = layer.getConfig() as unknown as { rate: number };
    layer.call = (inputs) => {
      const input = Array.isArray(inputs) ? inputs[0]! : inputs;
      const shape = (layer as unknown as Noisy).getNoiseShape(input) ?? undefined;
      return tidy(() => drop(input, rate, shape, nextSeed()));
    };
  }
  try {
    return f();
  } finally {
    layers.forEach((layer, i) => {
      if (own[i]) Object.defineProperty(layer, 'call', own[i]);
      else Reflect.deleteProperty(layer, 'call');
    });
  }
}

/**
 * Predictions with dropout left on: their spread says how sure the model is.
 *
 * The mean and the standard deviation of `samples` predictions, each with other masks of all dropout layers. Batch
 * normalization and all else stay as they are for predictions.
 *
 * @param model with at least one layer of dropout and with one output
 * @param x what the model predicts for
 * @param options `samples` ≥ 2 (50), `seed` (0)
 * @returns tensors `mean` and `standardDeviation` of the shape of a prediction, and all `samples`
 * @throws ArgumentError when the model has no dropout layer, or an option is out of range
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] }), tf.layers.dropout({ rate: 0.5 })] });
 * const { mean, standardDeviation } = regularizers.monteCarloDropout(model, [[1, 2]], { samples: 20, seed: 1 });
 *
 * @see Gal & Ghahramani, "Dropout as a Bayesian Approximation: Representing Model Uncertainty in Deep Learning", ICML 2016
 */
export function monteCarloDropout(
  model: LayersModel,
  x: TensorLike,
  options: MonteCarloOptions = {},
): MonteCarloPrediction {
  checkOptions('monteCarloDropout', options, ['samples', 'seed']);
  const { samples: count = 50, seed = 0 } = options;
  checkNumber('monteCarloDropout', 'samples', count, { min: 2, integer: true });
  const source = random(seed, 'monteCarloDropout');
  const layers = dropoutLayers(model as unknown as WithLayers);
  if (layers.length === 0 || model.outputs.length !== 1) {
    const received = layers.length === 0 ? 'one without' : `one with ${model.outputs.length} outputs`;
    throw new ArgumentError(
      'monteCarloDropout',
      'model',
      received,
      'a model with a dropout layer and one output',
    );
  }
  return tidy(() => {
    const input = toTensor('monteCarloDropout', 'x', x);
    const predict = (): Tensor =>
      dropping(
        layers,
        () => source.integer(2 ** 31),
        () => model.predict(input),
      ) as Tensor;
    const samples = stack(Array.from({ length: count }, predict));
    const { mean, variance } = moments(samples, 0);
    return { mean, standardDeviation: sqrt(variance), samples };
  });
}
