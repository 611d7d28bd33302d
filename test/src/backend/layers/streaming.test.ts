import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';
import { column, frozen } from './samples.ts';

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

// One true positive among 3 predicted and 2 true ones.
const LABELS = [1, 1, 0, 0, 0];
const SCORES = [0.9, 0.2, 0.8, 0.7, 0.1];

/** A model that gives back its input. */
function identity(): tf.Sequential {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'ones' })],
  });
  return model;
}

onBackends('metrics over the epoch', () => {
  const names = [
    ['precision', 'recall', 'r2Score'],
    [tf.metrics.precision, tf.metrics.recall, tf.metrics.r2Score],
  ];

  test('R² has its digits where the truth is far from 0, and is 0 or 1 where it does not differ', async () => {
    const far = LABELS.map((label) => 20000 + label);
    const [x, y] = [column(SCORES.map((score) => 20000 + score)), column(far)];
    const total = far.reduce((s, v) => s + (v - 20000.4) ** 2, 0);
    const predicted = Array.from(x.dataSync());
    const expected = 1 - far.reduce((s, v, i) => s + (v - predicted[i]!) ** 2, 0) / total;
    const same = tf.fill([5, 1], 3);
    for (const batchSize of [1, 2, 5]) {
      const model = identity();
      const optimizer = frozen();
      model.compile({ loss: 'meanSquaredError', optimizer, metrics: ['r2Score'] });
      const score = (given: tf.Tensor, truth: tf.Tensor): number => {
        const evaluated = model.evaluate(given, truth, { batchSize }) as tf.Scalar[];
        const value = evaluated[1]!.dataSync()[0]!;
        tf.dispose(evaluated);
        return value;
      };
      expectClose([score(y, y), score(x, y)], [1, expected], 2e-3);
      expect([score(same, same), score(x, same)]).toEqual([1, 0]);
      model.dispose();
      optimizer.dispose();
    }
    tf.dispose([x, y, same]);
  });

  test.each(names.map((list) => [list]))(
    'precision, recall and R² do not depend on the batch size',
    async (list) => {
      const total = LABELS.reduce((s, v) => s + (v - 0.4) ** 2, 0);
      const r2 = 1 - LABELS.reduce((s, v, i) => s + (v - SCORES[i]!) ** 2, 0) / total;
      for (const batchSize of [1, 2, 5]) {
        const model = identity();
        const optimizer = frozen();
        model.compile({ loss: 'meanSquaredError', optimizer, metrics: list });
        const [x, y] = [column(SCORES), column(LABELS)];
        const { history } = await model.fit(x, y, {
          verbose: 0,
          epochs: 2,
          batchSize,
          validationData: [x, y],
        });
        for (const name of ['precision', 'val_precision'])
          expectClose(history[name]!.map(Number), [1 / 3, 1 / 3]);
        for (const name of ['recall', 'val_recall']) expectClose(history[name]!.map(Number), [1 / 2, 1 / 2]);
        for (const name of ['r2Score', 'val_r2Score'])
          expectClose(history[name]!.map(Number), [r2, r2], 1e-4);
        const evaluated = model.evaluate(x, y, { batchSize }) as tf.Scalar[];
        expectClose(evaluated.slice(1).flatMap(read), [1 / 3, 1 / 2, r2], 1e-4);
        const rows = SCORES.map((s, i) => ({ xs: [s], ys: [LABELS[i]!] }));
        const dataset = tf.data.array(rows).batch(batchSize);
        const byDataset = await model.fitDataset(dataset, { epochs: 1, verbose: 0, validationData: dataset });
        expectClose(
          [Number(byDataset.history.precision![0]), Number(byDataset.history.val_recall![0])],
          [1 / 3, 1 / 2],
        );
        for (const used of [x, y, model, optimizer, evaluated[0]!]) used.dispose();
      }
    },
  );

  test('means weigh a last, smaller batch by its size', async () => {
    const model = identity();
    const optimizer = frozen();
    model.compile({ loss: 'meanSquaredError', optimizer, metrics: ['accuracy', 'mae'] });
    const [x, y] = [column(SCORES), column(LABELS)];
    const { history } = await model.fit(x, y, { verbose: 0, batchSize: 2, validationData: [x, y] });
    const error = mean(LABELS.map((v, i) => Math.abs(v - SCORES[i]!)));
    expectClose(
      [history.acc, history.val_acc, history.mae, history.val_mae].map((h) => Number(h![0])),
      [2 / 5, 2 / 5, error, error],
    );
    for (const used of [x, y, model, optimizer]) used.dispose();
  });

  test('the loss of an evaluation has the penalties of regularizers, as that of a training', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 1,
          inputShape: [1],
          kernelInitializer: 'ones',
          kernelRegularizer: tf.regularizers.l2({ l2: 0.5 }),
        }),
      ],
    });
    const optimizer = frozen();
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [column([1, 2]), column([1, 2])];
    const { history } = await model.fit(x, y, { verbose: 0, validationData: [x, y] });
    expectClose([Number(history.loss![0]), Number(history.val_loss![0])], [0.5, 0.5]);
    for (const used of [x, y, model, optimizer]) used.dispose();
  });
});
