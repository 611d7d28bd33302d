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
  expect(inspect(tf.scalar(0.1))).toBe('Tensor float32 [] 0.1');
  expect(inspect(tf.buffer([2], 'int32'))).toBe('TensorBuffer int32 [2]\n[0, 0]');
  matrix.dispose();
  expect(inspect(matrix)).toBe('Tensor float32 [2, 2] (disposed)');
});

it('takes one line in other values', () => {
  const value = { few: tf.tensor1d([true, false], 'bool'), many: tf.zeros([3, 3]) };
  expect(inspect(value)).toBe('{ few: Tensor bool [2] [ true, false], many: Tensor float32 [3, 3] }');
});

it('sums up what is more than a few values', () => {
  const x = tf.tensor1d([...Array.from({ length: 98 }, (_, i) => i), Number.NaN, Number.NEGATIVE_INFINITY]);
  expect(inspect(x).split('\n').slice(0, 2)).toEqual([
    'Tensor float32 [100] · 100 values, 400 B',
    // The deviation of 0 … n − 1 is √((n² − 1)/12), 28.29 for 98.
    'min 0, mean 48.5, max 97, std 28.29, 1 NaN, 1 infinite  ████████████',
  ]);
  const flags = tf.tensor1d(Array.from({ length: 40 }, (_, i) => i % 4 === 0));
  expect(inspect(flags).split('\n')[1]).toBe('10 true');
  expect(inspect(tf.fill([50], Number.NaN)).split('\n')[1]).toBe('no finite value, 50 NaN');
});

it('loses no digits of large values that are alike', () => {
  const x = tf.tensor1d(Array.from({ length: 1000 }, (_, i) => 1e6 + (i % 2)));
  expect(inspect(x)).toContain('min 1000000, mean 1000000.5, max 1000001, std 0.5');
});

it('sums up evenly spaced stretches of very many values', () => {
  const values = new Float32Array(2 ** 24 + 1000).fill(2);
  const x = tf.tensor1d(values);
  expect(inspect(x).split('\n')[1]).toBe('min 2, mean 2, max 2, std 0, of a sample of 16,777,216');
  x.dispose();
});

it('names variables and stays short for large tensors', () => {
  const weights = tf.variable(tf.zeros([1000, 1000]), false, 'weights');
  const text = inspect(weights);
  expect(text).toMatch(
    /^Variable 'weights' \(not trainable\) float32 \[1000, 1000\] · 1,000,000 values, 3\.81 MB\n/,
  );
  expect(text.length).toBeLessThan(500);
  weights.dispose();
});

it('says that values can only be read later', () => {
  const x = tf.zeros([2]);
  Object.defineProperty(x, 'dataSync', {
    value: () => {
      throw new Error('not on this back end');
    },
  });
  expect(inspect(x)).toBe('Tensor float32 [2] (its values can only be read later: await x.data())');
});

it('shows models as the table of their layers, optimizers with their options', () => {
  const model = tf.sequential({
    name: 'net',
    layers: [tf.layers.dense({ name: 'd', units: 2, inputShape: [3] })],
  });
  expect(inspect(model).split('\n')).toEqual([
    "Sequential 'net'",
    '┌───────┬─────────┬──────────────┬────────────┐',
    '│ Layer │ Type    │ Output shape │ Parameters │',
    '├───────┼─────────┼──────────────┼────────────┤',
    '│ d     │ Dense 2 │ [null, 2]    │          8 │',
    '└───────┴─────────┴──────────────┴────────────┘',
    '8 parameters (32 B)',
  ]);
  expect(inspect([model])).toBe("[ Sequential 'net', 1 layer, 8 parameters (32 B) ]");
  expect(inspect(tf.train.sgd(0.5))).toBe('SGD({ learningRate: 0.5 }) after 0 steps');
  expect(inspect({ optimizer: tf.train.adam() })).toContain('Adam({ learningRate: 0.001, beta1: 0.9');
});
