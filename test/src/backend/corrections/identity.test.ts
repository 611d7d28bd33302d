import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { expect, test } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';
import { onBackends } from '../../support.ts';

// Stock wasm copies the memory: after a clone it holds one tensor more.
test('a clone shares the memory of its tensor on wasm', async () => {
  await backend.use('wasm');
  const wasm = tf.backend() as BackendWasm;
  const x = tf.tensor1d([1, 2, 3]);
  const before = wasm.numDataIds();
  const clone = x.clone();
  expect(wasm.numDataIds()).toBe(before);
  expect(clone.id).not.toBe(x.id);
  x.dispose();
  expect([...clone.dataSync()]).toEqual([1, 2, 3]);
  clone.dispose();
  expect(wasm.numDataIds()).toBe(before - 1);
});

onBackends('a clone', () => {
  test('keeps its values when the variable it was made of gets others', () => {
    const [before, after] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])];
    const variable = tf.variable(before);
    const clone = variable.clone();
    variable.assign(after);
    expect([...clone.dataSync()]).toEqual([1, 2]);
    tf.dispose([before, after, variable, clone]);
  });
});
