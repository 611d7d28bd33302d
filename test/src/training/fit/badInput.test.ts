import { beforeEach, expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { sparseCategoricalCrossentropy } from '../../../../src/losses/index.ts';
import * as training from '../../../../src/training/index.ts';
import { onBackends } from '../../support.ts';
import { errorOf, free, network, sums, weightsOf } from '../support.ts';

type Options = training.FitOptions;

onBackends('fit refuses', () => {
  let message: string;
  beforeEach(() => {
    message = '';
  });

  async function refuse(data: unknown, options: object = {}, compile = true): Promise<void> {
    const model = network();
    if (compile) model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const before = weightsOf(model);
    const tensors = tf.memory().numTensors;
    const error = await errorOf(() => training.fit(model, data as training.Data, options as Options));
    message = error.message;
    expect(tf.memory().numTensors - tensors, 'tensors left behind').toBe(0);
    expect(weightsOf(model)).toEqual(before);
    if (compile) free(model);
    else model.dispose();
  }

  it('data of other shapes than those of the model', async () => {
    await refuse([[[1, 2]], [1]]);
    expect(message).toMatch(
      /^fit: x must be of the shape \[\?, 3\] of dense_Dense\d+_input; received \[1,2\]$/,
    );
    await refuse([[[1, 2, 3]], [[1, 2]]]);
    expect(message).toMatch(/^fit: y must be of the shape \[\?, 1\]/);
    await refuse([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [1],
    ]);
    expect(message).toBe('fit: y must be as many as x has, 2; received 1 samples');
  });

  it('data that is empty, ragged or none at all', async () => {
    await refuse([tf.zeros([0, 3]), tf.zeros([0, 1])].map((one) => one.dispose() ?? one));
    expect(message).toMatch(/a tensor that still exists/);
    await refuse([[], []]);
    expect(message).toMatch(/^fit: x must be/);
    await refuse([
      [[1, 2, 3], [4]],
      [1, 2],
    ]);
    expect(message).toMatch(/^fit: x must be a tensor/);
    for (const data of [undefined, null, 3, 'x', {}, { x: [[1, 2, 3]] }, new Date(0)]) {
      await refuse(data);
      expect(message).toMatch(/^fit: data must be/);
    }
  });

  it('batches that are no samples, or do not come', async () => {
    await refuse(() => [{ x: [[1, 2, 3]] }]);
    expect(message).toMatch(/^fit: a batch of data must be \[x, y\]/);
    await refuse(() => [{ x: [[1, 2]], y: [1] }]);
    expect(message).toMatch(/^fit: x must be of the shape \[\?, 3\]/);
    await refuse(() => []);
    expect(message).toBe('fit: the data gave no batch');
    await refuse(() => 3);
    expect(message).toMatch(/must return batches to iterate over/);
    await refuse(() => {
      throw new Error('there is no file');
    });
    expect(message).toBe('there is no file');
  });

  it('tensors that are gone when their turn comes', async () => {
    const model = network();
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const before = tf.memory().numTensors;
    const twice = function* (): Generator {
      const batch = [tf.ones([1, 3]), tf.ones([1, 1])];
      yield batch;
      yield batch;
    };
    const freed = await errorOf(() => training.fit(model, twice as training.Data));
    expect(freed.message).toMatch(
      /^fit: a batch of data must be of tensors that still exist \(those made.*unless tf\.keep.*a disposed tensor$/,
    );
    expect(tf.memory().numTensors).toBe(before);
    const [x, y] = sums();
    const callbacks = { onStepEnd: () => x.dispose() };
    const gone = await errorOf(() => training.fit(model, [x, y], { callbacks }));
    expect(gone.message).toBe(
      'fit: data must be of tensors that exist until the training has ended; received a tensor that was disposed of meanwhile',
    );
    y.dispose();
    expect(tf.memory().numTensors).toBe(before);
    free(model);
  });

  it('batches that end too early, after those that came', async () => {
    function* generate() {
      yield { x: [[1, 2, 3]], y: [1] };
      yield { x: [[1, 2, 3]], y: [1] };
    }
    for (const [data, options, expected] of [
      [generate(), { epochs: 2 }, /no batch in epoch 2; an iterator gives its batches once: pass a function/],
      [generate, { stepsPerEpoch: 3 }, /the data ended after 2 of 3 batches of epoch 1; stepsPerEpoch is 3/],
    ] as const) {
      const model = network();
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
      const error = await errorOf(() => training.fit(model, data as training.Data, options));
      expect(error.message).toMatch(expected);
      free(model);
    }
  });

  it('options that do not exist, or are out of range', async () => {
    const [x, y] = sums();
    const cases: [object, RegExp][] = [
      [{ epoch: 3 }, /did you mean 'epochs'/],
      [{ validationSplit: 0.2 }, /'validationSplit'/],
      [{ epochs: 0 }, /epochs must be an integer of at least 1; received 0/],
      [{ epochs: 1.5 }, /epochs/],
      [{ batchSize: 0 }, /batchSize/],
      [{ validation: 1 }, /validation must be a finite number in \(0, 1\); received 1/],
      [{ validation: 0.999 }, /validation must be such a share of 50 samples that both parts have one/],
      [{ validation: 'all' }, /validation must be/],
      [{ validation: [[[1, 2]], [1]] }, /x must be of the shape/],
      [{ seed: -1 }, /seed/],
      [{ seed: 1.5 }, /seed/],
      [{ shuffle: 1 }, /shuffle must be true or false/],
      [{ progress: 'no' }, /progress must be true or false/],
      [{ classWeight: { 0: -1 } }, /classWeight/],
      [{ stepsPerEpoch: 2 }, /stepsPerEpoch must be left out where the data is tensors/],
      [{ checkpoint: '' }, /checkpoint.path must be the path of a file/],
      [{ checkpoint: { path: 'a', every: 0 } }, /checkpoint.every/],
      [{ checkpoint: { path: 'a', each: 1 } }, /'each'/],
      [{ callbacks: (): void => {} }, /callbacks\[0\] must be an object with some of the methods/],
      [{ callbacks: [{}] }, /callbacks\[0\] must be/],
      [{ callbacks: [{ onEpochEnded: (): void => {} }] }, /did you mean 'onEpochEnd'/],
    ];
    for (const [options, expected] of cases) {
      await refuse([x, y], options);
      expect(message).toMatch(expected);
    }
    await refuse(() => [], { batchSize: 4 });
    expect(message).toMatch(/batchSize must be left out where the data comes in batches/);
    await refuse(() => [], { validation: 0.5 });
    expect(message).toMatch(/validation must be data where the training data comes in batches/);
    tf.dispose([x, y]);
  });

  it('models that cannot be trained', async () => {
    await refuse([[[1, 2, 3]], [1]], {}, false);
    expect(message).toMatch(/^fit: model must be a model that was compiled/);
    for (const model of [undefined, {}, tf.sequential()]) {
      const error = await errorOf(() => training.fit(model as tf.LayersModel, [[[1]], [1]]));
      expect(error.message).toMatch(/^fit: model must be a/);
    }
    const frozen = network();
    for (const layer of frozen.layers) layer.trainable = false;
    frozen.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const error = await errorOf(() => training.fit(frozen, [[[1, 2, 3]], [1]]));
    expect(error.message).toMatch(/without weights that are trained/);
    free(frozen);
  });

  it('labels that name no class', async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 3, inputShape: [1], activation: 'softmax', name: 'classes' })],
    });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'sparseCategoricalCrossentropy' });
    for (const [labels, wrong] of [
      [[0, 1, 3], '3 at place 2'],
      [[0, -1, 2], '-1 at place 1'],
      [[0.5, 1, 2], '0.5 at place 0'],
    ] as const) {
      const error = await errorOf(() => training.fit(model, [[[1], [2], [3]], [...labels]]));
      expect(error.message).toBe(
        `fit: y must be made of integers in [0, 2], the classes of classes; received the label ${wrong}`,
      );
    }
    await training.fit(model, [
      [[1], [2], [3]],
      [0, 1, 2],
    ]);
    free(model);
  });

  it('no labels that the loss ignores, but others that it does not know', async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 3, inputShape: [1], activation: 'softmax' })],
    });
    const loss = sparseCategoricalCrossentropy({ ignoreIndex: -1 });
    model.compile({ optimizer: tf.train.sgd(0.1), loss });
    const x = [[1], [2], [3]];
    const { history } = await training.fit(model, [x, [0, -1, 2]]);
    expect(history.loss![0]).toBeGreaterThan(0);
    const error = await errorOf(() => training.fit(model, [x, [0, -2, 2]]));
    expect(error.message).toBe(
      'sparseCategoricalCrossentropy: yTrue must be made of integers in [0, 2] or -1, which is ignored; received -2',
    );
    free(model);
  });

  it('a model that is being trained already', async () => {
    const [x, y] = sums();
    const model = network();
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const first = training.fit(model, [x, y], { epochs: 2 });
    const error = await errorOf(() => training.fit(model, [x, y]));
    expect(error.message).toBe('fit: the model is being trained already; await that training first');
    expect((await errorOf(() => model.fit(x, y, { verbose: 0 }))).message).toMatch(/ongoing/);
    await first;
    await training.fit(model, [x, y]);
    free(model);
    tf.dispose([x, y]);
  });
});
