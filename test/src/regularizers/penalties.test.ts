import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as regularizers from '../../../src/regularizers/index.ts';
import { expectClose, gradients, onBackends, read } from '../support.ts';

const penalties = {
  l1: regularizers.l1({ l1: 0.3 }),
  l2: regularizers.l2({ l2: 0.2 }),
  l1l2: regularizers.l1l2({ l1: 0.3, l2: 0.2 }),
  'orthogonal rows': regularizers.orthogonal({ factor: 0.5 }),
  'orthogonal columns': regularizers.orthogonal({ factor: 0.5, mode: 'columns' }),
  groupLasso: regularizers.groupLasso({ factor: 0.4 }),
  'groupLasso of both axes': regularizers.groupLasso({ factor: 0.4, axis: [0, 1] }),
};

onBackends('penalties', () => {
  const w = [3, -1, 4, 2, 0.5, -2];

  it.each([
    // λ₁·(3 + 1 + 4 + 2 + 0.5 + 2), λ₂·(9 + 1 + 16 + 4 + 0.25 + 4), and their sum.
    ['l1', 0.3 * 12.5],
    ['l2', 0.2 * 34.25],
    ['l1l2', 0.3 * 12.5 + 0.2 * 34.25],
    // Rows [3, −1, 4] and [2, 0.5, −2]: |6 − 0.5 − 8| / √(26·8.25).
    ['orthogonal rows', (0.5 * 2.5) / Math.sqrt(26 * 8.25)],
    // Columns [3, 2], [−1, 0.5], [4, −2]: the mean over three pairs.
    [
      'orthogonal columns',
      (0.5 * (2 / Math.sqrt(13 * 1.25) + 8 / Math.sqrt(13 * 20) + 5 / Math.sqrt(1.25 * 20))) / 3,
    ],
    ['groupLasso', 0.4 * Math.SQRT2 * (Math.sqrt(13) + Math.sqrt(1.25) + Math.sqrt(20))],
    ['groupLasso of both axes', 0.4 * Math.sqrt(6) * Math.sqrt(34.25)],
  ] as const)('%s is its formula, for a layer and for a tree', (name, expected) => {
    const x = tf.tensor2d(w, [2, 3]);
    expectClose(read(penalties[name].apply(x)), [expected]);
    expectClose(read(penalties[name].penalty({ a: x, b: [x] })), [2 * expected]);
    expectClose(read(penalties[name].penalty([])), [0]);
    x.dispose();
  });

  it('l1 and l2 take their factor alone', () => {
    const x = tf.tensor2d(w, [2, 3]);
    expectClose(read(regularizers.l1(0.3).apply(x)), [0.3 * 12.5]);
    expectClose(read(regularizers.l2(0.2).apply(x)), [0.2 * 34.25]);
    x.dispose();
    expect(() => regularizers.l2(-1)).toThrow('l2: l2 must be a finite number of at least 0; received -1');
  });

  it.each(Object.entries(penalties))('%s has the gradient of its formula', (_, regularizer) => {
    const { exact, differences } = gradients((x) => regularizer.penalty([x]), w, [2, 3]);
    expectClose(exact, differences, 2e-3);
  });

  it.each(Object.entries(penalties))('%s has no slope at 0 that is not finite', (_, regularizer) => {
    const slopes = tf.tidy(() =>
      Array.from(
        tf
          .grad((x) => regularizer.apply(x))(tf.zeros([2, 3]))
          .dataSync(),
      ),
    );
    expect(slopes.every(Number.isFinite)).toBe(true);
  });
});

onBackends('a model with penalties', () => {
  const build = (): tf.Sequential =>
    tf.sequential({
      layers: [
        tf.layers.dense({
          units: 3,
          inputShape: [2],
          kernelInitializer: 'ones',
          kernelRegularizer: regularizers.l2({ l2: 0.1 }),
          biasRegularizer: regularizers.l1({ l1: 0.5 }),
        }),
        tf.layers.dense({
          units: 1,
          kernelInitializer: 'ones',
          kernelRegularizer: regularizers.orthogonal({ mode: 'columns' }),
        }),
      ],
    });

  it('adds λ·Σw² to the loss it trains on', async () => {
    const model = build();
    const optimizer = tf.train.sgd(0.01);
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[9]])];
    const { history } = await model.fit(x, y, { epochs: 1, verbose: 0 });
    // The prediction is 3·(1 + 2) = 9; what is left is 0.1 times six squares of 1.
    expectClose(history.loss as number[], [0.6]);
    // w ← 1 − 0.01·2·0.1·1, in every weight of the kernel; the second kernel has one column, and no pair.
    expectClose(read(model.layers[0]!.getWeights()[0]!.clone()), new Array<number>(6).fill(1 - 0.002));
    tf.dispose([x, y]);
    model.dispose();
    optimizer.dispose();
  });

  it('is saved and loaded with them', async () => {
    const model = build();
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save({
      save: (artifacts) => {
        saved = JSON.parse(JSON.stringify({ ...artifacts, weightData: undefined })) as tf.io.ModelArtifacts;
        saved.weightData = artifacts.weightData!;
        return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
      },
    });
    const loaded = await tf.loadLayersModel({ load: () => Promise.resolve(saved!) });
    const configs = (one: tf.LayersModel): unknown[] =>
      one.layers.map((layer) => layer.getConfig().kernelRegularizer);
    expect(configs(loaded)).toEqual(configs(model));
    expect(configs(loaded)).toEqual([
      { className: 'L1L2', config: { l1: 0, l2: 0.1 } },
      { className: 'OrthogonalRegularizer', config: { factor: 0.01, mode: 'columns' } },
    ]);
    model.dispose();
    loaded.dispose();
  });
});

describe('arguments', () => {
  it.each([
    [() => regularizers.l2({ l2: -1 }), 'l2: l2 must be a finite number of at least 0; received -1'],
    [() => regularizers.l1({ l2: 1 } as never), "l1: options must be among 'l1'; received 'l2'"],
    [
      () => regularizers.orthogonal({ mode: 'row' as never }),
      "orthogonal: mode must be one of 'rows', 'columns'",
    ],
    [
      () => regularizers.groupLasso({ axis: 0.5 }),
      'groupLasso: axis must be an integer, or a list of them; received 0.5',
    ],
    [
      () => regularizers.groupLasso({ axis: 2 }).apply(tf.ones([2, 2])),
      'groupLasso: axis must be within the 2 axes of a tensor of shape [2,2]; received [2]',
    ],
    [
      () => regularizers.orthogonal().apply(tf.ones([3])),
      'orthogonal: weights must be a matrix; received the shape [3]',
    ],
  ])('that do not fit are errors: %#', (call, message) => {
    tf.tidy(() => {
      expect(call).toThrow(message);
    });
  });
});
