import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { minimize } from '../../../../src/optimizers/index.ts';
import { expectClose, onBackends, read, variable } from '../../support.ts';

const rosenbrock = (x: tf.Tensor): tf.Tensor => {
  const [a, b] = [x.slice(0, 1), x.slice(1, 1)];
  return b.sub(a.square()).square().mul(100).add(a.sub(1).square()).sum();
};

onBackends('minimize on tensors', () => {
  const start = (values: number[]): tf.Tensor1D => tf.tensor1d(values);

  test.each(['lbfgs', 'bfgs', 'newton-cg'] as const)('%s follows the valley of Rosenbrock', (method) => {
    const x0 = start([-1.2, 1]);
    const found = minimize(rosenbrock, x0, { method });
    expect(found.converged).toBe(true);
    expectClose(read(found.x), [1, 1], 2e-3);
    expectClose(read(found.gradient), [0, 0], 1e-3);
    expect(found.value).toBeLessThan(1e-6);
    expect(Array.from(x0.dataSync())).toEqual(Array.from(Float32Array.of(-1.2, 1)));
    x0.dispose();
  });

  test('a result is shown with its gradient, which leaves no tensor behind', () => {
    const x0 = start([0, 0]);
    const found = minimize((x) => x.square().sum(), x0);
    const before = tf.memory().numTensors;
    expect(inspect(found)).toMatch(/gradient: Tensor.*reason: 'gradientTolerance'/s);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x0, found.x]);
  });

  test('a tree of tensors gives a tree', () => {
    const x0 = { w: tf.tensor2d([[1, 2]]), deep: [tf.scalar(5)] as const };
    type X = typeof x0;
    const f = ({ w, deep }: X): tf.Tensor =>
      w
        .sub([[3, -1]])
        .square()
        .sum()
        .add(deep[0].add(2).square());
    const found = minimize(f, x0);
    expect(found.reason).toBe('gradientTolerance');
    expect(found.x.w.shape).toEqual([1, 2]);
    expectClose([...read(found.x.w), ...read(found.x.deep[0])], [3, -1, -2]);
    tf.dispose([x0.w, x0.deep[0]]);
  });

  test('variables end at the minimum, and f may read them from outside', () => {
    const [a, b] = [variable([3]), variable([-4, 2])];
    const f = (): tf.Tensor =>
      a
        .sub(1)
        .square()
        .sum()
        .add(b.sub([1, 5]).square().sum());
    const seen: number[] = [];
    const found = minimize(f, [a, b], { callback: ({ x }) => seen.push(x[0]!.dataSync()[0]!) });
    expect(found.x).toEqual([a, b]);
    expectClose([...a.dataSync(), ...b.dataSync()], [1, 1, 5]);
    expect(seen.at(-1)).toBe(a.dataSync()[0]);
    tf.dispose([a, b]);
  });

  test('a gradient of one’s own, and products with the Hessian', () => {
    const x0 = start([4, 4]);
    const scales = start([1, 100]);
    const f = (x: tf.Tensor): tf.Tensor => x.square().mul(scales).sum();
    const options = {
      method: 'newton-cg' as const,
      gradient: (x: tf.Tensor1D) => x.mul(scales).mul(2) as tf.Tensor1D,
      hessianVectorProduct: (_: tf.Tensor1D, v: tf.Tensor1D) => v.mul(scales).mul(2) as tf.Tensor1D,
    };
    const found = minimize(f, x0, options);
    expect(found.iterations).toBeLessThan(6);
    expectClose(read(found.x), [0, 0]);
    tf.dispose([x0, scales]);
  });

  test('Newton–CG takes differences where an operation has no second derivative', () => {
    const flat = tf.customGrad((x) => ({
      value: (x as tf.Tensor).square().sum(),
      // A number that tfjs cannot follow: the second derivative does not exist for it.
      gradFunc: (dy) =>
        (dy as tf.Tensor).mul(tf.tensor(Array.from((x as tf.Tensor).dataSync(), (v) => 2 * v))),
    }));
    const x0 = start([3, -2]);
    const found = minimize((x) => flat(x), x0, { method: 'newton-cg' });
    expectClose(read(found.x), [0, 0], 1e-3);
    x0.dispose();
  });

  test('bounds', () => {
    const x0 = start([0, 0]);
    const found = minimize((x) => x.sub([2, -3]).square().sum(), x0, { bounds: [-1, 1] });
    expect(found.converged).toBe(true);
    expectClose(read(found.x), [1, -1]);
    x0.dispose();
  });

  test.each(['levenberg-marquardt', 'gauss-newton'] as const)('%s fits a curve', (method) => {
    const [x0, x] = [start([1, 0.1]), tf.linspace(0, 2, 15)];
    // y = 2·e^(−x)
    const y = tf.tidy(() => x.neg().exp().mul(2));
    const f = (b: tf.Tensor): tf.Tensor => b.slice(0, 1).mul(b.slice(1, 1).mul(x).exp()).sub(y);
    const found = minimize(f, x0, { method });
    expect(found.converged).toBe(true);
    expectClose(read(found.x), [2, -1], 1e-4);
    tf.dispose([x0, x, y]);
  });

  test('nothing is left behind where f throws, and variables get their values back', () => {
    const w = variable([1, 2]);
    let calls = 0;
    const f = (): tf.Tensor => {
      calls += 1;
      const value = w.square().sum();
      if (calls === 2) throw new Error('no more');
      return value;
    };
    for (const method of ['lbfgs', 'newton-cg'] as const) {
      calls = 0;
      expect(() => minimize(f, w, { method })).toThrow('no more');
      expect(Array.from(w.dataSync())).toEqual([1, 2]);
    }
    w.dispose();
  });

  test('rejects what is no scalar function of floats', () => {
    const [x0, whole] = [start([1, 2]), tf.tensor1d([1], 'int32')];
    expect(() => minimize((x) => x.square(), x0)).toThrow(
      'minimize: f must be a function that returns a scalar tensor; received a tensor of the shape [2]',
    );
    expect(() => minimize((x) => x.sum(), whole)).toThrow(
      'minimize: x0 must be a tensor of float32, or objects and arrays of them; received a tensor of int32',
    );
    const other = (): tf.Tensor1D => tf.tensor1d([1, 2, 3]);
    expect(() => minimize((x) => x.square().sum(), x0, { gradient: other })).toThrow(
      'minimize: gradient must be of the shape of x0, [2]; received [3]',
    );
    expect(() => Reflect.apply(minimize, undefined, [async () => tf.scalar(1), x0])).toThrow(
      'received a Promise',
    );
    tf.dispose([x0, whole]);
  });
});

