import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { random } from '../../../../src/core/random.ts';
import { expectClose, gradients, onBackends, read } from '../../support.ts';
import { stock } from '../layers/stock.ts';

const source = random(3);
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const draw = (shape: readonly number[]): number[] =>
  Array.from({ length: size(shape) }, () => source.normal());

/** A matrix of this rank: a product of thin ones. */
function ofRank(rank: number, m: number, n: number): tf.Tensor {
  return tf.tidy(() =>
    tf.matMul(tf.tensor(draw([m, rank]), [m, rank]), tf.tensor(draw([rank, n]), [rank, n])),
  );
}

const largest = (x: tf.Tensor): number => (x.size === 0 ? 0 : tf.max(tf.abs(x)).dataSync()[0]!);

/** The largest entry of QᵀQ − I. */
const skewness = (q: tf.Tensor): number =>
  q.size === 0 ? 0 : tf.tidy(() => largest(tf.sub(tf.matMul(q, q, true), tf.eye(q.shape.at(-1)!))));

const matrices: [string, () => tf.Tensor][] = [
  ['square', () => tf.tensor(draw([6, 6]), [6, 6])],
  ['tall', () => tf.tensor(draw([9, 4]), [9, 4])],
  ['wide', () => tf.tensor(draw([4, 9]), [4, 9])],
  ['of rank 2', () => ofRank(2, 5, 5)],
  ['tall of rank 2', () => ofRank(2, 8, 4)],
  ['wide of rank 1', () => ofRank(1, 3, 7)],
  ['zero', () => tf.zeros([4, 3])],
  ['the identity', () => tf.eye(4)],
  ['with equal columns', () => tf.tile(tf.tensor(draw([5, 1]), [5, 1]), [1, 3])],
  ['with a zero column first', () => tf.concat([tf.zeros([4, 1]), tf.tensor(draw([4, 2]), [4, 2])], 1)],
  ['1 × 1', () => tf.tensor([[-3]])],
  ['one row', () => tf.tensor(draw([1, 5]), [1, 5])],
  ['one column', () => tf.tensor(draw([5, 1]), [5, 1])],
  ['large', () => tf.mul(tf.tensor(draw([5, 5]), [5, 5]), 1e30)],
  ['tiny', () => tf.mul(tf.tensor(draw([5, 3]), [5, 3]), 1e-30)],
  [
    'of sizes far apart',
    () =>
      tf.tensor2d([
        [1e10, 1],
        [0, 1e-10],
      ]),
  ],
  ['60 × 40', () => tf.tensor(draw([60, 40]), [60, 40])],
  ['several', () => tf.tensor(draw([2, 3, 4, 3]), [2, 3, 4, 3])],
  ['several wide', () => tf.tensor(draw([2, 2, 5]), [2, 2, 5])],
  ['empty', () => tf.zeros([0, 3])],
  ['without columns', () => tf.zeros([3, 0])],
  ['none at all', () => tf.zeros([0, 2, 2])],
];

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

/** The gradient against differences, and the gradient of a function of the gradient as well. */
function check(f: (x: tf.Tensor) => tf.Tensor, x: number[], shape: number[]): void {
  const slope = (t: tf.Tensor) => tf.sum(tf.square(tf.grad(f)(t)));
  for (const g of [f, slope]) {
    const { exact, differences } = gradients(g, x, shape, 4e-3);
    const scale = Math.max(...differences.map(Math.abs));
    expectClose(
      exact.map((value) => value / scale),
      differences.map((value) => value / scale),
      1e-2,
    );
  }
}

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

onBackends('linalg.gramSchmidt and bandPart', () => {
  test('vectors that depend on others become 0', () => {
    const rows = [
      [1, 1, 0],
      [2, 2, 0],
      [0, 0, 5],
    ];
    const h = Math.SQRT1_2;
    expectClose(read(tf.tidy(() => tf.linalg.gramSchmidt(tf.tensor2d(rows)) as tf.Tensor)), [
      h,
      h,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
    ]);
    const list = tf.tidy(() => tf.linalg.gramSchmidt(rows.map((row) => tf.tensor1d(row))) as tf.Tensor1D[]);
    expectClose(list.flatMap(read), [h, h, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('nearly parallel vectors become orthogonal to full precision', () => {
    tf.tidy(() => {
      const q = tf.linalg.gramSchmidt(
        tf.tensor2d([
          [1, 1e-3, 0],
          [1, 0, 1e-3],
          [1, 0, 0],
        ]),
      ) as tf.Tensor;
      expect(skewness(tf.transpose(q))).toBeLessThan(1e-6);
    });
    check(
      (x) => tf.sum(tf.mul(tf.linalg.gramSchmidt(x as tf.Tensor2D) as tf.Tensor, [1, 2, 3])),
      draw([2, 3]),
      [2, 3],
    );
  });

  test('bandPart of several, of none, and of NaN beside the band', () => {
    const x = tf.tidy(() =>
      tf.tensor3d([
        [
          [1, Number.NaN],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ]),
    );
    expect(read(tf.linalg.bandPart(x, -1, 0))).toEqual([1, 0, 3, 4, 5, 0, 7, 8]);
    const numbers = [tf.scalar(-1, 'int32'), tf.scalar(0, 'int32')] as const;
    expect(read(tf.linalg.bandPart(x, ...numbers))).toEqual([1, 0, 3, 4, 5, 0, 7, 8]);
    const none = tf.tidy(() => tf.linalg.bandPart(tf.zeros([0, 2, 2]), 0, 0));
    expect(none.shape).toEqual([0, 2, 2]);
    expect(() => tf.linalg.bandPart(x, 3, 0)).toThrow('numLower');
    tf.dispose([x, none, ...numbers]);
  });
});

test('stock has no svd, and qr and gramSchmidt for full rank alone', async () => {
  expect(await stock('linalg', 'linalg')).toEqual({
    svd: 'undefined',
    eigh: 'undefined',
    zero: 'NaN',
    batch: expect.stringContaining('Size(8) must match the product of shape 2,3,2'),
    dependent: 'NaN',
    none: expect.stringContaining('stack'),
  });
});
