import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { adam, sgd } from '../../../../src/optimizers/index.ts';
import * as training from '../../../../src/training/index.ts';
import { onBackends } from '../../support.ts';
import { errorOf, free, network, sums, weightsOf } from '../support.ts';

type Optimizer = tf.Optimizer;

const OPTIMIZERS: readonly (readonly [name: string, make: () => Optimizer])[] = [
  ['sgd with momentum', () => sgd({ learningRate: 0.02, momentum: 0.9 })],
  ['sgd with a schedule', () => sgd({ learningRate: (step) => 0.05 / (1 + step) })],
  ['adam', () => adam({ learningRate: 0.01 })],
  ['sgd of tfjs', () => tf.train.sgd(0.05) as Optimizer],
  ['adam of tfjs', () => tf.train.adam(0.01) as Optimizer],
  ['rmsprop of tfjs', () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true) as Optimizer],
];

class Broken extends Error {}

/** Ends a training as a crash would. */
const breakAt = (step: number): training.Callback => ({
  name: 'break',
  onStepEnd: (at) => {
    if (at === step) throw new Broken();
  },
});

onBackends('checkpoints of fit', () => {
  let folder: string;
  let path: string;
  let x: tf.Tensor;
  let y: tf.Tensor;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'descent-test-'));
    path = join(folder, 'runs', 'one.safetensors');
    [x, y] = sums();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const end = (...models: tf.LayersModel[]): void => {
    free(...models);
    tf.dispose([x, y]);
  };

  function make(optimizer: Optimizer): tf.Sequential {
    const model = network(
      tf.layers.batchNormalization({}),
      tf.layers.dropout({ rate: 0.3 }),
      tf.layers.gaussianNoise({ stddev: 0.1 }),
    );
    model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['mae', 'r2Score'] });
    return model;
  }
  // 40 samples to train on: 5 steps an epoch.
  const options = { epochs: 3, batchSize: 8, seed: 7, validation: 0.2 } as const;

  it.each(OPTIMIZERS)('go on in a new model as if nothing had been, with %s', async (_, optimizer) => {
    const whole = make(optimizer());
    const expected = await training.fit(whole, [x, y], options);
    // After an epoch; within the next one; at the last step of an epoch, before its validation.
    for (const [every, step] of [
      ['epoch', 7],
      [3, 8],
      [5, 10],
    ] as const) {
      rmSync(path, { force: true });
      const checkpoint = { path, every };
      const first = make(optimizer());
      const callbacks = [breakAt(step)];
      const error = await errorOf(() => training.fit(first, [x, y], { ...options, checkpoint, callbacks }));
      expect(error).toBeInstanceOf(Broken);
      free(first);
      const second = make(optimizer());
      let steps = 0;
      const count: training.Callback = { onStepEnd: () => void steps++ };
      const history = await training.fit(second, [x, y], { ...options, checkpoint, callbacks: count });
      expect(steps).toBe({ 7: 10, 8: 9, 10: 10 }[step]);
      expect(weightsOf(second)).toEqual(weightsOf(whole));
      expect(history).toEqual(expected);
      free(second);
    }
    end(whole);
  });

  it('go on after a callback has stopped within an epoch, and not after one that has at its end', async () => {
    const whole = make(adam());
    const expected = await training.fit(whole, [x, y], options);
    // Within the second epoch, and at its last step.
    for (const last of [8, 10]) {
      rmSync(path, { force: true });
      const [first, second] = [make(adam()), make(adam())];
      const callbacks: training.Callback = {
        onStepEnd: (step, _, run) => {
          if (step === last) run.stop('enough');
        },
      };
      const broken = await training.fit(first, [x, y], { ...options, checkpoint: path, callbacks });
      expect([broken.steps, broken.stopReason]).toEqual([last, 'enough']);
      const history = await training.fit(second, [x, y], { ...options, checkpoint: path });
      expect(history).toEqual(expected);
      expect(weightsOf(second)).toEqual(weightsOf(whole));
      free(first, second);
    }
    rmSync(path);
    const ended = make(adam());
    const callbacks: training.Callback = { onEpochEnd: (_, __, run) => run.stop('good enough') };
    const once = await training.fit(ended, [x, y], { ...options, checkpoint: path, callbacks });
    expect(await training.fit(ended, [x, y], { ...options, checkpoint: path })).toEqual(once);
    end(whole, ended);
  });

  it('go on in the same model, whatever has become of it', async () => {
    const whole = make(tf.train.adam(0.01));
    await training.fit(whole, [x, y], options);
    const model = make(tf.train.adam(0.01));
    const checkpoint = { path, every: 2 };
    await errorOf(() => training.fit(model, [x, y], { ...options, checkpoint, callbacks: breakAt(5) }));
    tf.tidy(() => model.setWeights(model.getWeights().map((weight) => tf.zerosLike(weight))));
    await training.fit(model, [x, y], { ...options, checkpoint });
    expect(weightsOf(model)).toEqual(weightsOf(whole));
    end(whole, model);
  });

  it('go on for more epochs, and not after the last', async () => {
    const whole = make(tf.train.adam(0.01));
    const expected = await training.fit(whole, [x, y], { ...options, epochs: 4 });
    const [first, second, third] = [0, 1, 2].map(() => make(tf.train.adam(0.01))) as [
      tf.Sequential,
      tf.Sequential,
      tf.Sequential,
    ];
    await training.fit(first, [x, y], { ...options, epochs: 2, checkpoint: path });
    const history = await training.fit(second, [x, y], { ...options, epochs: 4, checkpoint: path });
    expect(history).toEqual(expected);
    expect(weightsOf(second)).toEqual(weightsOf(whole));
    const again = await training.fit(third, [x, y], { ...options, epochs: 4, checkpoint: path });
    expect(again).toEqual(expected);
    expect(weightsOf(third)).toEqual(weightsOf(whole));
    end(whole, first, second, third);
  });

  it('keep the seed where none is given', async () => {
    const [first, second, third] = [0, 1, 2].map(() => make(tf.train.sgd(0.01))) as [
      tf.Sequential,
      tf.Sequential,
      tf.Sequential,
    ];
    const { seed: _, ...seedless } = options;
    const begun = await training.fit(first, [x, y], { ...seedless, epochs: 1, checkpoint: path });
    const ended = await training.fit(second, [x, y], { ...seedless, checkpoint: path });
    expect(ended.seed).toBe(begun.seed);
    const repeated = await training.fit(third, [x, y], { ...options, seed: begun.seed });
    expect(repeated).toEqual(ended);
    end(first, second, third);
  });

  it('go on in batches of a function and of a dataset that shuffles', async () => {
    const slices = (): tf.data.Dataset<never> =>
      tf.data
        .generator(function* () {
          for (let i = 0; i < 5; i++) {
            yield tf.tidy(() => ({
              xs: tf.slice(x, [i * 10, 0], [10, 3]),
              ys: tf.slice(y, [i * 10, 0], [10, 1]),
            }));
          }
        })
        .shuffle(5, 'seed') as never;
    const own = (epoch: number) =>
      [0, 1, 2, 3, 4].map((i) => ({
        x: x.arraySync() as never,
        y: [...y.dataSync()].map((v) => v + i * epoch),
      }));
    for (const data of [slices, () => own]) {
      rmSync(path, { force: true });
      const plain = { epochs: 3, seed: 1 };
      const whole = make(tf.train.momentum(0.01, 0.9) as Optimizer);
      const expected = await training.fit(whole, data() as training.Data, plain);
      const checkpoint = { path, every: 4 };
      const first = make(tf.train.momentum(0.01, 0.9) as Optimizer);
      await errorOf(() =>
        training.fit(first, data() as training.Data, { ...plain, checkpoint, callbacks: breakAt(10) }),
      );
      const second = make(tf.train.momentum(0.01, 0.9) as Optimizer);
      const history = await training.fit(second, data() as training.Data, { ...plain, checkpoint });
      expect(history).toEqual(expected);
      expect(weightsOf(second)).toEqual(weightsOf(whole));
      free(whole, first, second);
    }
    end();
  });

  it('keep what callbacks know, and learning rates that they set', async () => {
    const callbacks = (file: string): training.Callback[] => [
      training.earlyStopping({ patience: 2, restoreBest: true }),
      training.csvLogger(join(folder, file)),
      training.gradientMonitor({ every: 2, show: false, warn: false }),
      {
        name: 'slower',
        onEpochEnd: (_epoch, _logs, run) => {
          run.learningRate = run.learningRate! / 2;
        },
      },
    ];
    for (const optimizer of [
      () => sgd({ learningRate: 0.02, momentum: 0.9 }),
      () => tf.train.adam(0.2) as Optimizer,
    ]) {
      rmSync(path, { force: true });
      const whole = make(optimizer());
      const mine = callbacks('whole.csv');
      const expected = await training.fit(whole, [x, y], { ...options, epochs: 8, callbacks: mine });
      const first = make(optimizer());
      const checkpoint = { path, every: 7 };
      const broken = [...callbacks('broken.csv'), breakAt(13)];
      await errorOf(() =>
        training.fit(first, [x, y], { ...options, epochs: 8, checkpoint, callbacks: broken }),
      );
      const second = make(optimizer());
      const theirs = callbacks('broken.csv');
      const history = await training.fit(second, [x, y], {
        ...options,
        epochs: 8,
        checkpoint,
        callbacks: theirs,
      });
      expect(history).toEqual(expected);
      expect(weightsOf(second)).toEqual(weightsOf(whole));
      expect(readFileSync(join(folder, 'broken.csv'), 'utf8')).toBe(
        readFileSync(join(folder, 'whole.csv'), 'utf8'),
      );
      const [a, b] = [mine, theirs].map((all) => all[2] as training.GradientMonitor) as [
        training.GradientMonitor,
        training.GradientMonitor,
      ];
      expect(b.steps).toEqual(a.steps);
      expect(Object.values(b.norms)).toEqual(Object.values(a.norms));
      free(whole, first, second);
    }
    end();
  });

  it('of another training are refused, and say what differs', async () => {
    const compile = { loss: 'meanSquaredError', metrics: ['mae', 'r2Score'] };
    const begin = make(tf.train.adam(0.01));
    await training.fit(begin, [x, y], { ...options, epochs: 1, checkpoint: path });
    const other = (units: number, activation: 'tanh' | 'relu' = 'tanh'): tf.Sequential => {
      const model = tf.sequential({
        layers: [tf.layers.dense({ units, inputShape: [3], activation }), tf.layers.dense({ units: 1 })],
      });
      model.compile({ optimizer: tf.train.adam(0.01), ...compile });
      return model;
    };
    const short = { epochs: 1, batchSize: 8, seed: 7, validation: 0.2 };
    const refusal = async (model: tf.Sequential, changed: training.FitOptions = {}): Promise<string> => {
      const before = weightsOf(model);
      const error = await errorOf(() =>
        training.fit(model, [x, y], { ...short, checkpoint: path, ...changed }),
      );
      expect(weightsOf(model)).toEqual(before);
      free(model);
      return error.message;
    };
    expect(await refusal(make(tf.train.adam(0.02)))).toContain(
      'optimizer.learningRate is 0.01 there and 0.02 here',
    );
    expect(await refusal(make(tf.train.sgd(0.01)))).toContain(
      'optimizer.name is "Adam" there and "SGD" here',
    );
    expect(await refusal(make(sgd({ learningRate: 0.01 })))).toContain(
      'optimizer.name is "Adam" there and "sgd" here',
    );
    expect(await refusal(make(tf.train.adam(0.01)), { batchSize: 4 })).toContain(
      'data.batchSize is 8 there and 4 here',
    );
    expect(await refusal(make(tf.train.adam(0.01)), { seed: 8 })).toContain('seed is 7 there and 8 here');
    expect(await refusal(make(tf.train.adam(0.01)), { validation: 0.5 })).toContain(
      'data.samples is 40 there and 25 here',
    );
    expect(await refusal(other(8))).toContain(
      'model.layers[1].class is "BatchNormalization" there and "Dense" here',
    );
    rmSync(path);
    const small = other(8);
    await training.fit(small, [x, y], { ...short, checkpoint: path });
    free(small);
    expect(await refusal(other(9))).toContain('model.layers[0].units is 8 there and 9 here');
    expect(await refusal(other(8, 'relu'))).toContain(
      'model.layers[0].activation is "tanh" there and "relu" here',
    );
    const lossless = other(8);
    lossless.optimizer.dispose();
    lossless.compile({ optimizer: tf.train.adam(0.01), loss: 'meanAbsoluteError' });
    expect(await refusal(lossless)).toMatch(
      /model.loss\[0\] is "meanSquaredError" there and "meanAbsoluteError" here/,
    );
    end(begin);
  });

  it('that are damaged or no checkpoints are named', async () => {
    const model = make(tf.train.sgd(0.01));
    await training.fit(model, [x, y], { epochs: 1, checkpoint: path });
    expect(readdirSync(join(folder, 'runs'))).toEqual(['one.safetensors']);
    const bytes = readFileSync(path);
    truncateSync(path, bytes.length - 10);
    const message = async (): Promise<string> =>
      (await errorOf(() => training.fit(model, [x, y], { checkpoint: path }))).message;
    expect(await message()).toMatch(/cannot be read: it ends after \d+ bytes/);
    writeFileSync(path, 'something else');
    expect(await message()).toMatch(/cannot be read: it is no file of the format descent-training/);
    rmSync(path);
    const error = await errorOf(() => training.fit(model, [x, y], { checkpoint: folder }));
    expect(error.message).toMatch(/cannot be read: .*EISDIR/);
    expect(existsSync(path)).toBe(false);
    end(model);
  });
});
