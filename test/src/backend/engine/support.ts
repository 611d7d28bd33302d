import { expect } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';

type Result = tf.Tensor | tf.Tensor[];

interface Values {
  readonly shape: number[];
  readonly dtype: string;
  readonly values: number[];
}

async function valuesOn(name: 'cpu' | 'wasm', f: () => Result): Promise<Values[]> {
  await backend.use(name);
  const before = tf.memory().numTensors;
  const results = [tf.tidy(f)].flat();
  const read = results.map((x) => ({ shape: x.shape, dtype: x.dtype, values: Array.from(x.dataSync()) }));
  tf.dispose(results);
  expect(tf.memory().numTensors - before, `tensors left behind on ${name}`).toBe(0);
  return read;
}

/**
 * Asserts that wasm, which the embedded engine serves, computes what cpu does: shapes, types, NaN and infinities
 * alike, numbers within `tolerance`, relative above 1 and absolute below.
 */
export async function expectAsOnCpu(f: () => Result, tolerance = 1e-5): Promise<void> {
  const expected = await valuesOn('cpu', f);
  const actual = await valuesOn('wasm', f);
  expect(actual.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    expected.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  actual.forEach(({ values }, which) => {
    const targets = expected[which]!.values;
    const wrong = values.findIndex((value, i) => !isClose(value, targets[i]!, tolerance));
    const what = `result ${which}, value ${wrong}: ${values[wrong]} should be ${targets[wrong]}`;
    expect(wrong, what).toBe(-1);
    expect(values).toHaveLength(targets.length);
  });
}

function isClose(value: number, target: number, tolerance: number): boolean {
  if (!Number.isFinite(target)) return Object.is(value, target);
  return Math.abs(value - target) <= tolerance * Math.max(1, Math.abs(target));
}

/** Numbers of both signs that differ from place to place. */
export function numbers(shape: number[], seed = 1): tf.Tensor {
  return tf.randomNormal(shape, 0, 1, 'float32', seed);
}
