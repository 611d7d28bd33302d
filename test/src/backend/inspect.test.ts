import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';

it('shows kind, type, shape and values', () => {
  const matrix = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  expect(inspect(matrix)).toBe('Tensor float32 [2, 2]\n[[1, 2],\n [3, 4]]');
  expect(inspect(tf.scalar(3, 'int32'))).toBe('Tensor int32 [] 3');
  expect(inspect({ nested: tf.tensor1d([true, false], 'bool') })).toContain('Tensor bool [2]');
  matrix.dispose();
  expect(inspect(matrix)).toBe('Tensor float32 [2, 2] (disposed)');
});

it('names variables and stays short for large tensors', () => {
  const weights = tf.variable(tf.zeros([1000, 1000]), true, 'weights');
  const text = inspect(weights);
  expect(text).toMatch(/^Variable 'weights' float32 \[1000, 1000\]\n/);
  expect(text.length).toBeLessThan(2000);
  weights.dispose();
});
