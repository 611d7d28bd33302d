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

function classifier(activation: 'softmax' | 'linear' | 'sigmoid', units = 3, inputs = 2): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  return tf.sequential({
    layers: [tf.layers.dense({ units, inputShape: [inputs], activation, kernelInitializer })],
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
    const model = classifier('sigmoid', 2);
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

  test('accuracy of two classes counts logits from 0 on, probabilities from one half on', () => {
    const x = tf.tensor2d([[0.3], [-1], [2], [0.2]]);
    const y = tf.tensor2d([[1], [0], [1], [1]]);
    const accuracy = (loss: losses.LossFunction) => {
      const model = classifier('linear', 1, 1);
      model.setWeights([tf.tensor2d([[1]]), tf.tensor1d([0])]);
      model.compile({ loss, optimizer: 'sgd', metrics: ['accuracy'] });
      const [value, right] = (model.evaluate(x, y) as tf.Scalar[]).map((one) => read(one));
      model.dispose();
      return [right![0], value!.length];
    };
    tf.engine().startScope();
    for (const loss of [losses.binaryCrossentropy, losses.binaryFocal]) {
      expect(accuracy(loss({ fromLogits: true }))).toEqual([1, 1]);
    }
    expect(accuracy(losses.hinge())).toEqual([0.5, 1]);
    tf.engine().endScope();
    for (const used of [x, y]) used.dispose();
  });

  test('takes integer labels of sequences, in the shape of the steps or with a last axis of one', () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4, 2] })] });
    const x = tf.randomNormal([2, 4, 2], 0, 1, 'float32', 1);
    const labels = [
      [0, 2, -1, 1],
      [1, -1, -1, 0],
    ];
    const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true, ignoreIndex: -1 });
    model.compile({ loss, optimizer: 'sgd' });
    const predicted = model.predict(x) as tf.Tensor;
    const expected = read(loss(labels, predicted));
    for (const shape of [
      [2, 4],
      [2, 4, 1],
    ]) {
      const y = tf.tensor(labels.flat(), shape);
      expectClose(read(model.evaluate(x, y) as tf.Scalar), expected);
      y.dispose();
    }
    for (const used of [x, predicted, model]) used.dispose();
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

// Classes 0 and 1 of the rows of X are predicted by these weights, but for the last row.
const PREDICTED = [0, 1, 0, 1];
const LABELS = [0, 1, 0, 2];

/** A model whose most likely class for X is PREDICTED: scores of 1, 3·x₁ and −9. */
function known(): tf.Sequential {
  const model = classifier('softmax');
  tf.tidy(() => {
    const kernel = tf.tensor2d([
      [0, 0, 0],
      [0, 3, 0],
    ]);
    model.setWeights([kernel, tf.tensor1d([1, 0, -9])]);
  });
  return model;
}

const CLASS_WEIGHT = { 0: 1, 1: 2, 2: 10 };

type Loss = (y: tf.Tensor, p: tf.Tensor) => tf.Tensor;

onBackends('metrics: accuracy', () => {
  const sparse: [string, Loss | string][] = [
    ['the name', 'sparseCategoricalCrossentropy'],
    ['the loss itself', losses.sparseCategoricalCrossentropy],
    ['a function around it', (y, p) => losses.sparseCategoricalCrossentropy(y, p)],
    [
      'a function around it, without reduction',
      (y, p) => losses.sparseCategoricalCrossentropy(y, p, { reduction: 'none' }),
    ],
  ];

  test.each(sparse)('counts integer labels, of shape [4] and [4, 1], with %s', (_, loss) => {
    const model = known();
    const x = tf.tensor2d(X);
    const predicted = model.predict(x) as tf.Tensor;
    expect(read(predicted.argMax(-1))).toEqual(PREDICTED);
    const optimizer = sgd();
    for (const given of [loss, [loss], { [model.outputNames[0]!]: loss }] as (Loss | string)[]) {
      model.compile({ loss: given, optimizer, metrics: ['accuracy'] });
      for (const shape of [[4], [4, 1]]) {
        const y = tf.tensor(LABELS, shape);
        const [value, accuracy] = model.evaluate(x, y) as tf.Scalar[];
        expectClose(read(value!), read(losses.sparseCategoricalCrossentropy(y, predicted)));
        expect(read(accuracy!)).toEqual([0.75]);
        y.dispose();
      }
    }
    for (const used of [x, predicted, model, optimizer]) used.dispose();
  });

  test('counts one-hot labels as before, and leaves a metric of the user alone', () => {
    const model = known();
    const [x, y] = [tf.tensor2d(X), tf.tidy(() => tf.oneHot(tf.tensor1d(LABELS, 'int32'), 3).toFloat())];
    const acc = () => tf.scalar(7);
    model.compile({ loss: losses.categoricalCrossentropy, optimizer: 'sgd', metrics: ['accuracy', acc] });
    const [value, accuracy, mine] = model.evaluate(x, y) as tf.Scalar[];
    expect([...read(accuracy!), ...read(mine!)]).toEqual([0.75, 7]);
    for (const used of [x, y, value!, model]) used.dispose();
  });
});

