import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends, variable } from '../../support.ts';
import { apply, OPTIMIZERS } from './optimizers.ts';

const values = (x: tf.Tensor): number[] => Array.from(x.dataSync());
const free = (weights: readonly { tensor: tf.Tensor }[]): void => {
  tf.dispose(weights.map(({ tensor }) => tensor));
};

const START = [5, -3, 2];
const f = (x: tf.Variable) => () => x.square().sum() as tf.Scalar;

onBackends('getWeights and setWeights of tf.train', () => {
  test.each(OPTIMIZERS)('%s: training goes on as if it had not stopped', async (_, make) => {
    // Stock adamax throws "getWeights() is not implemented for Adamax yet."
    const [whole, half, resumed] = [make(), make(), make()];
    const [x, y] = [variable(START), variable(START)];
    for (let step = 0; step < 6; step++) whole.minimize(f(x), false, [x]);
    for (let step = 0; step < 3; step++) half.minimize(f(y), false, [y]);
    const weights = await half.getWeights();
    await resumed.setWeights(weights);
    free(weights);
    expect(resumed.iterations).toBe(3);
    for (let step = 0; step < 3; step++) resumed.minimize(f(y), false, [y]);
    expect(values(y)).toEqual(values(x));
    for (const used of [whole, half, resumed, x, y]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: goes back to where it was', async (_, make) => {
    // Stock returns the variables of the state itself, which go on: with them adam goes back to nothing.
    const optimizer = make();
    const x = variable(START);
    for (let step = 0; step < 2; step++) apply(optimizer, [[x, [1, 2, 3]]]);
    const [weights, before] = [await optimizer.getWeights(), x.clone()];
    const next = (): number[] => {
      apply(optimizer, [[x, [1, -2, 3]]]);
      apply(optimizer, [[x, [0.5, 2, -3]]]);
      return values(x);
    };
    const first = next();
    const { numTensors } = tf.memory();
    for (let again = 0; again < 2; again++) {
      await optimizer.setWeights(weights);
      x.assign(before);
      expect(next()).toEqual(first);
    }
    // Stock never frees the state it had: 2 tensors more each time for adam.
    expect(tf.memory().numTensors).toBe(numTensors);
    free(weights);
    for (const used of [optimizer, x, before]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: belong to variables of other names by their order', async (_, make) => {
    const [x, y, u, v] = [variable(START), variable([1]), variable(START), variable([1])];
    const [optimizer, other] = [make(), make()];
    const step = (a: tf.Variable, b: tf.Variable, by: tf.Optimizer): void =>
      apply(by, [
        [a, [1, 2, 3]],
        [b, [4]],
      ]);
    step(x, y, optimizer);
    const weights = await optimizer.getWeights();
    u.assign(x);
    v.assign(y);
    await other.setWeights(weights);
    free(weights);
    for (let k = 0; k < 2; k++) {
      step(x, y, optimizer);
      step(u, v, other);
    }
    expect([values(u), values(v)]).toEqual([values(x), values(y)]);
    const names = (await other.getWeights()).map(({ name, tensor }) => {
      tensor.dispose();
      return name.split('/')[0];
    });
    expect(new Set(names.slice(1))).toEqual(names.length > 1 ? new Set([u.name, v.name]) : new Set());
    for (const used of [optimizer, other, x, y, u, v]) used.dispose();
  });

  test('are named as tfjs names them', async () => {
    const x = variable(START);
    const optimizer = tf.train.rmsprop(0.1, 0.9, 0, 1e-7, true);
    apply(optimizer, [[x, [1, 2, 3]]]);
    const weights = await optimizer.getWeights();
    expect(weights.map(({ name }) => name)).toEqual([
      'iter',
      `${x.name}/rms`,
      `${x.name}/momentum`,
      `${x.name}/mg`,
    ]);
    free(weights);
    optimizer.dispose();
    x.dispose();
  });

  test('setWeights says what it cannot take, and keeps the state', async () => {
    const x = variable(START);
    const [adam, momentum, sgd] = [tf.train.adam(0.1), tf.train.momentum(0.1, 0.9), tf.train.sgd(0.1)];
    for (const optimizer of [adam, momentum]) apply(optimizer, [[x, [1, 2, 3]]]);
    const [moments, velocities] = [await adam.getWeights(), await momentum.getWeights()];
    const rejected = expect(adam.setWeights(velocities)).rejects;
    await rejected.toThrow(
      'setWeights: weights must be iter and, for each variable, [m,v]; received iter and 1 more',
    );
    // Stock takes the moments for velocities, each of its own.
    await expect(momentum.setWeights(moments)).rejects.toThrow(
      `setWeights: weights must be named as getWeights of this kind of optimizer names them, with /momentum here; received "${x.name}/m"`,
    );
    await expect(sgd.setWeights(moments)).rejects.toThrow('weights must be iter alone');
    await expect(adam.setWeights([])).rejects.toThrow('with iter first; received none');
    await expect(adam.setWeights(moments.slice(1))).rejects.toThrow(`received ${x.name}/m first`);
    const short = tf.tensor1d([1, 2]);
    const mixed = [moments[0]!, moments[1]!, { name: `${x.name}/v`, tensor: short }];
    await expect(adam.setWeights(mixed)).rejects.toThrow(
      `setWeights: ${x.name}/v must be float32 of shape [3]; received float32 of shape [2]`,
    );
    const after = await adam.getWeights();
    expect(after.map(({ tensor }) => values(tensor))).toEqual(moments.map(({ tensor }) => values(tensor)));
    for (const weights of [moments, velocities, after]) free(weights);
    for (const used of [adam, momentum, sgd, x, short]) used.dispose();
  });

  test('an array that a state was made of stays as it was', async () => {
    const x = variable([1]);
    const optimizer = tf.train.momentum(0.1, 0.9);
    const velocity = new Float32Array([2]);
    const weights = [
      { name: 'iter', tensor: tf.scalar(1, 'int32') },
      { name: `${x.name}/momentum`, tensor: tf.tensor1d(velocity) },
    ];
    await optimizer.setWeights(weights);
    free(weights);
    apply(optimizer, [[x, [1]]]);
    expect(Array.from(velocity)).toEqual([2]);
    optimizer.dispose();
    x.dispose();
  });
});

onBackends('model.save with includeOptimizer', () => {
  test.each(OPTIMIZERS)('%s: a loaded model trains on as the saved one', async (_, make) => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 2, inputShape: [2] }), tf.layers.dense({ units: 1 })],
    });
    const optimizer = make();
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d([0, 1, 1, 0, 2, 1], [3, 2]), tf.tensor2d([1, 2, 3], [3, 1])];
    await model.fit(x, y, { epochs: 3, verbose: 0, shuffle: false });
    const before = tf.memory().numTensors;
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } };
      }),
      { includeOptimizer: true },
    );
    // Stock leaves the number of steps behind.
    expect(tf.memory().numTensors).toBe(before);
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
    // The variables of the first model are still there: those of the second have other names.
    for (const trained of [model, loaded]) await trained.fit(x, y, { epochs: 3, verbose: 0, shuffle: false });
    expect(loaded.getWeights().map(values)).toEqual(model.getWeights().map(values));
    expect(loaded.optimizer.iterations).toBe(6);
    const [names, again] = [await optimizer.getWeights(), await loaded.optimizer.getWeights()];
    expect(again.map(({ name }) => name)).toEqual(names.map(({ name }) => name));
    for (const weights of [names, again]) free(weights);
    for (const used of [loaded.optimizer, optimizer, model, loaded, x, y]) used.dispose();
  });

  test('an optimizer by its name keeps its state by the names of the model', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], name: 'line' })] });
    model.compile({ loss: 'meanSquaredError', optimizer: 'adam' });
    const [x, y] = [tf.ones([2, 1]), tf.ones([2, 1])];
    await model.fit(x, y, { epochs: 1, verbose: 0 });
    const weights = await model.optimizer.getWeights();
    expect(weights.map(({ name }) => name)).toEqual([
      'iter',
      'line/kernel/m',
      'line/bias/m',
      'line/kernel/v',
      'line/bias/v',
    ]);
    free(weights);
    for (const used of [model, x, y]) used.dispose();
  });
});
