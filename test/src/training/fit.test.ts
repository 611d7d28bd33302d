import { expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { toBundle } from '../../../src/display/bundle.ts';
import { categoricalCrossentropy } from '../../../src/losses/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import * as training from '../../../src/training/index.ts';
import { expectClose, onBackends } from '../support.ts';
import { errorOf, free, initializer, network, numbers, sums, weightsOf } from './support.ts';

const flat = (model: tf.LayersModel): number[] => weightsOf(model).flat();

onBackends('fit', () => {
  it('trains as model.fit does, and reports the same', async () => {
    const [ours, theirs] = [network(), network()];
    for (const model of [ours, theirs]) {
      model.compile({
        optimizer: tf.train.adam(0.01),
        loss: 'meanSquaredError',
        metrics: ['mae', 'r2Score'],
      });
    }
    const [x, y] = sums();
    const options = { epochs: 4, batchSize: 16, shuffle: false } as const;
    const history = await training.fit(ours, [x, y], { ...options, validation: 0.2 });
    const expected = await theirs.fit(x, y, { ...options, validationSplit: 0.2, verbose: 0 });
    expect(flat(ours)).toEqual(flat(theirs));
    expect(history.epoch).toEqual([0, 1, 2, 3]);
    const { learningRate, ...reported } = history.history;
    expect(learningRate).toEqual([0.01, 0.01, 0.01, 0.01]);
    expect(Object.keys(reported).sort()).toEqual(Object.keys(expected.history).sort());
    for (const [name, values] of Object.entries(reported)) {
      expectClose(values, expected.history[name] as number[], 1e-5);
    }
    expect([history.steps, history.stopReason]).toEqual([12, undefined]);
    free(ours, theirs);
    tf.dispose([x, y]);
  });

  it('reshuffles in each epoch, every sample once', async () => {
    const model = network();
    model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
    const met: number[][] = [];
    const { predict } = model;
    const x = tf.tensor2d(Array.from({ length: 10 }, (_, i) => [i, 0, 0]));
    const y = tf.zeros([10, 1]);
    const first = model.layers[0]!;
    const { call } = first;
    first.call = (inputs, options) => {
      const [batch] = [inputs].flat();
      if (options.training) met.push(Array.from(batch!.dataSync()).filter((_, i) => i % 3 === 0));
      return call.call(first, inputs, options);
    };
    // The layer is looked into, which a compiled step would pass by.
    process.env.DESCENT_COMPILE = 'off';
    try {
      await training.fit(model, [x, y], { epochs: 2, batchSize: 4, seed: 3 });
    } finally {
      delete process.env.DESCENT_COMPILE;
    }
    expect(met.map((batch) => batch.length)).toEqual([4, 4, 2, 4, 4, 2]);
    const [one, two] = [met.slice(0, 3).flat(), met.slice(3).flat()];
    const inOrder = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    for (const epoch of [one, two]) {
      expect(epoch).not.toEqual(inOrder);
      expect([...epoch].sort((a, b) => a - b)).toEqual(inOrder);
    }
    expect(one).not.toEqual(two);
    expect(predict).toBe(model.predict);
    free(model);
    tf.dispose([x, y]);
  });

  it('takes samples in every form, to the same end', async () => {
    const [x, y] = sums();
    const rows = [x.arraySync(), Array.from(y.dataSync())] as const;
    const forms = [
      [x, y],
      { x, y },
      { xs: x, ys: y },
      [rows[0], rows[1]],
      { x: rows[0], y: Float32Array.from(rows[1]) },
    ] as training.Data[];
    const ends: number[][] = [];
    for (const data of forms) {
      const model = network();
      model.compile({ optimizer: sgd({ learningRate: 0.05 }), loss: 'meanSquaredError' });
      await training.fit(model, data, { epochs: 2, seed: 5 });
      ends.push(flat(model));
      free(model);
    }
    for (const end of ends) expect(end).toEqual(ends[0]);
    tf.dispose([x, y]);
  });

  it('takes batches of every kind, to the same end', async () => {
    const [x, y] = sums();
    const make = (i: number): { xs: tf.Tensor; ys: tf.Tensor } =>
      tf.tidy(() => ({ xs: tf.slice(x, [i * 10, 0], [10, 3]), ys: tf.slice(y, [i * 10, 0], [10, 1]) }));
    const list = [0, 1, 2, 3, 4].map(make);
    function* generate() {
      for (let i = 0; i < 5; i++) yield make(i);
    }
    async function* generateLater() {
      for (let i = 0; i < 5; i++) {
        await Promise.resolve();
        const { xs, ys } = make(i);
        yield [xs, ys] as const;
      }
    }
    function* twice() {
      yield* generate();
      yield* generate();
    }
    const forms: [string, training.Data, object][] = [
      ['a list', list, {}],
      ['a function of a list', () => list, {}],
      ['a function of a generator', generate, {}],
      ['a function of an async generator', generateLater, {}],
      ['one generator', twice(), { stepsPerEpoch: 5 }],
      ['a dataset', tf.data.generator(generate) as never, {}],
      ['a dataset that repeats', tf.data.generator(generate).repeat() as never, { stepsPerEpoch: 5 }],
    ];
    const model = network();
    model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: 'meanSquaredError', metrics: ['mae'] });
    const whole = await training.fit(model, [x, y], {
      epochs: 2,
      batchSize: 10,
      shuffle: false,
      validation: [x, y],
    });
    const expected = flat(model);
    free(model);
    for (const [name, data, options] of forms) {
      const other = network();
      other.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: 'meanSquaredError', metrics: ['mae'] });
      const history = await training.fit(other, data, { epochs: 2, validation: list, ...options });
      expect(flat(other), name).toEqual(expected);
      for (const [metric, values] of Object.entries(history.history)) {
        expectClose(values, whole.history[metric]!, 1e-5);
      }
      free(other);
    }
    tf.dispose([x, y]);
    tf.dispose(list as never);
  });

  it('frees what batches are made of, but for what was there before or is kept', async () => {
    const [x, y] = sums();
    const kept: tf.Tensor[] = [];
    function* generate() {
      const own = tf.keep(tf.mul(x, 2));
      kept.push(own);
      yield [own, tf.mul(y, 2)] as const;
      yield [x, y] as const;
      yield [own, tf.variable(y)] as const;
    }
    const model = network();
    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    const before = tf.memory().numTensors;
    await training.fit(model, generate, { epochs: 1 });
    expect(tf.memory().numTensors - before).toBe(2);
    expect([x.isDisposed, y.isDisposed, kept[0]!.isDisposed]).toEqual([false, false, false]);
    tf.dispose([x, y, kept]);
    tf.disposeVariables();
    model.optimizer.dispose();
  });

  it('looks at a list that it has met again where that has got weights', async () => {
    const model = network();
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const [x, y] = sums();
    const batch: unknown[] = [x, y];
    const data = (epoch: number): unknown[] => {
      if (epoch === 1) batch.push(tf.zeros([50]));
      return [batch];
    };
    const { history } = await training.fit(model, data as training.Data, { epochs: 2 });
    expect(history.loss![0]).toBeGreaterThan(0);
    expect(history.loss![1]).toBe(0);
    free(model);
    tf.dispose([x, y]);
  });

  it('takes several inputs and outputs, in a list or by name', async () => {
    const make = (): tf.LayersModel => {
      const [a, b] = [tf.input({ shape: [2], name: 'a' }), tf.input({ shape: [2], name: 'b' })];
      const joined = tf.layers.concatenate().apply([a, b]) as tf.SymbolicTensor;
      const dense = (name: string, seed: number) =>
        tf.layers
          .dense({ units: 1, name, kernelInitializer: initializer(seed) })
          .apply(joined) as tf.SymbolicTensor;
      const model = tf.model({ inputs: [a, b], outputs: [dense('sum', 1), dense('difference', 2)] });
      model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError', metrics: ['mae'] });
      return model;
    };
    const [a, b] = [numbers([12, 2], 1), numbers([12, 2], 2)];
    const targets = tf.tidy(() => [
      tf.sum(tf.add(a, b), 1, true),
      tf.sum(tf.sub(a, b), 1, true),
    ]) as tf.Tensor[];
    const [one, two] = [make(), make()];
    const options = { epochs: 3, batchSize: 5, seed: 2, validation: 0.25 };
    const first = await training.fit(one, [[a, b], targets], options);
    const byName = { x: { b, a }, y: { difference: targets[1]!, sum: targets[0]! } };
    const second = await training.fit(two, byName, options);
    expect(flat(one)).toEqual(flat(two));
    expect(Object.keys(first.history)).toEqual([
      ...['loss', 'sum_loss', 'difference_loss', 'sum_mae', 'difference_mae'],
      ...['val_loss', 'val_sum_loss', 'val_difference_loss', 'val_sum_mae', 'val_difference_mae'],
      'learningRate',
    ]);
    expect(second.history).toEqual(first.history);
    const { message } = await errorOf(() => training.fit(one, [a, targets], options));
    expect(message).toMatch(/^fit: x must be an array of 2 tensors/);
    const wrong = await errorOf(() => training.fit(one, { x: { a, c: b }, y: targets }, options));
    expect(wrong.message).toMatch(/^fit: x must be by the names 'a', 'b'/);
    free(one, two);
    tf.dispose([a, b, targets]);
  });

  it('weighs samples and classes as model.fit does', async () => {
    const make = (): tf.Sequential => {
      const model = tf.sequential({
        layers: [
          tf.layers.dense({
            units: 2,
            inputShape: [3],
            activation: 'softmax',
            kernelInitializer: initializer(1),
          }),
        ],
      });
      model.compile({ optimizer: tf.train.sgd(0.1), loss: categoricalCrossentropy as never });
      return model;
    };
    const x = numbers([20, 3], 4);
    const y = tf.tidy(() =>
      tf
        .oneHot(
          tf.tensor1d(
            Array.from({ length: 20 }, (_, i) => i % 2),
            'int32',
          ),
          2,
        )
        .toFloat(),
    );
    const weights = Array.from({ length: 20 }, (_, i) => 1 + (i % 3));
    const [ours, theirs, plain] = [make(), make(), make()];
    const options = { epochs: 2, batchSize: 8, shuffle: false, classWeight: { 0: 1, 1: 4 } };
    const { history } = await training.fit(ours, [x, y, weights], {
      ...options,
      validation: [x, y, weights],
    });
    const expected = await theirs.fit(x, y, {
      ...options,
      sampleWeight: weights,
      validationData: [x, y, weights],
      verbose: 0,
    } as never);
    expect(flat(ours)).toEqual(flat(theirs));
    expectClose(history.loss!, expected.history.loss as number[], 1e-5);
    expectClose(history.val_loss!, expected.history.val_loss as number[], 1e-5);
    await training.fit(plain, [x, y], { epochs: 2, batchSize: 8, shuffle: false });
    expect(flat(plain)).not.toEqual(flat(ours));
    free(ours, theirs, plain);
    tf.dispose([x, y]);
  });

  it('shows nothing where there is neither a notebook nor a terminal', async () => {
    const [x, y] = sums();
    const model = network();
    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    const written: unknown[] = [];
    const { write } = process.stderr;
    const log = process.stdout.write;
    process.stderr.write = ((text: unknown) => written.push(text) > 0) as typeof write;
    process.stdout.write = ((text: unknown) => written.push(text) > 0) as typeof write;
    try {
      await training.fit(model, [x, y], { epochs: 2 });
    } finally {
      process.stderr.write = write;
      process.stdout.write = log;
    }
    expect(written).toEqual([]);
    free(model);
    tf.dispose([x, y]);
  });

  it('gives a history that shows itself as charts, with the size of their picture', async () => {
    const [x, y] = sums();
    const model = network();
    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    const shown = await training.fit(model, [x, y], { epochs: 2 });
    const { data, metadata } = await toBundle(shown);
    expect(data['image/png']).toBeDefined();
    expect(metadata).toMatchObject({ 'image/png': { width: expect.any(Number) } });
    free(model);
    tf.dispose([x, y]);
  });
});
