import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';
import { check, draw, largest, skewness } from './matrices.ts';

onBackends('linalg.eigh', () => {
  const symmetric: [string, () => tf.Tensor][] = [
    ['random', () => half(tf.tensor(draw([6, 6]), [6, 6]))],
    ['of rank 1', () => tf.tidy(() => tf.matMul(tf.ones([4, 1]), tf.ones([1, 4])))],
    ['zero', () => tf.zeros([3, 3])],
    ['the identity', () => tf.eye(3)],
    [
      'with pairs of eigenvalues',
      () =>
        tf.tensor2d([
          [0, 1, 0, 0],
          [1, 0, 0, 0],
          [0, 0, 0, 1],
          [0, 0, 1, 0],
        ]),
    ],
    ['1 × 1', () => tf.tensor([[-2]])],
    [
      '2 × 2',
      () =>
        tf.tensor([
          [2, 1],
          [1, 2],
        ]),
    ],
    ['40 × 40', () => half(tf.tensor(draw([40, 40]), [40, 40]))],
    ['several', () => half(tf.tensor(draw([2, 3, 5, 5]), [2, 3, 5, 5]))],
    ['empty', () => tf.zeros([0, 0])],
    ['large', () => tf.mul(half(tf.tensor(draw([4, 4]), [4, 4])), 1e30)],
    ['tiny', () => tf.mul(half(tf.tensor(draw([4, 4]), [4, 4])), 1e-30)],
  ];
  const half = (x: tf.Tensor): tf.Tensor => {
    const order = [...x.shape.keys()];
    return tf.add(x, tf.transpose(x, [...order.slice(0, -2), x.rank - 1, x.rank - 2]));
  };

  test.each(symmetric)('%s', (_, make) => {
    tf.tidy(() => {
      const x = make();
      const n = x.shape.at(-1)!;
      const [e, v] = tf.linalg.eigh(x);
      expect([e.shape, v.shape]).toEqual([x.shape.slice(0, -1), x.shape]);
      const values = e.dataSync();
      for (let i = 0; i < values.length; i++) {
        if (i % n > 0) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]!);
      }
      const scale = Math.max(largest(x), 1e-37);
      const back = tf.matMul(tf.mul(v, tf.expandDims(e, -2)), v, false, true);
      expect(largest(tf.sub(back, x)) / scale).toBeLessThan(4e-6);
      expect(skewness(v)).toBeLessThan(2e-6);
    });
  });

  test('known values, from the lower triangle alone', () => {
    const [e, v] = tf.tidy(() =>
      tf.linalg.eigh([
        [2, 99],
        [1, 2],
      ]),
    );
    expectClose(read(e), [1, 3], 1e-7);
    expectClose(read(v).map(Math.abs), [Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2], 1e-7);
    expect(() => tf.linalg.eigh([[1, 2, 3]])).toThrow(
      'linalg.eigh: x must be square, [..., n, n]; received [1,3]',
    );
    expect(() => tf.linalg.eigh([[Number.NaN]])).toThrow('received NaN in row 0, column 0');
  });

  test('the gradient of values and vectors, and its own', () => {
    const [x, a] = [draw([4, 4]), draw([4, 4])];
    const f = (t: tf.Tensor): tf.Tensor => {
      const [e, v] = tf.linalg.eigh(t);
      const projected = tf.matMul(tf.mul(v, tf.range(1, 5)), v, false, true);
      return tf.add(
        tf.sum(tf.mul(tf.square(e), [1, 2, 3, 4])),
        tf.sum(tf.mul(projected, tf.tensor(a, [4, 4]))),
      );
    };
    check(f, x, [4, 4]);
  });
});
