import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import type { Optimizer } from '../../../src/optimizers/index.ts';
import { expectClose } from '../support.ts';

interface Fixture {
  readonly shapes: Record<string, number[]>;
  /** The parameters after ten steps. */
  readonly cases: Record<string, Record<string, number[]>>;
}

// Made by test/reference/matrix_transforms.py, which has the same start and the same gradients.
const file = new URL('../../reference/fixtures/matrixTransforms.json', import.meta.url);
const { shapes, cases } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

const STEPS = 10;

/** Follows an optimizer for ten steps and compares the parameters with the reference's. */
export function expectReference(name: string, optimizer: Optimizer, tolerance = 1e-5): void {
  const expected = cases[name]!;
  const variables = Object.keys(expected).map((key) => {
    const size = tf.util.sizeFromShape(shapes[key]!);
    const start = Array.from({ length: size }, (_, i) => Math.sin(1 + 1.3 * i));
    return tf.tidy(() => tf.variable(tf.tensor(start, shapes[key]!), true, undefined));
  });
  for (let step = 0; step < STEPS; step++) {
    const grads = variables.map((w) => {
      const values = w.dataSync().map((value, i) => 0.5 * value + Math.cos(0.9 * i + 0.5 * step));
      return { name: w.name, tensor: tf.tensor(values, w.shape) };
    });
    optimizer.applyGradients(grads);
    tf.dispose(grads.map(({ tensor }) => tensor));
  }
  Object.entries(expected).forEach(([key, values], k) => {
    expect(variables[k]!.shape, key).toEqual(shapes[key]);
    expectClose(Array.from(variables[k]!.dataSync()), values, tolerance);
  });
  tf.dispose(variables);
  optimizer.dispose();
}