onBackends('minimize where rounding hides the minimum', () => {
  test.each(['lbfgs', 'bfgs', 'newton-cg'] as const)('%s says that it has converged', (method) => {
    // Σ (b·t − y)² with residuals of about 10³: float32 knows neither its value nor its gradient to 10⁻⁵.
    const t = tf.linspace(1, 5, 50);
    const noise = tf.tidy(() => tf.range(0, 50).mul(12.9898).sin().mul(1e3));
    const f = (b: tf.Tensor): tf.Tensor => b.slice(0, 1).mul(t).add(b.slice(1, 1)).sub(noise).square().sum();
    const x0 = tf.tensor1d([1, 1]);
    const found = minimize(f, x0, { method });
    expect(found.converged).toBe(true);
    expect(found.evaluations).toBeLessThan(150);
    const [ts, ys] = [t.dataSync(), noise.dataSync()];
    const mean = (v: ArrayLike<number>): number => Array.from(v).reduce((a, b) => a + b) / v.length;
    const [mt, my] = [mean(ts), mean(ys)];
    const slope = mean(ts.map((v, i) => (v - mt) * (ys[i]! - my))) / mean(ts.map((v) => (v - mt) ** 2));
    expectClose(read(found.x), [slope, my - slope * mt], 1e-2);
    tf.dispose([x0, t, noise]);
  });
});
