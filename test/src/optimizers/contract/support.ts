import { tf } from '../../../../src/backend/index.ts';
import type { Optimizer } from '../../../../src/optimizers/index.ts';
import { variable } from '../../support.ts';

/** Variables of these values, one each. */
export const make = (...values: number[][]): tf.Variable[] => values.map(variable);

/** Σᵢ Σ (xᵢ − i)², for variables counted from 1. */
export const quadratic =
  (...variables: tf.Variable[]) =>
  (): tf.Scalar =>
    tf.tidy(
      () =>
        tf.addN(
          variables.map((v, i) =>
            v
              .sub(i + 1)
              .square()
              .sum(),
          ),
        ) as tf.Scalar,
    );

/** Takes steps down `quadratic` with these variables alone. */
export function train(optimizer: Optimizer, variables: tf.Variable[], steps: number): void {
  for (let step = 0; step < steps; step++) optimizer.minimize(quadratic(...variables), false, variables);
}

/** The values of variables. */
export const bytes = (variables: readonly tf.Variable[]): number[][] =>
  variables.map((v) => Array.from(v.dataSync()));

/** Frees each. */
export function free(...used: { dispose(): void }[]): void {
  for (const each of used) each.dispose();
}

/** Takes one step by these gradients. */
export function applyGradients(
  optimizer: Optimizer,
  gradients: readonly (readonly [tf.Variable, tf.Tensor])[],
): void {
  try {
    optimizer.applyGradients(gradients.map(([{ name }, tensor]) => ({ name, tensor })));
  } finally {
    tf.dispose(gradients.map(([, tensor]) => tensor));
  }
}

/** What is left over of a model that learns 2·x + 1, as losses of its epochs. */
export async function learn(optimizer: Optimizer, epochs: number): Promise<number[]> {
  const kernelInitializer = tf.initializers.constant({ value: 0.5 });
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer })],
  });
  model.compile({ loss: 'meanSquaredError', optimizer });
  const x = tf.tensor2d([0, 1, 2, 3], [4, 1]);
  const y = tf.tensor2d([1, 3, 5, 7], [4, 1]);
  const { history } = await model.fit(x, y, { epochs, verbose: 0, shuffle: false });
  free(x, y, model);
  return (history.loss as number[]).map(Number);
}
