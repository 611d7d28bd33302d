import { expect, test, vi } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends } from '../../support.ts';

type Options = NonNullable<Parameters<typeof tf.callbacks.earlyStopping>[0]>;

/** What `monitor` is at each epoch decides; the weight of the model counts the epochs. */
async function run(values: readonly number[], options: Options): Promise<{ epochs: number; weight: number }> {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'zeros' })],
  });
  const optimizer = tf.train.sgd(1);
  // Of the slope −1 everywhere.
  model.compile({ loss: (_, p) => tf.neg(p), optimizer });
  const [x, y] = [tf.ones([1, 1]), tf.zeros([1, 1])];
  const told = new tf.CustomCallback({
    onEpochEnd: (epoch, logs) => {
      Object.assign(logs!, { [options.monitor ?? 'val_loss']: values[epoch]! });
    },
  });
  try {
    const { epoch } = await model.fit(x, y, {
      verbose: 0,
      epochs: values.length,
      callbacks: [told, tf.callbacks.earlyStopping(options)],
    });
    return { epochs: epoch.length, weight: model.getWeights()[0]!.dataSync()[0]! };
  } finally {
    for (const used of [x, y, model, optimizer]) used.dispose();
  }
}

onBackends('earlyStopping', () => {
  test('restoreBestWeights, which stock refuses', async () => {
    const values = [5, 3, 4, 6, 7];
    // The best epoch is the second, after which the weight is 2; training stops after two without improvement.
    expect(await run(values, { patience: 2, restoreBestWeights: true })).toEqual({ epochs: 4, weight: 2 });
    expect(await run(values, { patience: 2 })).toEqual({ epochs: 4, weight: 4 });
    // Also where patience was not exhausted.
    expect(await run(values, { patience: 9, restoreBestWeights: true })).toEqual({ epochs: 5, weight: 2 });
  });

  test('minDelta is what an improvement must exceed', async () => {
    const values = [5, 4.9, 4.8, 4.7, 3];
    expect((await run(values, { patience: 2, minDelta: 0.15 })).epochs).toBe(5);
    expect((await run(values, { patience: 2, minDelta: 0.25 })).epochs).toBe(3);
    expect((await run(values, { patience: 2 })).epochs).toBe(5);
  });

  test('mode, also by the name of the metric', async () => {
    const rising = [0.1, 0.2, 0.3];
    expect((await run(rising, { monitor: 'val_acc' })).epochs).toBe(3);
    // Stock takes recall for a loss.
    expect((await run(rising, { monitor: 'val_recall' })).epochs).toBe(3);
    expect((await run(rising, { monitor: 'val_loss' })).epochs).toBe(2);
    expect((await run(rising, { monitor: 'val_loss', mode: 'max' })).epochs).toBe(3);
    expect((await run(rising, { monitor: 'val_acc', mode: 'min' })).epochs).toBe(2);
  });

  test('baseline: who does not beat it in time is stopped, and keeps the best weights', async () => {
    const values = [5, 4, 3, 2, 1];
    const options = { patience: 3, restoreBestWeights: true };
    expect(await run(values, { ...options, baseline: 2.5 })).toEqual({ epochs: 3, weight: 3 });
    expect(await run(values, { ...options, baseline: 4.5 })).toEqual({ epochs: 5, weight: 5 });
  });

  test('NaN is no improvement, and a quantity that is not there is told', async () => {
    expect((await run([Number.NaN, Number.NaN, 1], { patience: 2 })).epochs).toBe(2);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    const optimizer = tf.train.sgd(0.1);
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.ones([1, 1]), tf.zeros([1, 1])];
    await model.fit(x, y, { verbose: 0, callbacks: tf.callbacks.earlyStopping() as never });
    expect(warn.mock.calls).toEqual([['earlyStopping: val_loss is not among what is reported: loss']]);
    warn.mockRestore();
    for (const used of [x, y, model, optimizer]) used.dispose();
  });

  test('together with functions in one list', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    const optimizer = tf.train.sgd(0.1);
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.ones([2, 1]), tf.zeros([2, 1])];
    const seen: number[] = [];
    // Stock: 'callback.setParams is not a function'.
    await model.fit(x, y, {
      verbose: 0,
      epochs: 2,
      callbacks: [
        tf.callbacks.earlyStopping({ monitor: 'loss', restoreBestWeights: true }),
        { onEpochEnd: (_: number, logs?: tf.Logs) => void seen.push(logs!.loss!) },
      ],
    });
    expect(seen).toHaveLength(2);
    expect(tf.callbacks.earlyStopping()).toBeInstanceOf(tf.EarlyStopping);
    for (const used of [x, y, model, optimizer]) used.dispose();
  });
});