onBackends('fit with classWeight', () => {
  const oneHot = LABELS.map((label) => [0, 1, 2].map((k) => (k === label ? 1 : 0)));

  /** The loss that one step of `fit` reports, and the kernel after it. */
  async function step(loss: Loss | string, labels: tf.Tensor): Promise<number[]> {
    const model = known();
    const optimizer = sgd({ learningRate: 0.1 });
    const x = tf.tensor2d(X);
    try {
      model.compile({ loss, optimizer });
      const { history } = await model.fit(x, labels, { epochs: 1, verbose: 0, classWeight: CLASS_WEIGHT });
      return [Number(history.loss![0]), ...model.getWeights()[0]!.dataSync()];
    } finally {
      for (const used of [x, model, optimizer]) used.dispose();
    }
  }

  test('weighs each sample by its class, as with tfjs’s own loss', async () => {
    const y = tf.tensor2d(oneHot);
    const expected = await step('categoricalCrossentropy', y);
    expectClose(await step(losses.categoricalCrossentropy, y), expected);
    expectClose(
      await step((t, p) => losses.categoricalCrossentropy(t, p, { reduction: 'none' }), y),
      expected,
    );
    for (const shape of [[4], [4, 1]]) {
      const labels = tf.tensor(LABELS, shape);
      expectClose(await step(losses.sparseCategoricalCrossentropy, labels), expected);
      labels.dispose();
    }
    y.dispose();
  });

  test.each(
    [
      losses.binaryCrossentropy,
      losses.binaryFocal,
      losses.categoricalFocal,
      losses.categoricalHinge,
      losses.cosineSimilarity,
      losses.hinge,
      losses.huber,
      losses.jensenShannon,
      losses.klDivergence,
      losses.logCosh,
      losses.meanAbsoluteError,
      losses.meanSquaredError,
      losses.meanSquaredLogarithmicError,
      losses.poisson,
      losses.quantile,
      losses.squaredHinge,
    ].map((loss): [string, typeof losses.huber] => [loss.name, loss]),
  )('reports the weighted mean of %s', async (_, loss) => {
    const model = known();
    const x = tf.tensor2d(X);
    const y = tf.tensor2d(oneHot);
    const weights = LABELS.map((label) => CLASS_WEIGHT[label as 0 | 1 | 2]);
    const predicted = model.predict(x) as tf.Tensor;
    // The weighted sum over the number of samples.
    const expected = read(loss(y, predicted, { sampleWeight: weights }));
    expectClose((await step(loss, y)).slice(0, 1), expected);
    for (const used of [x, y, predicted, model]) used.dispose();
  });

  test('weighs samples of several values once each', async () => {
    const model = tf.sequential({ layers: [tf.layers.reshape({ targetShape: [2, 1], inputShape: [2] })] });
    model.add(tf.layers.dense({ units: 1 }));
    model.add(tf.layers.flatten());
    const loss: Loss = (y, p) =>
      losses.meanSquaredError(y.expandDims(2), p.expandDims(2), { reduction: 'none' });
    const optimizer = sgd({ learningRate: 0 });
    model.compile({ loss, optimizer });
    const [x, y] = [
      tf.tensor2d(X),
      tf.tensor2d([
        [1, 0],
        [0, 1],
        [1, 0],
        [1, 0],
      ]),
    ];
    const { history } = await model.fit(x, y, { verbose: 0, classWeight: { 0: 1, 1: 3 } });
    const predicted = model.predict(x) as tf.Tensor;
    expectClose(
      [Number(history.loss![0])],
      read(losses.meanSquaredError(y, predicted, { sampleWeight: [1, 3, 1, 1] })),
    );
    for (const used of [x, y, predicted, model, optimizer]) used.dispose();
  });
});

// Outside the check for tensors left behind: tfjs leaves those of a step whose loss throws.
test('classWeight rejects a loss of one number for the batch, which no weight could reach', async () => {
  const [x, y] = [tf.tensor2d(X), tf.tensor1d(LABELS)];
  const whole: Loss = (t, p) => losses.sparseCategoricalCrossentropy(t, p);
  const model = known();
  model.compile({ loss: whole, optimizer: 'sgd' });
  await expect(model.fit(x, y, { verbose: 0, classWeight: CLASS_WEIGHT })).rejects.toThrow(
    'classWeight weighs the losses of samples, but whole returned one number for the whole batch',
  );
  const overAll = known();
  overAll.compile({ loss: losses.dice, optimizer: 'sgd' });
  const weights = { verbose: 0, sampleWeight: tf.ones([4]) };
  const [rows] = overAll.outputs.map(({ shape }) => tf.zeros([x.shape[0]!, ...(shape.slice(1) as number[])]));
  await expect(overAll.fit(x, rows!, weights)).rejects.toThrow('but dice returned one number');
  for (const used of [rows!, weights.sampleWeight, overAll]) used.dispose();
  // The next training without weights is not held to it.
  expect((await model.fit(x, y, { verbose: 0, epochs: 1 })).history.loss).toHaveLength(1);
  for (const used of [x, y, model]) used.dispose();
});
