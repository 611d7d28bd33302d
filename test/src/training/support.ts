import { tf } from '../../../src/backend/index.ts';

export type Model = tf.Sequential | tf.LayersModel;

/** Numbers that are the same in every run. */
export const numbers = (shape: number[], seed: number): tf.Tensor =>
  tf.randomNormal(shape, 0, 1, 'float32', seed);

export const initializer = (seed: number): ReturnType<typeof tf.initializers.glorotUniform> =>
  tf.initializers.glorotUniform({ seed });

/** A small network whose weights are the same in every run. */
export function network(...between: tf.layers.Layer[]): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, inputShape: [3], activation: 'tanh', kernelInitializer: initializer(1) }),
      ...between,
      tf.layers.dense({ units: 1, kernelInitializer: initializer(2) }),
    ],
  });
}

/** 50 samples of three numbers with their sum. */
export function sums(): [tf.Tensor, tf.Tensor] {
  const x = numbers([50, 3], 1);
  return [x, tf.tidy(() => tf.sum(x, 1, true))];
}

export const weightsOf = (model: Model): number[][] =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));

/** Frees a model with its optimizer. */
export function free(...models: Model[]): void {
  for (const model of models) {
    const { optimizer } = model;
    model.dispose();
    optimizer?.dispose();
  }
}

/** Where a promise that rejects ends. */
export async function errorOf(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('there was no error');
}
