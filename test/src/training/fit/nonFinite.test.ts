import { expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { adam } from '../../../../src/optimizers/index.ts';
import * as training from '../../../../src/training/index.ts';
import { normText } from '../../../../src/training/nonFinite.ts';
import { onBackends } from '../../support.ts';
import { errorOf, free, initializer, numbers, weightsOf } from '../support.ts';

const { NonFiniteError } = training;

onBackends('a loss or a gradient that is not finite', () => {
  function make(
    loss: unknown = 'meanSquaredError',
    optimizer: tf.Optimizer = tf.train.sgd(0.1),
  ): tf.Sequential {
    const dense = (name: string, units: number, seed: number, shape?: number[]) =>
      tf.layers.dense({
        name,
        units,
        kernelInitializer: initializer(seed),
        ...(shape && { inputShape: shape }),
      });
    const model = tf.sequential({
      layers: [
        dense('first', 4, 1, [2]),
        tf.layers.batchNormalization({ name: 'normal' }),
        dense('last', 1, 2),
      ],
    });
    model.compile({ optimizer, loss: loss as 'meanSquaredError' });
    return model;
  }

  async function failing(
    model: tf.Sequential,
    data: training.Data,
    options: training.FitOptions = {},
  ): Promise<InstanceType<typeof NonFiniteError>> {
    const kept: number[][][] = [];
    const keep: training.Callback = { onStepEnd: () => void kept.push(weightsOf(model)) };
    kept.push(weightsOf(model));
    const error = await errorOf(() =>
      training.fit(model, data, { shuffle: false, batchSize: 2, ...options, callbacks: keep }),
    );
    expect(error).toBeInstanceOf(NonFiniteError);
    // Also what moves with a batch, such as means, is as after the step before.
    expect(weightsOf(model)).toEqual(kept.at(-1));
    free(model);
    return error as InstanceType<typeof NonFiniteError>;
  }

  it('is one of the data', async () => {
    const x = [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, Number.NaN],
    ];
    const inputs = await failing(make(), [x, [1, 2, 3, 4]]);
    expect([inputs.step, inputs.part, inputs.layer]).toEqual([2, 'inputs', 'first_input']);
    expect(inputs.message).toMatch(
      /^fit: the loss is NaN at step 2 \(epoch 1 of 1\): first not finite are the batch itself, at the input first_input.*missing values.*as it was before this step$/,
    );
    const targets = await failing(make(), [numbersOf(4), [1, Number.POSITIVE_INFINITY, 3, 4]]);
    expect([targets.step, targets.part, targets.layer]).toEqual([1, 'targets', 'last']);
  });

  it('is one of weights, activations or the loss', async () => {
    const large = make();
    tf.tidy(() => large.getLayer('last').setWeights([tf.fill([4, 1], 3e38), tf.zeros([1])]));
    const activations = await failing(large, [numbersOf(4), [1, 2, 3, 4]]);
    expect([activations.part, activations.layer, activations.step]).toEqual(['activations', 'last', 1]);
    const last = activations.norms.find(({ layer }) => layer === 'last')!;
    expect(last.weights).toBeCloseTo(6e38, -36);
    expect(last.activations).not.toBe(0);
    expect(activations.message).toMatch(/the layer last, with ‖weights‖ = 6e\+38, ‖activations‖ = (∞|NaN)/);
    const broken = make();
    tf.tidy(() => broken.getLayer('first').setWeights([tf.fill([2, 4], Number.NaN), tf.zeros([4])]));
    const kept = weightsOf(broken).length;
    expect(kept).toBeGreaterThan(0);
    const weights = await failing(broken, [numbersOf(4), [1, 2, 3, 4]]);
    expect([weights.part, weights.layer]).toEqual(['weights', 'first']);
    const infinite = (y: tf.Tensor, p: tf.Tensor): tf.Tensor =>
      tf.mean(tf.log(tf.mul(tf.square(tf.sub(y, p)), 0)));
    const loss = await failing(make(infinite), [numbersOf(4), [1, 2, 3, 4]]);
    expect([loss.part, loss.layer, loss.loss]).toEqual(['loss', 'last', Number.NEGATIVE_INFINITY]);
  });

  it('is a loss that tensors have no number for, though its gradient has', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ name: 'only', units: 1, inputShape: [2] })] });
    model.compile({ optimizer: tf.train.sgd(1e-3), loss: 'meanSquaredError' });
    const error = await failing(model, [numbersOf(2), [1e25, 2e25]]);
    expect([error.loss, error.part, error.layer]).toEqual([Number.POSITIVE_INFINITY, 'loss', 'only']);
  });

  it('is a gradient of a finite loss', async () => {
    // The root has the slope ∞ at 0, which times 0 is NaN.
    const root = (y: tf.Tensor, p: tf.Tensor): tf.Tensor =>
      tf.mean(tf.sqrt(tf.mul(tf.add(y, tf.square(p)), 0)));
    const error = await failing(make(root), [numbersOf(4), [1, 2, 3, 4]]);
    expect([error.loss, error.part, error.layer, error.step]).toEqual([0, 'gradients', 'last', 1]);
    expect(error.message).toMatch(/^fit: a gradient is not finite at step 1/);
  });

  it('is a gradient of a number that is infinite, and what follows is at its limit', async () => {
    const dense = tf.layers.dense({ name: 'only', units: 3, inputShape: [2], activation: 'tanh' });
    const model = tf.sequential({ layers: [dense, tf.layers.dense({ units: 1 })] });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const x = [
      [1, 2],
      [3, Number.NEGATIVE_INFINITY],
    ];
    const error = await failing(model, [x, [1, 2]]);
    expect(error).toMatchObject({ part: 'inputs', layer: 'only_input', step: 1 });
    expect(error.loss).not.toBeNaN();
  });

  it('is a gradient of one of several branches', async () => {
    const x = tf.input({ shape: [2] });
    const outputs = ['one', 'two'].map((name) =>
      tf.layers.dense({ name, units: 1, kernelInitializer: 'zeros' }).apply(x),
    );
    const model = tf.model({ inputs: x, outputs: outputs as tf.SymbolicTensor[] });
    const root = (_: tf.Tensor, p: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.square(p)));
    const optimizer = tf.train.sgd(0.1);
    for (const [i, name] of ['one', 'two'].entries()) {
      const loss = ['meanSquaredError', 'meanSquaredError'] as unknown[];
      loss[i] = root;
      model.compile({ optimizer, loss: loss as string[] });
      const before = weightsOf(model);
      const error = await errorOf(() =>
        training.fit(model, [
          numbersOf(2),
          [
            [1, 2],
            [3, 4],
          ],
        ]),
      );
      expect(error).toBeInstanceOf(NonFiniteError);
      expect(error).toMatchObject({ part: 'gradients', layer: name, step: 1 });
      expect(weightsOf(model)).toEqual(before);
    }
    free(model);
  });

  it('comes of a learning rate that is too large, which the message names', async () => {
    const model = make('meanSquaredError', tf.train.sgd(1e6));
    const x = numbers([40, 2], 1);
    const y = tf.tidy(() => tf.sum(x, 1, true));
    const error = await failing(model, [x, y], { epochs: 20, batchSize: 8 });
    expect(error.step).toBeGreaterThan(1);
    expect(error.message).toMatch(/; the learning rate is 1000000\. /);
    expect(error.norms.map(({ layer }) => layer)).toEqual(['first_input', 'first', 'normal', 'last']);
    tf.dispose([x, y]);
  });

  it('leaves the optimizer as it was, so that training can go on', async () => {
    const optimizer = adam({ learningRate: 0.01 });
    const model = make('meanSquaredError', optimizer);
    await training.fit(model, [numbersOf(4), [1, 2, 3, 4]], { epochs: 2 });
    const before = JSON.stringify(optimizer.getState());
    await errorOf(() => training.fit(model, [numbersOf(4), [1, 2, Number.NaN, 4]]));
    expect(JSON.stringify(optimizer.getState())).toBe(before);
    await training.fit(model, [numbersOf(4), [1, 2, 3, 4]]);
    expect(optimizer.iterations).toBe(3);
    free(model);
  });

  it('ends a training in peace with terminateOnNaN', async () => {
    const model = make();
    const met: string[] = [];
    const tell: training.Callback = {
      onNonFinite: (error) => void met.push(`step ${error.step}`),
      onEpochEnd: (epoch) => void met.push(`epoch ${epoch}`),
      onTrainEnd: (logs, run) => void met.push(`end ${Object.keys(logs)} ${run.stopReason?.slice(0, 20)}`),
    };
    const callbacks = [tell, training.terminateOnNaN()];
    const own = (epoch: number) => [{ x: numbersOf(2), y: [1, epoch === 0 ? 2 : Number.NaN] }];
    const history = await training.fit(model, own, { epochs: 3, callbacks });
    expect(history.epoch).toEqual([0]);
    expect(history.stopReason).toMatch(
      /^fit: the loss is NaN at step 2 \(epoch 2 of 3\): first not finite are the targets/,
    );
    expect(met).toEqual(['epoch 0', 'step 2', 'end loss,learningRate fit: the loss is NaN']);
    free(model);
  });
});

it('writes a norm with three digits, and as a power of ten where they would be followed by many zeros', () => {
  const norms = [0.000123456, 12345.6, 999_999, 5.05e17, Number.POSITIVE_INFINITY, Number.NaN];
  expect(norms.map(normText)).toEqual(['0.000123', '12300', '1000000', '5.05e+17', '∞', 'NaN']);
});

const numbersOf = (rows: number): number[][] => Array.from({ length: rows }, (_, i) => [i / 4, 1 - i / 2]);
