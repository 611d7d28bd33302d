import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends } from '../../support.ts';
import { check, draw, largest, matrices, skewness } from './matrices.ts';

onBackends('linalg.qr', () => {
  test.each(matrices)('%s', (_, make) => {
    tf.tidy(() => {
      const x = make();
      const [m, n] = x.shape.slice(-2) as [number, number];
      const batch = x.shape.slice(0, -2);
      for (const full of [false, true]) {
        const [q, r] = tf.linalg.qr(x, full);
        const k = full ? m : Math.min(m, n);
        expect([q.shape, r.shape]).toEqual([
          [...batch, m, k],
          [...batch, k, n],
        ]);
        const scale = Math.max(largest(x), 1e-37);
        expect(largest(tf.sub(tf.matMul(q, r), x)) / scale).toBeLessThan(2e-6);
        expect(skewness(q)).toBeLessThan(2e-6);
        expect(largest(tf.sub(r, tf.linalg.bandPart(r, 0, -1)))).toBe(0);
      }
    });
  });

  test('the gradient, and its own', () => {
    for (const [m, n] of [
      [3, 3],
      [4, 2],
      [2, 4],
    ] as const) {
      const k = Math.min(m, n);
      const [x, a, b] = [draw([m, n]), draw([m, k]), draw([k, n])];
      check(
        (t) => {
          const [q, r] = tf.linalg.qr(t);
          return tf.add(
            tf.sum(tf.mul(q, tf.tensor(a, [m, k]))),
            tf.sum(tf.mul(tf.square(r), tf.tensor(b, [k, n]))),
          );
        },
        x,
        [m, n],
      );
    }
  });
});
