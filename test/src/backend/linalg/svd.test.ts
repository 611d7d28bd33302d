import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';
import { check, draw, largest, matrices, skewness } from './matrices.ts';

onBackends('linalg.svd', () => {
  test.each(matrices)('%s', (_, make) => {
    tf.tidy(() => {
      const x = make();
      const [m, n] = x.shape.slice(-2) as [number, number];
      const batch = x.shape.slice(0, -2);
      const k = Math.min(m, n);
      const [s, u, v] = tf.linalg.svd(x);
      expect([s.shape, u.shape, v.shape]).toEqual([
        [...batch, k],
        [...batch, m, k],
        [...batch, n, k],
      ]);
      const values = s.dataSync();
      for (let i = 0; i < values.length; i++) {
        expect(values[i]).toBeGreaterThanOrEqual(0);
        if (i % k > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1]!);
      }
      // Rounding to float32 is all that is lost.
      const scale = Math.max(largest(x), 1e-37);
      const back = tf.matMul(tf.mul(u, tf.expandDims(s, -2)), v, false, true);
      expect(largest(tf.sub(back, x)) / scale).toBeLessThan(2e-6);
      expect(Math.max(skewness(u), skewness(v))).toBeLessThan(2e-6);
      expect(read(tf.linalg.svd(x, { computeUv: false }))).toEqual([...values]);
      const [same, fullU, fullV] = tf.linalg.svd(x, { fullMatrices: true });
      expect([...same.dataSync()]).toEqual([...values]);
      expect([fullU.shape, fullV.shape]).toEqual([
        [...batch, m, m],
        [...batch, n, n],
      ]);
      expect(Math.max(skewness(fullU), skewness(fullV))).toBeLessThan(2e-6);
    });
  });

  test('known values', () => {
    // √45 and √5, from the eigenvalues of [[9, 12], [12, 41]].
    expectClose(
      read(
        tf.tidy(
          () =>
            tf.linalg.svd([
              [3, 0],
              [4, 5],
            ])[0],
        ),
      ),
      [Math.sqrt(45), Math.sqrt(5)],
      1e-7,
    );
    // Läuchli's matrix: its small singular value is lost where AᵀA is formed.
    const small = read(
      tf.tidy(
        () =>
          tf.linalg.svd([
            [1, 1],
            [1e-5, 0],
            [0, 1e-5],
          ])[0],
      ),
    );
    expect(small[1]! / 1e-5).toBeCloseTo(1, 5);
  });

  test('the gradient of values and vectors, and its own', () => {
    for (const [m, n] of [
      [3, 3],
      [4, 2],
      [2, 4],
    ] as const) {
      const k = Math.min(m, n);
      const x = draw([m, n]);
      // |U| and |V| would do as well: products of pairs do not depend on the signs.
      const [a, b] = [draw([m, m]), draw([n, m])];
      const f = (t: tf.Tensor): tf.Tensor => {
        const [s, u, v] = tf.linalg.svd(t);
        const uu = tf.matMul(tf.mul(u, tf.range(1, k + 1)), u, false, true);
        const vu = tf.matMul(tf.mul(v, tf.range(2, k + 2)), u, false, true);
        const sums = [
          tf.sum(tf.square(s)),
          tf.sum(tf.mul(uu, tf.tensor(a, [m, m]))),
          tf.sum(tf.mul(vu, tf.tensor(b, [n, m]))),
        ];
        return tf.addN(sums);
      };
      check(f, x, [m, n]);
    }
  });

  test('the gradient of the values alone, also of equal ones', () => {
    const x = draw([3, 4]);
    check((t) => tf.sum(tf.mul(tf.square(tf.linalg.svd(t, { computeUv: false })), [1, 2, 3])), x, [3, 4]);
    // The nuclear norm of the identity: UVᵀ.
    const nuclear = (t: tf.Tensor) => tf.sum(tf.linalg.svd(t, { computeUv: false }));
    expectClose(read(tf.tidy(() => tf.grad(nuclear)(tf.eye(3)))), [1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  test('says what is wrong', () => {
    const bad = tf.tensor2d([
      [1, 2],
      [3, Number.NaN],
      [5, Infinity],
    ]);
    const where = 'x must be made of finite numbers; received NaN in row 1, column 1';
    expect(() => tf.linalg.svd(bad)).toThrow(`linalg.svd: ${where}`);
    expect(() => tf.linalg.qr(bad)).toThrow(`linalg.qr: ${where}`);
    expect(() => tf.linalg.svd([1, 2])).toThrow('got rank 1');
    expect(() => tf.linalg.svd(bad, { fullMatrix: true } as never)).toThrow("did you mean 'fullMatrices'?");
    const full = (x: tf.Tensor) => tf.sum(tf.linalg.svd(x, { fullMatrices: true })[1]);
    expect(() => tf.tidy(() => tf.grad(full)(tf.ones([3, 2])))).toThrow('have no gradient');
    bad.dispose();
  });
});
