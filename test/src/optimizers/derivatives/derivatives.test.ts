import { describe, expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { ArgumentError } from '../../../../src/core/check.ts';
import * as losses from '../../../../src/losses/index.ts';
import { hessian, hessianVectorProduct, jacobian, minimize } from '../../../../src/optimizers/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';

const cubes = (x: tf.Tensor): tf.Tensor => x.pow(3).sum();

/** A scalar function whose gradient tfjs cannot differentiate. */
const once = tf.customGrad((x) => ({
  value: (x as tf.Tensor).pow(3).sum(),
  gradFunc: (dy) => (dy as tf.Tensor).mul(tf.tensor((x as tf.Tensor).dataSync().map((v) => 3 * v * v))),
}));

onBackends('derivatives of functions of tensors', () => {
  test('hessianVectorProduct of Σ x³ is 6·x·v', () => {
    const [x, v] = [tf.tensor1d([1, 2, -1]), tf.tensor1d([1, 0.5, 2])];
    expectClose(read(hessianVectorProduct(cubes, x, v)), [6, 6, -12]);
    tf.dispose([x, v]);
  });

  test('hessianVectorProduct on a tree', () => {
    // f = a²·Σb: H·v has 2·Σb·va + 2a·Σvb for a, and 2a·va for each b.
    const [x, v] = [2, 1].map((k) => ({ a: tf.scalar(k), b: [tf.tensor1d([3, k])] as const }));
    type X = NonNullable<typeof x>;
    const f = ({ a, b }: X): tf.Tensor => a.square().mul(b[0].sum());
    const product = hessianVectorProduct(f, x!, v!);
    expectClose([...read(product.a), ...read(product.b[0])], [10 + 16, 4, 4]);
    tf.dispose([x!.a, ...x!.b, v!.a, ...v!.b]);
  });

  test('hessianVectorProduct takes differences where there is no second derivative', () => {
    const [x, v] = [tf.tensor1d([1, 2]), tf.tensor1d([1, 1])];
    expectClose(read(hessianVectorProduct((at: tf.Tensor1D) => once(at), x, v)), [6, 12], 1e-2);
    tf.dispose([x, v]);
  });

  test('hessian', () => {
    const x = tf.tensor2d([[2, 3]]);
    const found = hessian((at) => at.prod(), x);
    expect(found.shape).toEqual([1, 2, 1, 2]);
    expectClose(read(found), [0, 1, 1, 0]);
    expectClose(read(hessian((at) => at.mul(4).sum(), x)), [0, 0, 0, 0]);
    const flat = x.flatten();
    expectClose(read(hessian((at) => once(at), flat)), [12, 0, 0, 18], 1e-2);
    flat.dispose();
    x.dispose();
  });

  test('jacobian, by rows and by columns', () => {
    const x = tf.tensor1d([1, 2]);
    const square = jacobian((at) => at.square(), x);
    expect(square.shape).toEqual([2, 2]);
    expectClose(read(square), [2, 0, 0, 4]);
    // aᵢ·e^(bᵢ): many more values than entries of x
    const grid = tf.linspace(0, 1, 12);
    const many = (at: tf.Tensor): tf.Tensor => at.slice(0, 1).mul(at.slice(1, 1).mul(grid).exp());
    const found = jacobian(many, x);
    expect(found.shape).toEqual([12, 2]);
    const rows = Array.from(grid.dataSync(), (t) => [Math.exp(2 * t), t * Math.exp(2 * t)]);
    expectClose(read(found), rows.flat());
    const single = jacobian((at) => at.sum(), x);
    expect(single.shape).toEqual([2]);
    expectClose(read(single), [1, 1]);
    tf.dispose([x, grid]);
  });

  test('the Hessian of a network’s loss agrees with differences of its gradient', () => {
    const inputs = tf.tensor2d([
      [0.5, -1],
      [1.5, 2],
      [-0.3, 0.7],
    ]);
    const activations: ((x: tf.Tensor) => tf.Tensor)[] = [
      tf.tanh,
      tf.sigmoid,
      tf.relu,
      tf.elu,
      tf.softplus,
      tf.selu,
    ];
    for (const activation of activations) {
      const f = (w: tf.Tensor): tf.Tensor => {
        const hidden = activation(tf.matMul(inputs, w.slice(0, 4).reshape([2, 2])));
        const logits = tf.matMul(hidden, w.slice(4, 6).reshape([2, 3]));
        return losses.sparseCategoricalCrossentropy([0, 2, 1], logits, { fromLogits: true });
      };
      const w = tf.tensor1d([0.5, -0.4, 0.3, 0.8, 1, -0.6, 0.2, 0.7, -0.9, 0.4]);
      const gradient = (values: Float64Array): Float64Array =>
        Float64Array.from(read(tf.tidy(() => tf.grad(f)(tf.tensor1d(Array.from(values))))));
      const exact = read(hessian(f, w));
      // Along 10⁻², since differences of float32 along less drown in rounding.
      const coarse = Array.from(w.dataSync(), (_, j) => {
        const at = (h: number) => gradient(Float64Array.from(w.dataSync(), (v, k) => (k === j ? v + h : v)));
        const [ahead, behind] = [at(1e-2), at(-1e-2)];
        return Array.from(ahead, (v, i) => (v - behind[i]!) / 2e-2);
      });
      expectClose(exact, coarse.flat(), 2e-3);
      w.dispose();
    }
    inputs.dispose();
  });

  test('nothing is left behind where f throws', () => {
    const x = tf.tensor1d([1, 2]);
    const fail = (at: tf.Tensor): tf.Tensor => {
      at.square();
      throw new Error('no');
    };
    for (const call of [
      () => hessian(fail, x),
      () => jacobian(fail, x),
      () => hessianVectorProduct(fail, x, x),
    ]) {
      expect(call).toThrow('no');
    }
    x.dispose();
  });

  test('rejects what is no tensor of floats', () => {
    const [x, other] = [tf.tensor1d([1, 2]), tf.tensor1d([1])];
    expect(() => hessianVectorProduct(cubes, x, other)).toThrow(
      'v must be of the shape of x, [2]; received [1]',
    );
    expect(() => hessian((at) => at.square(), x)).toThrow(
      'hessian: f must be a function that returns a scalar tensor',
    );
    expect(() => Reflect.apply(hessian, undefined, [cubes, [x, x]])).toThrow('hessian: x must be one tensor');
    expect(() => Reflect.apply(jacobian, undefined, [() => 3, x])).toThrow(
      'jacobian: f must be a function that returns',
    );
    expect(() => Reflect.apply(jacobian, undefined, [cubes, 'x'])).toThrow(ArgumentError);
    tf.dispose([x, other]);
  });
});

test('typed arrays are numbers in a row', () => {
  const sum = (x: Float64Array): number => x[0]! ** 2 + 3 * x[1]!;
  for (const x of [Float32Array.of(1, 2), Int32Array.of(1, 2)]) {
    expectClose([...hessian(sum, x)[0]!], [2, 0], 1e-6);
    expectClose([...jacobian((at) => [sum(at)], x)[0]!], [2, 3], 1e-6);
    expectClose([...hessianVectorProduct(sum, x, x)], [2, 0], 1e-6);
    expectClose([...minimize((at) => at[0]! ** 2 + at[1]! ** 2, x).x], [0, 0], 1e-6);
  }
  expect(() => Reflect.apply(minimize, undefined, [sum, 5])).toThrow(
    'x0 must be an array of numbers, a tensor of float32, or objects and arrays of them; received 5',
  );
});

describe('derivatives of functions of numbers', () => {
  // x²·y + sin y: ∇ = (2xy, x² + cos y), H = [[2y, 2x], [2x, −sin y]]
  const f = ([x, y]: Float64Array): number => x! ** 2 * y! + Math.sin(y!);
  const gradient = ([x, y]: Float64Array): number[] => [2 * x! * y!, x! ** 2 + Math.cos(y!)];
  const [x, y] = [1.5, 0.7];

  test('hessianVectorProduct', () => {
    const product = [2 * y + 4 * x, 2 * x - 2 * Math.sin(y)];
    expectClose([...hessianVectorProduct(f, [x, y], [1, 2])], product, 1e-6);
    expectClose([...hessianVectorProduct(f, [x, y], [1, 2], { gradient })], product, 1e-9);
    expect([...hessianVectorProduct(f, [x, y], [0, 0])]).toEqual([0, 0]);
  });

  test('hessian', () => {
    const rows = [2 * y, 2 * x, 2 * x, -Math.sin(y)];
    expectClose(
      hessian(f, [x, y]).flatMap((row) => [...row]),
      rows,
      1e-6,
    );
    expectClose(
      hessian(f, Float64Array.of(x, y), { gradient }).flatMap((row) => [...row]),
      rows,
      1e-9,
    );
  });

  test('jacobian', () => {
    const found = jacobian(gradient, [x, y]);
    expect(found).toHaveLength(2);
    expectClose(
      found.flatMap((row) => [...row]),
      [2 * y, 2 * x, 2 * x, -Math.sin(y)],
      1e-8,
    );
    expect(jacobian(([at]) => [at! ** 2, 3 * at!, 1], [2]).map((row) => row.length)).toEqual([1, 1, 1]);
  });

  test('wrong arguments', () => {
    const call =
      (g: unknown, ...given: unknown[]) =>
      () =>
        Reflect.apply(g as () => unknown, undefined, given);
    expect(call(hessianVectorProduct, f, [1, 2], [1])).toThrow(
      'v must be 2 numbers, as x is; received 1 numbers',
    );
    expect(call(hessian, () => 'a', [1])).toThrow(
      'hessian: f must be a function that returns a number; received "a"',
    );
    expect(call(hessian, f, [1, 2], { grad: f })).toThrow("hessian: options must be among 'gradient'");
    expect(call(jacobian, f, [1, 2])).toThrow(
      'jacobian: f must be a function that returns an array of numbers',
    );
    expect(call(jacobian, f, [])).toThrow('x must be at least one number');
    expect(call(jacobian, 3, [1])).toThrow('jacobian: f must be a function; received 3');
  });
});
