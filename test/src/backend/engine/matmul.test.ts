import { beforeAll, describe, expect, test } from 'vitest';
import { runningEngine } from '../../../../src/backend/engine/start.ts';
import { backend, tf } from '../../../../src/backend/index.ts';
import { expectClose, read } from '../../support.ts';
import { expectAsOnCpu, numbers } from './support.ts';

const FLAGS = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

/** A stored matrix, and its shape turned where the product turns it back. */
const stored = (rows: number, columns: number, turned: boolean, seed: number): tf.Tensor =>
  numbers(turned ? [columns, rows] : [rows, columns], seed);

beforeAll(async () => {
  await backend.use('wasm');
});

test('the engine runs, in the build that this Node can run', () => {
  const variant = Number(process.versions.node.split('.')[0]) >= 22 ? 'relaxed' : 'plain';
  expect(runningEngine()?.variant).toBe(variant);
});

describe.each(FLAGS)('matMul, transposeA=%s, transposeB=%s', (transposeA, transposeB) => {
  test.each([
    [1, 1, 1],
    [1, 9, 5],
    [2, 8, 3],
    [3, 7, 300],
    [6, 1, 4],
    [7, 10, 64],
    [11, 17, 1],
    [32, 64, 784],
    [5, 520, 9],
    [125, 33, 257],
    [64, 256, 512],
  ])('%d × %d × %d', async (m, n, k) => {
    await expectAsOnCpu(() => {
      const [a, b] = [stored(m, k, transposeA, 1), stored(k, n, transposeB, 2)];
      return tf.matMul(a, b, transposeA, transposeB);
    }, 1e-4);
  });

  test.each([
    [[3], [3]],
    [[1], [4]],
    [[4], [1]],
    [
      [2, 3],
      [2, 3],
    ],
  ])('batches of %j and %j', async (batchA, batchB) => {
    await expectAsOnCpu(() => {
      const a = numbers([...batchA, ...(transposeA ? [6, 5] : [5, 6])], 1);
      const b = numbers([...batchB, ...(transposeB ? [9, 6] : [6, 9])], 2);
      return tf.matMul(a, b, transposeA, transposeB);
    });
  });

  // Stock wasm puts the bias in the wrong places when a matrix is transposed.
  test.each(['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu'] as const)(
    'with bias and %s',
    async (activation) => {
      await expectAsOnCpu(() => {
        const [a, b] = [stored(7, 12, transposeA, 1), stored(12, 10, transposeB, 2)];
        return tf.fused.matMul({
          a: a as tf.Tensor2D,
          b: b as tf.Tensor2D,
          transposeA,
          transposeB,
          bias: numbers([10], 3),
          activation,
          leakyreluAlpha: 0.3,
          preluActivationWeights: numbers([10], 4),
        });
      });
    },
  );
});

// cpu computes batches that broadcast both ways wrongly: expected is one product after the other.
test('batches that broadcast both ways', () => {
  const [product, one] = tf.tidy(() => {
    const [a, b] = [numbers([2, 1, 3, 4], 1), numbers([5, 4, 6], 2)];
    const each = tf.unstack(a.reshape([2, 3, 4])).map((x) => tf.unstack(b).map((y) => x.matMul(y)));
    return [tf.matMul(a, b), tf.stack(each.map((row) => tf.stack(row)))] as const;
  });
  expect(product.shape).toEqual([2, 5, 3, 6]);
  expectClose(read(product), read(one));
});

// With a batch stock wasm adds the bias of the first matrix alone; it refuses one of another rank than 1.
test.each([[[10]], [[1]], [[1, 10]], [[7, 10]], [[7, 1]], [[3, 1, 10]], [[3, 7, 10]]])(
  'a bias of shape %j',
  async (shape) => {
    await expectAsOnCpu(() =>
      tf.fused.matMul({
        a: numbers([3, 7, 12], 1) as tf.Tensor3D,
        b: numbers([3, 12, 10], 2) as tf.Tensor3D,
        bias: numbers(shape, 3),
        activation: 'relu',
      }),
    );
  },
);

test.each([
  [0, 3, 4],
  [3, 0, 4],
  [3, 4, 0],
])('an empty product, %d × %d × %d', async (m, n, k) => {
  await expectAsOnCpu(() => tf.matMul(tf.zeros([m, k]), tf.zeros([k, n])));
  await expectAsOnCpu(() =>
    tf.fused.matMul({ a: tf.zeros([m, k]), b: tf.zeros([k, n]), bias: tf.ones([n]), activation: 'relu' }),
  );
});

test('NaN and infinities, in each activation', async () => {
  for (const activation of ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu'] as const) {
    await expectAsOnCpu(() => {
      const column = [Number.NaN, Infinity, -Infinity, 0, -100, 100, 1e-6, -1e-6, 3.4e38];
      return tf.fused.matMul({
        a: tf.tensor2d(column, [9, 1]),
        b: tf.ones([1, 2]),
        activation,
        leakyreluAlpha: 0.2,
        preluActivationWeights: tf.tensor1d([0.5, 2]),
      });
    });
  }
});

test('integers, which stock wasm refuses', async () => {
  await expectAsOnCpu(() => {
    const a = tf.tensor2d([1, -2, 3, 2 ** 20, 5, 6], [2, 3], 'int32');
    return tf.matMul(a, a, false, true);
  });
});

test('gradients', async () => {
  for (const [transposeA, transposeB] of FLAGS) {
    await expectAsOnCpu(() => {
      const [a, b] = [stored(4, 5, transposeA, 1), stored(5, 6, transposeB, 2)];
      const loss = (x: tf.Tensor, y: tf.Tensor) =>
        tf
          .matMul(x, y, transposeA, transposeB)
          .mul(numbers([4, 6], 3))
          .sum();
      return tf.grads(loss)([a, b]);
    });
  }
});

// Stock wasm takes slopes of any shape for one a channel.
test.each([[[1]], [[4]], [[3, 1]], [[2, 3, 4]], [[]]])('prelu with slopes of shape %j', async (shape) => {
  await expectAsOnCpu(() => tf.prelu(numbers([2, 3, 4], 1), numbers(shape, 2)));
});
