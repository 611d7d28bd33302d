import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as losses from '../../../src/losses/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

const X = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

function classifier(activation: 'softmax' | 'linear', units = 3): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  return tf.sequential({
    layers: [tf.layers.dense({ units, inputShape: [2], activation, kernelInitializer })],
  });
}

onBackends('model.compile', () => {
  test('takes sparse labels, and accuracy then compares classes', async () => {
    const model = classifier('softmax');
    model.compile({ loss: losses.sparseCategoricalCrossentropy, optimizer: 'sgd', metrics: ['accuracy'] });
    const x = tf.tensor2d(X);
    const predicted = model.predict(x) as tf.Tensor;
    const best = predicted.argMax(-1);
    const classes = read(best);
    // Three labels are what the model predicts, the last is not.
    const labels = tf.tensor1d([...classes.slice(0, 3), (classes[3]! + 1) % 3]);
    const [loss, accuracy] = model.evaluate(x, labels) as tf.Scalar[];
    expectClose(read(loss!), read(losses.sparseCategoricalCrossentropy(labels, predicted)));
    expectClose(read(accuracy!), [0.75]);
    const { history } = await model.fit(x, labels, { epochs: 2, verbose: 0 });
    expect(Object.keys(history)).toEqual(['loss', 'acc']);
    for (const used of [x, labels, predicted, model]) used.dispose();
  });

  test('takes a function around a loss, which brings options and targets of its own', async () => {
    const model = classifier('linear');
    const optimizer = sgd({ learningRate: 0.5 });
    const loss = (y: tf.Tensor, p: tf.Tensor) =>
      losses.sparseCategoricalCrossentropy(y, p, { fromLogits: true });
    model.compile({ loss, optimizer });
    const x = tf.tensor2d(X);
    const labels = tf.tensor1d([0, 1, 2, 1]);
    const predicted = model.predict(x) as tf.Tensor;
    const reported = model.evaluate(x, labels) as tf.Scalar;
    expectClose(read(reported), read(loss(labels, predicted)));
    const { history } = await model.fit(x, labels, { epochs: 30, verbose: 0 });
    expect(Number(history.loss!.at(-1))).toBeLessThan(Number(history.loss![0]) * 0.8);
    for (const used of [x, labels, predicted, model, optimizer]) used.dispose();
  });

  test('evaluate weighs a last, smaller batch by its size', () => {
    const model = classifier('linear', 1);
    model.compile({ loss: losses.meanSquaredError, optimizer: 'sgd' });
    const x = tf.tensor2d(X);
    const y = tf.tensor2d([[1], [2], [3], [40]]);
    const predicted = model.predict(x) as tf.Tensor;
    const reported = model.evaluate(x, y, { batchSize: 3 }) as tf.Scalar;
    expectClose(read(reported), read(losses.meanSquaredError(y, predicted)));
    for (const used of [x, y, predicted, model]) used.dispose();
  });

  test('binaryCrossentropy of several labels counts each label in the accuracy', () => {
    const model = classifier('linear', 2);
    const loss = losses.binaryCrossentropy;
    model.compile({ loss, optimizer: 'sgd', metrics: ['accuracy'] });
    const x = tf.tensor2d(X);
    const y = tf.tensor2d([
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 0],
    ]);
    const predicted = model.predict(x) as tf.Tensor;
    const right = read(predicted).map((p, i) => ((p > 0.5 ? 1 : 0) === [0, 0, 0, 0, 0, 0, 1, 0][i] ? 1 : 0));
    const [value, accuracy] = model.evaluate(x, y) as tf.Scalar[];
    expectClose(read(accuracy!), [right.reduce<number>((a, b) => a + b, 0) / 8]);
    for (const used of [x, y, value!, model]) used.dispose();
  });

  test('takes losses by output, and reports each', () => {
    const input = tf.input({ shape: [2] });
    const a = tf.layers
      .dense({ units: 3, activation: 'softmax', name: 'a' })
      .apply(input) as tf.SymbolicTensor;
    const b = tf.layers.dense({ units: 1, name: 'b' }).apply(input) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: [a, b] });
    const mine = { a: losses.sparseCategoricalCrossentropy, b: losses.huber };
    model.compile({ loss: [mine.a, mine.b], optimizer: 'sgd' });
    const x = tf.tensor2d(X);
    const y = [tf.tensor1d([0, 1, 2, 1]), tf.tensor2d([[1], [2], [3], [4]])];
    const predicted = model.predict(x) as tf.Tensor[];
    const reported = model.evaluate(x, y) as tf.Scalar[];
    const expected = [...read(mine.a(y[0]!, predicted[0]!)), ...read(mine.b(y[1]!, predicted[1]!))];
    const values = reported.flatMap((value) => read(value));
    // tfjs puts running totals before the loss of each output.
    expectClose(values.slice(-2), expected);
    for (const used of [x, ...y, ...predicted, model]) used.dispose();
  });

  test('names of losses work as before', () => {
    const model = classifier('softmax');
    model.compile({ loss: 'categoricalCrossentropy', optimizer: 'sgd' });
    const x = tf.tensor2d(X);
    const wrong = tf.tensor2d([[1], [2], [3], [4]]);
    expect(() => model.evaluate(x, wrong)).toThrow('target expected a batch');
    for (const used of [x, wrong, model]) used.dispose();
  });
});
