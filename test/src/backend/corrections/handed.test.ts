import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';

/** The values of what `f` returns; frees everything else it made. */
const run = (f: () => tf.Tensor): number[] => read(tf.tidy(f));

const NAN = Number.NaN;

// The back ends must agree: each expected value is the operation's definition worked out by hand.
onBackends('NaN', () => {
  test('stays NaN when it is clipped', () => {
    expect(run(() => tf.clipByValue([NAN, -1, 0.5, 2], 0, 1))).toEqual([NAN, 0, 0.5, 1]);
    expect(run(() => tf.relu6([NAN, -1, 9]))).toEqual([NAN, 0, 6]);
    // Infinities are numbers, also both of them together.
    expect(run(() => tf.clipByValue([-Infinity, Infinity], 0, 1))).toEqual([0, 1]);
  });

  test('stays NaN in what a dense layer with relu predicts', () => {
    for (const activation of ['relu', 'relu6'] as const) {
      const product = () =>
        tf.fused.matMul({
          a: tf.tensor2d([
            [NAN, 1],
            [-3, 1],
            [1, 2],
          ]),
          b: tf.ones([2, 1]) as tf.Tensor2D,
          activation,
        });
      expect(run(product)).toEqual([NAN, 0, 3]);
    }
  });

  test.each([
    [[3], [3]],
    [[2, 3], [3]],
    [[1], [37]],
    [[37], [1]],
    [
      [4, 1],
      [4, 37],
    ],
  ])('stays NaN in maximum and minimum, in either argument: %j and %j', (shapeA, shapeB) => {
    for (const operation of [tf.maximum, tf.minimum]) {
      const values = run(() => {
        const [a, b] = [tf.fill(shapeA, NAN), tf.ones(shapeB)];
        return tf.concat([operation(a, b).flatten(), operation(b, a).flatten()]);
      });
      expect(values.every(Number.isNaN)).toBe(true);
    }
    expect(run(() => tf.maximum(tf.ones(shapeA), tf.zeros(shapeB))).every((v) => v === 1)).toBe(true);
  });
});

onBackends('integers', () => {
  test('are clipped as integers', () => {
    expect(run(() => tf.clipByValue(tf.tensor1d([-5, 3, 9], 'int32'), 0, 5))).toEqual([0, 3, 5]);
  });

  test('are multiplied as matrices', () => {
    const product = tf.tidy(() =>
      tf.matMul(tf.tensor2d([1, 2], [1, 2], 'int32'), tf.tensor2d([3, 4], [2, 1], 'int32')),
    );
    expect(product.dtype).toBe('int32');
    expect(read(product)).toEqual([11]);
  });
});

onBackends('reductions over nothing', () => {
  test('do not read memory that held something else', () => {
    // Leaves values behind where the results will be.
    run(() => tf.fill([64], 7));
    for (const dtype of ['float32', 'int32'] as const) {
      const empty = () => tf.zeros([2, 0, 3], dtype);
      expect(run(() => tf.sum(empty(), 1))).toEqual(new Array(6).fill(0));
      expect(run(() => tf.prod(empty(), 1))).toEqual(new Array(6).fill(1));
      expect(run(() => tf.sum(empty(), [1, 2], true))).toEqual([0, 0]);
    }
    expect(run(() => tf.max(tf.zeros([2, 0]), 1))).toEqual([NAN, NAN]);
    expect(run(() => tf.min(tf.zeros([2, 0]), 1))).toEqual([NAN, NAN]);
    // tfjs's own answers, those of its JavaScript back end; numpy has NaN for mean and true for all.
    expect(run(() => tf.mean(tf.zeros([2, 0]), 1))).toEqual([0, 0]);
    expect(run(() => tf.any(tf.zeros([2, 0], 'bool'), 1))).toEqual([0, 0]);
    expect(run(() => tf.all(tf.zeros([2, 0], 'bool'), 1))).toEqual([0, 0]);
    expect(run(() => tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 2])))).toEqual([0, 0, 0, 0]);
  });
});

onBackends('fused matMul', () => {
  const ones = (...shape: number[]): tf.Tensor3D => tf.ones<tf.Rank>(shape) as tf.Tensor3D;
  const bias = () => tf.tensor1d([1, 2]);

  test('adds its bias to every row', () => {
    // Three products of ones make 3 everywhere.
    expect(run(() => tf.fused.matMul({ a: ones(2, 3), b: ones(3, 2), bias: bias() }))).toEqual([4, 5, 4, 5]);
    expect(run(() => tf.fused.matMul({ a: ones(2, 2, 3), b: ones(2, 3, 2), bias: bias() }))).toEqual([
      4, 5, 4, 5, 4, 5, 4, 5,
    ]);
    const a = { a: ones(3, 2), b: ones(3, 2), transposeA: true };
    const b = { a: ones(2, 3), b: ones(2, 3), transposeB: true };
    for (const { a: left, b: right, ...transposed } of [a, b]) {
      expect(run(() => tf.fused.matMul({ a: left, b: right, bias: bias(), ...transposed }))).toEqual([
        4, 5, 4, 5,
      ]);
      tf.dispose([left, right]);
    }
    expect(
      run(() =>
        tf.fused.matMul({ a: ones(1, 2), b: ones(2, 2), bias: tf.tensor2d([[1, -9]]), activation: 'relu' }),
      ),
    ).toEqual([3, 0]);
  });
});

onBackends('convolutions and the like', () => {
  test('dilation takes the largest of negative values', () => {
    const x = () => tf.tensor4d([-1, -2, -3, -4], [1, 2, 2, 1]);
    // The window reaches right and down: −1 is its own largest neighbour, and so is each of the others.
    expect(run(() => tf.dilation2d(x(), tf.zeros([2, 2, 1]), 1, 'same'))).toEqual([-1, -2, -3, -4]);
  });

  test('the gradients of convolutions', () => {
    const image = () => tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const filter = () => tf.ones([2, 2, 1, 1]) as tf.Tensor4D;
    for (const convolve of [tf.conv2d, tf.depthwiseConv2d] as (typeof tf.conv2d)[]) {
      const f = (x: tf.Tensor4D, w: tf.Tensor4D) => convolve(x, w, 1, 'valid').sum() as tf.Scalar;
      // Each weight meets four pixels: 1 + 2 + 4 + 5 and so on.
      expect(run(() => tf.grad((w) => f(image(), w as tf.Tensor4D))(filter()))).toEqual([12, 16, 24, 28]);
      // Each pixel lies in as many windows as the sums count.
      expect(run(() => tf.grad((x) => f(x as tf.Tensor4D, filter()))(image()))).toEqual([
        1, 2, 1, 2, 4, 2, 1, 2, 1,
      ]);
    }
  });

  test('einsum', () => {
    const product = run(() => tf.einsum('ij,jk->ik', tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])));
    expectClose(product, [11]);
  });
});
