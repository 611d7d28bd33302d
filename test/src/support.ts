import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { type BackendName, backend, tf } from '../../src/backend/index.ts';

/** Runs the tests on each back end and asserts that each of them frees every tensor it made. */
export function onBackends(title: string, tests: (name: BackendName) => void): void {
  describe.each(['cpu', 'wasm'] as const)(`${title} on %s`, (name) => {
    beforeAll(async () => {
      await backend.use(name);
    });
    let before = 0;
    beforeEach(() => {
      before = tf.memory().numTensors;
    });
    afterEach(() => {
      expect(tf.memory().numTensors - before, 'tensors left behind').toBe(0);
    });
    tests(name);
  });
}

/** The values of a tensor as plain numbers; frees the tensor. */
export function read(x: tf.Tensor): number[] {
  const values = Array.from(x.dataSync());
  x.dispose();
  return values;
}

/** Asserts each value within `tolerance`, relative above 1 and absolute below. */
export function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-5): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    const target = expected[i]!;
    const error = Math.abs(value - target) / Math.max(1, Math.abs(target));
    expect(error, `value ${i}: ${value} should be ${target}`).toBeLessThanOrEqual(tolerance);
  });
}

/** The gradient of a scalar function at `x` by tfjs and by central differences of step `h`. */
export function gradients(
  f: (x: tf.Tensor) => tf.Tensor,
  x: readonly number[],
  shape: number[],
  h = 1e-2,
): { exact: number[]; differences: number[] } {
  return tf.tidy(() => {
    const exact = Array.from(
      tf
        .grad(f)(tf.tensor([...x], shape))
        .dataSync(),
    );
    const at = (i: number, step: number): number =>
      f(
        tf.tensor(
          x.map((value, j) => (j === i ? value + step : value)),
          shape,
        ),
      ).dataSync()[0]!;
    const differences = x.map((_, i) => (at(i, h) - at(i, -h)) / (2 * h));
    return { exact, differences };
  });
}

/** A tf.Variable of these values. */
export function variable(values: readonly number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor1d([...values])));
}
