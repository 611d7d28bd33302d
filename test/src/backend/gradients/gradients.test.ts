import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read, variable } from '../../support.ts';
import { cases } from './cases.ts';
import { compare, type Outcome } from './compare.ts';

/** What stock tfjs makes of the cases, in a process of its own. */
async function stock(): Promise<Outcome[]> {
  const outfile = join(import.meta.dirname, '../../../../node_modules/.cache/descent-test/stock.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'stock.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
  });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

// One line a case that stock tfjs, on its cpu back end, does not get right: its first and second derivative.
test('stock tfjs fails where we do not', async () => {
  const outcomes = await stock();
  expect(outcomes.map(({ name }) => name)).toEqual(cases(tf).map(({ name }) => name));
  const failing = outcomes.filter(({ first, second }) => first !== 'right' || second !== 'right');
  console.log(`stock wrong, ours right: ${failing.length} of ${outcomes.length} cases`);
  const lines = failing.map(({ name, first, second }) => `${name}: ${first}, ${second}\n`);
  await expect(lines.join('')).toMatchFileSnapshot('./stock.txt');
});

onBackends('first and second derivatives agree with differences', () => {
  test.each(cases(tf).map((one) => [one.name, one] as const))('%s', (name, one) => {
    expect(compare(tf, one)).toEqual({ name, first: 'right', second: 'right', detail: '' });
  });
});

onBackends('gradients in particular places', () => {
  const gradient = (f: (x: tf.Tensor) => tf.Tensor, x: number[]): number[] =>
    read(tf.tidy(() => tf.grad(f)(tf.tensor(x))));

  test('|x| has 0 at 0, where stock has −1', () => {
    expect(gradient((x) => tf.abs(x), [-2, 0, 3])).toEqual([-1, 0, 1]);
  });

  test('no derivative of a power makes NaN of 0·∞', () => {
    const third = (x: tf.Tensor) => tf.grad((u) => tf.grad((v) => tf.pow(v, 2))(u))(x);
    // Stock has NaN: 2·1·0·0⁻¹.
    expect(gradient(third, [0, 1])).toEqual([0, 0]);
    expect(gradient((b) => tf.pow(tf.tensor1d([0, 2]), b), [2, 2])).toEqual([0, Math.fround(4 * Math.LN2)]);
  });

  test('floorDiv is flat, where stock has the gradient of the division', () => {
    expect(gradient((x) => tf.floorDiv(x, 2), [3, 5])).toEqual([0, 0]);
  });

  test('variables: the gradient of the length of a gradient', () => {
    // f = Σ tanh(w)², |∇f|² = Σ (2·t·(1 − t²))², and its derivative by hand.
    const w = variable([0.3, -0.8]);
    const { value, grads } = tf.variableGrads(() => {
      const inner = tf.variableGrads(() => tf.sum(tf.square(tf.tanh(w))) as tf.Scalar, [w]);
      return tf.sum(tf.square(inner.grads[w.name]!)) as tf.Scalar;
    }, [w]);
    const t = [0.3, -0.8].map(Math.tanh);
    const slopes = t.map((v) => 2 * v * (1 - v * v));
    expectClose(read(value), [slopes.reduce((sum, s) => sum + s * s, 0)]);
    expectClose(
      read(grads[w.name]!),
      t.map((v, i) => 2 * slopes[i]! * (2 - 6 * v * v) * (1 - v * v)),
    );
    w.dispose();
  });

  test('valueAndGrad and grads within grad', () => {
    const inner = (x: tf.Tensor) => {
      const { value, grad } = tf.valueAndGrad((v: tf.Tensor) => tf.sum(tf.exp(v)))(x);
      const [da, db] = tf.grads((a, b) => tf.mul(tf.sigmoid(a), b))([x, tf.mul(x, 1)]);
      return tf.add(tf.sum(tf.add(grad, tf.add(da!, db!))), value);
    };
    const s = 1 / (1 + Math.exp(-0.5));
    const slope = s * (1 - s);
    // Of eˣ + eˣ + x·σ′(x) + σ(x).
    expectClose(
      gradient(inner, [0.5]),
      [2 * Math.exp(0.5) + slope + 0.5 * slope * (1 - 2 * s) + slope],
      1e-4,
    );
  });

  test('what an inner function takes as a constant is one', () => {
    // d/dx of e^x is e^x; stock has e^x + x·e^x for the inner gradient, and so (2 + x)·e^x here.
    const inner = (x: tf.Tensor) => {
      const c = tf.exp(x);
      return tf.grad((v) => tf.mul(v, c))(x);
    };
    expectClose(gradient(inner, [0.5]), [Math.exp(0.5)]);
    expectClose(read(tf.tidy(() => inner(tf.tensor1d([0.5])))), [Math.exp(0.5)]);
  });

  test('a gradient within a function of a gradient of its own, where stock throws', () => {
    const f = tf.customGrad((x, save) => {
      (save as tf.GradSaveFunc)([x as tf.Tensor]);
      const value = tf.grad((v) => tf.mul(v, tf.square(v)))(x as tf.Tensor);
      return { value, gradFunc: (dy, [saved]) => tf.mul(dy, tf.mul(saved!, 6)) };
    });
    expectClose(
      gradient((x) => f(x), [2]),
      [12],
    );
    expectClose(read(tf.tidy(() => f(tf.tensor1d([2])))), [12]);
  });

  test('a function that gives one tensor as the gradient of both its inputs', () => {
    const sum = tf.customGrad((a, b) => ({
      value: tf.add(a as tf.Tensor, b as tf.Tensor),
      gradFunc: (dy) => [dy, dy],
    }));
    // Stock: 'Tensor is disposed.'
    const f = (x: tf.Tensor) => tf.add(sum(x, tf.mul(x, 3)), tf.mul(x, x));
    expect(gradient(f, [2])).toEqual([8]);
    const [x, dy] = [tf.tensor1d([2]), tf.tensor1d([1])];
    expect(read(tf.grad((v) => sum(v, v))(x, dy))).toEqual([2]);
    expect(read(dy)).toEqual([1]);
    x.dispose();
  });

  test('what a gradient had saved is freed when it fails, where stock keeps it', () => {
    const x = tf.tensor1d([1, 2]);
    expect(() =>
      tf.grad((v) => {
        tf.exp(v).square();
        throw new Error('no');
      })(x),
    ).toThrow('no');
    expect(() => tf.grad((v) => tf.exp(v).greater(1))(x)).toThrow('Cannot compute gradient');
    x.dispose();
  });
});
