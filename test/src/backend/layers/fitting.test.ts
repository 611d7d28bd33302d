import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import * as losses from '../../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';
import { column, frozen } from './samples.ts';
import { stock } from './stock.ts';

const X = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
  [2, 1],
];
const Y = [1, 2, 3, 40, 5];
const WEIGHTS = [1, 0.5, 2, 0, 3];

/** Predicts x₁ + 2·x₂ + 1. */
function linear(): tf.Sequential {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  tf.tidy(() => model.setWeights([column([1, 2]), tf.tensor1d([1])]));
  return model;
}

const PREDICTED = X.map(([a, b]) => a! + 2 * b! + 1);
const SQUARES = Y.map((y, i) => (y - PREDICTED[i]!) ** 2);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const weighted = mean(SQUARES.map((s, i) => s * WEIGHTS[i]!));

onBackends('sampleWeight', () => {
  // Stock: 'sample weight is not supported yet.'
  const forms: [string, () => unknown][] = [
    ['an array', () => WEIGHTS],
    ['a typed array', () => Float32Array.from(WEIGHTS)],
    ['a tensor', () => tf.tensor1d(WEIGHTS)],
    ['a column', () => column(WEIGHTS)],
    ['a list', () => [WEIGHTS]],
  ];

  test.each(forms)('as %s, in batches, for fit, evaluate and validation', async (_, form) => {
    for (const loss of ['meanSquaredError', losses.meanSquaredError] as const) {
      const model = linear();
      const optimizer = frozen();
      model.compile({ loss, optimizer });
      const [x, y] = [tf.tensor2d(X), column(Y)];
      const sampleWeight = form() as number[];
      const { history } = await model.fit(x, y, {
        verbose: 0,
        batchSize: 2,
        sampleWeight,
        validationData: [x, y, sampleWeight],
      });
      expectClose([Number(history.loss![0]), Number(history.val_loss![0])], [weighted, weighted]);
      expectClose(read(model.evaluate(x, y, { sampleWeight, batchSize: 2 }) as tf.Scalar), [weighted]);
      expectClose([(await model.trainOnBatch(x, y, { sampleWeight })) as number], [weighted]);
      expectClose(read(model.evaluate(x, y) as tf.Scalar), [mean(SQUARES)]);
      tf.dispose([x, y, sampleWeight as unknown as tf.Tensor]);
      model.dispose();
      optimizer.dispose();
    }
  });

  test('reaches the gradient', async () => {
    const model = linear();
    const optimizer = tf.train.sgd(0.1);
    model.compile({ loss: losses.meanSquaredError, optimizer });
    const [x, y] = [tf.tensor2d(X), column(Y)];
    await model.fit(x, y, { verbose: 0, sampleWeight: WEIGHTS });
    // ∂/∂b of the mean of w·(y − p)² is the mean of −2·w·(y − p).
    const slope = mean(Y.map((v, i) => -2 * WEIGHTS[i]! * (v - PREDICTED[i]!)));
    expectClose([...model.getWeights()[1]!.dataSync()], [1 - 0.1 * slope]);
    for (const used of [x, y, model, optimizer]) used.dispose();
  });

  test('with validationSplit the last weights are those of the validation', async () => {
    const model = linear();
    const optimizer = frozen();
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d(X), column(Y)];
    const { history } = await model.fit(x, y, { verbose: 0, sampleWeight: WEIGHTS, validationSplit: 0.4 });
    const products = SQUARES.map((s, i) => s * WEIGHTS[i]!);
    expectClose(
      [Number(history.loss![0]), Number(history.val_loss![0])],
      [mean(products.slice(0, 3)), mean(products.slice(3))],
    );
    for (const used of [x, y, model, optimizer]) used.dispose();
  });

  test('together with classWeight both are multiplied', async () => {
    const model = linear();
    const optimizer = frozen();
    model.compile({ loss: 'meanSquaredError', optimizer });
    const classes = [0, 1, 1, 0, 1];
    const [x, y] = [tf.tensor2d(X), column(classes)];
    const { history } = await model.fit(x, y, {
      verbose: 0,
      sampleWeight: WEIGHTS,
      classWeight: { 0: 10, 1: 1 },
    });
    const expected = mean(classes.map((c, i) => (c - PREDICTED[i]!) ** 2 * WEIGHTS[i]! * (c === 0 ? 10 : 1)));
    expectClose([Number(history.loss![0])], [expected]);
    for (const used of [x, y, model, optimizer]) used.dispose();
  });

  test('one for each of several outputs, by name and in a list', async () => {
    const input = tf.input({ shape: [2] });
    const dense = (name: string) =>
      tf.layers.dense({ units: 1, name, kernelInitializer: 'ones' }).apply(input) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: [dense('left'), dense('right')] });
    const optimizer = frozen();
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d(X), column(Y)];
    const squares = Y.map((v, i) => (v - X[i]![0]! - X[i]![1]!) ** 2);
    const [left, right] = [mean(squares.map((s, i) => s * WEIGHTS[i]!)), mean(squares)];
    for (const sampleWeight of [{ left: WEIGHTS }, [WEIGHTS, null]]) {
      const { history } = await model.fit(x, [y, y], {
        verbose: 0,
        sampleWeight,
        validationData: [x, [y, y], sampleWeight],
      });
      // Stock puts left's loss in the place of val_loss, and the sum in that of val_left_loss.
      expect(Object.keys(history).sort()).toEqual(
        ['left_loss', 'loss', 'right_loss', 'val_left_loss', 'val_loss', 'val_right_loss'].sort(),
      );
      for (const prefix of ['', 'val_']) {
        expectClose(
          ['loss', 'left_loss', 'right_loss'].map((name) => Number(history[prefix + name]![0])),
          [left + right, left, right],
        );
      }
    }
    for (const used of [x, y, model, optimizer]) used.dispose();
  });

  test('comes with the elements of a dataset', async () => {
    const model = linear();
    const optimizer = frozen();
    model.compile({ loss: 'meanSquaredError', optimizer });
    const rows = X.map((xs, i) => ({ xs, ys: [Y[i]!], sampleWeight: WEIGHTS[i]! }));
    const dataset = tf.data.array(rows).batch(2);
    const { history } = await model.fitDataset(dataset, { epochs: 2, verbose: 0, validationData: dataset });
    expectClose([...history.loss!, ...history.val_loss!].map(Number), [
      weighted,
      weighted,
      weighted,
      weighted,
    ]);
    expectClose(read((await model.evaluateDataset(dataset as never, {})) as tf.Scalar), [weighted]);
    for (const used of [model, optimizer]) used.dispose();
  });

  test('of each step of a sequence', async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [2, 1], kernelInitializer: 'ones' })],
    });
    const optimizer = frozen();
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor3d([1, 2, 3, 4], [2, 2, 1]), tf.zeros([2, 2, 1])];
    const sampleWeight = tf.tensor2d([1, 0, 0, 2], [2, 2]);
    // (1·1 + 4·0 + 9·0 + 16·2) / 4
    expectClose(read(model.evaluate(x, y, { sampleWeight }) as tf.Scalar), [33 / 4]);
    // A weight for the whole sequence: ((1 + 4)/2·1 + (9 + 16)/2·3) / 2
    expectClose(read(model.evaluate(x, y, { sampleWeight: [1, 3] }) as tf.Scalar), [(2.5 + 37.5) / 2]);
    for (const used of [x, y, sampleWeight, model, optimizer]) used.dispose();
  });

  test('is refused when it does not fit, with nothing left behind', async () => {
    const model = linear();
    const optimizer = frozen();
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d(X), tf.tensor1d(Y)];
    const train = (sampleWeight: unknown) =>
      model.fit(x, y, { verbose: 0, sampleWeight: sampleWeight as number[] });
    await expect(train([1, 2])).rejects.toThrow(
      'fit: sampleWeight must be one a sample, of shape [5]; received of shape [2]',
    );
    await expect(train({ nobody: WEIGHTS })).rejects.toThrow("received the output 'nobody'");
    await expect(train('heavy')).rejects.toThrow('received "heavy"');
    // Another training is possible.
    await model.fit(x, y, { verbose: 0 });
    for (const used of [x, y, model, optimizer]) used.dispose();
  });
});

test('stock refuses weights, and its precision is a mean over batches', async () => {
  expect(await stock('fitting')).toEqual({
    sampleWeight: 'sample weight is not supported yet.',
    // Batches of 2, 2 and 1: means of 1, 0, 0, each weighed by its size.
    precision: 0.4,
    recall: 'Unknown metric recall',
    outputs: 'val_loss is 1, the sum of both is 3',
  });
});
