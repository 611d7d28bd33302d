import { beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { STACKS, stack } from './stacks.ts';
import { data, distance, onWasm, train, twins, uncompiled } from './support.ts';

beforeAll(onWasm);

const { layers } = tf;

const twoLayers = () =>
  stack(() => [layers.dense({ units: 6, inputShape: [5] }), layers.dense({ units: 2 })]);

describe('a compiled fit', () => {
  it('frees its memory', async () => {
    const model = stack(STACKS[0]![2]);
    const optimizer = tf.train.sgd(0.01);
    const trial = {
      x: data([32, 7], 1),
      y: data([32, 3], 2),
      compile: () => ({ optimizer, loss: 'meanSquaredError' }),
      epochs: 2,
    };
    await train(model, trial);
    const before = tf.memory();
    await train(model, { ...trial, epochs: 5 });
    const after = tf.memory();
    expect([after.numTensors, after.numBytes]).toEqual([before.numTensors, before.numBytes]);
  });

  it('leaves out what was frozen since the model was compiled', async () => {
    const [a, b] = twins(twoLayers);
    const [x, y] = [data([8, 5], 1), data([8, 2], 2)];
    for (const model of [a, b]) {
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
      model.layers[0]!.trainable = false;
    }
    const kernelOf = () => [...a.layers[0]!.getWeights()[0]!.dataSync()];
    const kernel = kernelOf();
    await a.trainOnBatch(x, y);
    await uncompiled(() => b.trainOnBatch(x, y));
    expect(kernelOf()).toEqual(kernel);
    const [ours, theirs] = [a, b].map((model) => model.getWeights().flatMap((one) => [...one.dataSync()]));
    expect(distance(ours!, theirs!)).toBeLessThan(1e-6);
    for (const model of [a, b]) model.layers[1]!.trainable = false;
    const refused = /expects at least one of the input variables to be trainable/;
    await expect(a.trainOnBatch(x, y)).rejects.toThrow(refused);
    await expect(uncompiled(() => b.trainOnBatch(x, y))).rejects.toThrow(refused);
  });

  it('leaves no tensor of a step whose metric throws', async () => {
    const model = twoLayers();
    let fails = false;
    const metric = (y: never, p: never) => {
      if (fails) throw new Error('no metric');
      return tf.metrics.meanAbsoluteError(y, p);
    };
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError', metrics: metric as never });
    const [x, y] = [data([8, 5], 1), data([8, 2], 2)];
    await model.trainOnBatch(x, y);
    const before = tf.memory().numTensors;
    fails = true;
    await expect(model.trainOnBatch(x, y)).rejects.toThrow('no metric');
    expect(tf.memory().numTensors).toBe(before);
    fails = false;
    await model.trainOnBatch(x, y);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('drops other elements in each step, about as many as asked for', async () => {
    const model = stack(() => [
      layers.dense({ units: 4000, inputShape: [1], useBias: false, kernelInitializer: 'ones' }),
      layers.dropout({ rate: 0.25 }),
    ]);
    const seen: number[][] = [];
    const loss = (_y: never, p: { dataSync(): Float32Array }) => {
      seen.push([...p.dataSync()]);
      return tf.sum(p as never);
    };
    model.compile({ optimizer: tf.train.sgd(0), loss: loss as never });
    await model.fit(tf.ones([2, 1]), tf.zeros([2, 4000]), { epochs: 2, batchSize: 1, verbose: 0 });
    // tfjs asks for the loss once more, to learn what it gives.
    const drawn = seen.filter((values) => values.includes(0));
    expect(drawn.length).toBeGreaterThanOrEqual(4);
    for (const values of drawn) {
      const kept = values.filter((value) => value !== 0);
      expect(kept.every((value) => Math.abs(value - 4 / 3) < 1e-6)).toBe(true);
      expect(kept.length / values.length).toBeGreaterThan(0.71);
      expect(kept.length / values.length).toBeLessThan(0.79);
    }
    expect(String(drawn[0])).not.toBe(String(drawn.at(-1)));
  });

  it('takes NaN in weights for what it is', async () => {
    const model = stack(STACKS[0]![2]);
    const [kernel, ...rest] = model.getWeights();
    model.setWeights([tf.fill(kernel!.shape, Number.NaN), ...rest]);
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const { history } = await model.fit(data([8, 7], 1), data([8, 3], 1), { epochs: 1, verbose: 0 });
    expect(history.loss).toEqual([Number.NaN]);
  });
});
