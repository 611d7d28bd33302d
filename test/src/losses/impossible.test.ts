import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as losses from '../../../src/losses/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import { uncompiled } from '../backend/compiled/support.ts';
import { expectClose, onBackends, read } from '../support.ts';

// Logits of −Infinity: classes that cannot be, such as masked actions. The others are a softmax of their own.
const NONE = Number.NEGATIVE_INFINITY;
const LOGITS = [
  [1, NONE, 0],
  [NONE, NONE, 2],
];
const E = Math.E;
const LOSS = Math.log(1 + 1 / E);
const GRADIENT = [E / (1 + E) - 1, 0, 1 / (1 + E), 0, 0, 0].map((slope) => slope / 2);
const ONE_HOT = [
  [1, 0, 0],
  [0, 0, 1],
];

const logits = { fromLogits: true };
type Case = [name: string, labels: number[] | number[][], loss: losses.LossFunction];
const cases: Case[] = [
  ['sparseCategoricalCrossentropy', [0, 2], losses.sparseCategoricalCrossentropy(logits)],
  [
    'sparseCategoricalCrossentropy with ignoreIndex',
    [0, 2],
    losses.sparseCategoricalCrossentropy({ ...logits, ignoreIndex: -1 }),
  ],
  ['categoricalCrossentropy', ONE_HOT, losses.categoricalCrossentropy(logits)],
];

/** The value of a function and its gradient at `x`, as plain numbers. */
function at(x: number[][], f: (x: tf.Tensor) => tf.Tensor): [value: number[], gradient: number[]] {
  const point = tf.tensor(x);
  const { value, grad } = tf.valueAndGrad(f)(point);
  point.dispose();
  return [read(value), read(grad)];
}

/** One step of a model whose logit of class 1 is −Infinity by its bias, and the weights after it. */
async function trained(labels: number[], loss: losses.LossFunction) {
  const optimizer = sgd({ learningRate: 1 });
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [1] })] });
  const [x, start, bias] = [tf.tensor([[1]]), tf.tensor([[1, 5, 0]]), tf.tensor([0, NONE, 0])];
  const y = tf.tensor([labels]);
  model.setWeights([start, bias]);
  model.compile({ optimizer, loss });
  const { history } = await model.fit(x, y, { epochs: 1, verbose: 0 });
  const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  tf.dispose([x, y, start, bias]);
  for (const used of [model, optimizer]) used.dispose();
  return { loss: Number(history.loss![0]), weights };
}

onBackends('a logit of −Infinity', () => {
  test.each(cases)(
    '%s: adds nothing to the loss of another class, and has no gradient',
    (_, labels, loss) => {
      const y = tf.tensor(labels);
      const [value, gradient] = at(LOGITS, (x) => loss(y, x));
      y.dispose();
      expectClose(value, [LOSS / 2]);
      expectClose(gradient, GRADIENT);
    },
  );

  test.each(cases)('%s: second derivatives leave it out', (_, labels, loss) => {
    const y = tf.tensor(labels);
    // p·(δ − p) / 2 summed over the first column, p the softmax of the first row
    const first = tf.tensor([1, 0, 0, 0, 0, 0], [2, 3]);
    const slope = (x: tf.Tensor) => tf.sum(tf.mul(tf.grad((v) => loss(y, v))(x), first));
    const x = tf.tensor(LOGITS);
    const second = tf.grad(slope)(x);
    const p = E / (1 + E);
    expectClose(read(second), [(p * (1 - p)) / 2, 0, (-p * (1 - p)) / 2, 0, 0, 0]);
    tf.dispose([y, first, x]);
  });

  test.each(cases)('%s: as the logit of the true class it makes the loss infinite', (_, labels, loss) => {
    const y = tf.tensor(labels);
    const infinite = loss(y, [
      [NONE, 1, 0],
      [0, 0, 0],
    ]);
    expect(read(infinite)).toEqual([Number.POSITIVE_INFINITY]);
    y.dispose();
  });

  test('NaN stays NaN beside it', () => {
    const labels = [
      [0, 0, 1],
      [0, 0, 0],
    ];
    const broken = [
      [NONE, 1, 1],
      [Number.NaN, NONE, 0],
    ];
    const each = losses.categoricalCrossentropy(labels, broken, { ...logits, reduction: 'none' });
    expectClose(read(each).slice(0, 1), [Math.LN2]);
    expect(read(losses.categoricalCrossentropy(labels, broken, logits))).toEqual([Number.NaN]);
  });

  test('smoothed labels give it a share, and thus an infinite loss with a finite gradient', () => {
    const loss = losses.categoricalCrossentropy({ ...logits, labelSmoothing: 0.3 });
    const [value, gradient] = at(LOGITS, (x) => loss(ONE_HOT, x));
    expect(value).toEqual([Number.POSITIVE_INFINITY]);
    const p = E / (1 + E);
    expectClose(
      gradient,
      [p - 0.8, -0.1, 1 - p - 0.1, -0.1, -0.1, 0.2].map((slope) => slope / 2),
    );
  });

  test('the gradient by the labels is −log p, also where a label is 0', () => {
    const [, slope] = at([[1, 0, 0]], (y) => losses.categoricalCrossentropy(y, [[1, 0, 0]], logits));
    const least = Math.log(E + 2);
    expectClose(slope, [least - 1, least, least]);
  });

  test.each([
    ['sparseCategoricalCrossentropy', [0], losses.sparseCategoricalCrossentropy(logits)],
    ['categoricalCrossentropy', [1, 0, 0], losses.categoricalCrossentropy(logits)],
  ] as [string, number[], losses.LossFunction][])('%s: a model trains on', async (_, labels, loss) => {
    for (const run of [await trained(labels, loss), await uncompiled(() => trained(labels, loss))]) {
      expectClose([run.loss], [LOSS]);
      const slope = 1 / (1 + E);
      expectClose(run.weights.slice(0, 4), [1 + slope, 5, -slope, slope]);
      expect(run.weights[4]).toBe(NONE);
      expectClose(run.weights.slice(5), [-slope]);
    }
  });
});
