import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { backend, tf } from '../../../src/backend/index.ts';
import { fromTransform, sgd } from '../../../src/optimizers/index.ts';
import { cosineDecay } from '../../../src/schedules/index.ts';
import * as training from '../../../src/training/index.ts';
import { type ReduceOnPlateauOptions, reduceOnPlateau } from '../../../src/training/index.ts';
import { rateOf } from '../../../src/training/learningRate.ts';
import { trace } from '../../../src/transforms/index.ts';

type Made = Parameters<ReturnType<typeof tf.sequential>['compile']>[0]['optimizer'];

beforeAll(async () => {
  await backend.use('cpu');
});

function compiled(optimizer: unknown): ReturnType<typeof tf.sequential> {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ optimizer: optimizer as Made, loss: 'meanSquaredError' });
  return model;
}

/** The rate after each of these values of the loss. */
async function rates(
  model: ReturnType<typeof tf.sequential>,
  callback: ReturnType<typeof reduceOnPlateau>,
  values: readonly number[],
  name = 'loss',
): Promise<(number | undefined)[]> {
  callback.setModel(model);
  await callback.onTrainBegin();
  const found = [];
  for (const [epoch, value] of values.entries()) {
    await callback.onEpochEnd(epoch, { [name]: value });
    found.push(rateOf(model.optimizer));
  }
  return found;
}

describe('reduceOnPlateau', () => {
  it.each([
    ['sgd', () => sgd({ learningRate: 1 })],
    ['sgd of tfjs', () => tf.train.sgd(1)],
    ['adam of tfjs', () => tf.train.adam(1)],
  ])('sets the rate of %s', async (_, make) => {
    const callback = reduceOnPlateau({ monitor: 'loss', factor: 0.5, patience: 1 });
    // 3 is the best; one epoch is borne, the next reduces.
    expect(await rates(compiled(make()), callback, [3, 3, 3, 3, 3, 2, 2, 2])).toEqual([
      1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125,
    ]);
  });

  it('goes by the name of the quantity for which value is the better one', async () => {
    const callback = reduceOnPlateau({ monitor: 'val_acc', factor: 0.5, patience: 0 });
    const found = await rates(compiled(sgd({ learningRate: 1 })), callback, [0.5, 0.6, 0.6, 0.7], 'val_acc');
    expect(found).toEqual([1, 1, 0.5, 0.5]);
  });

  it('takes minDelta, the absolute threshold of Keras', async () => {
    const callback = reduceOnPlateau({ monitor: 'loss', factor: 0.5, patience: 0, minDelta: 1 });
    // 9.5 is not better than 10 by more than 1, 8 is.
    const found = await rates(compiled(sgd({ learningRate: 1 })), callback, [10, 9.5, 8]);
    expect(found).toEqual([1, 0.5, 0.5]);
    expect(() => reduceOnPlateau({ minDelta: 1, threshold: 1 })).toThrow('received minDelta and threshold');
  });

  it('takes a rate that was set meanwhile', async () => {
    const model = compiled(sgd({ learningRate: 1 }));
    const callback = reduceOnPlateau({ monitor: 'loss', factor: 0.5, patience: 0 });
    await rates(model, callback, [1]);
    (model.optimizer as unknown as { learningRate: number }).learningRate = 0.1;
    expect(await rates(model, callback, [1])).toEqual([0.05]);
  });

  it('goes on from its state', async () => {
    const options = { monitor: 'loss', factor: 0.5, patience: 2 };
    const first = reduceOnPlateau(options);
    await rates(compiled(sgd({ learningRate: 1 })), first, [1, 1, 1]);
    const second = reduceOnPlateau(options);
    second.setState(JSON.parse(JSON.stringify(first.getState())));
    expect(await rates(compiled(sgd({ learningRate: 1 })), second, [1])).toEqual([0.5]);
  });

  it('works in model.fit', async () => {
    const model = compiled(sgd({ learningRate: 1e-6 }));
    const [x, y] = [tf.ones([4, 2]), tf.ones([4, 1])];
    const callback = reduceOnPlateau({ monitor: 'loss', factor: 0.1, patience: 1, threshold: 0.5 });
    await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: [callback] });
    expect(rateOf(model.optimizer)).toBeCloseTo(1e-7, 12);
    const unknown = reduceOnPlateau({ monitor: 'vall_loss' });
    await expect(model.fit(x, y, { verbose: 0, callbacks: [unknown] })).rejects.toThrow(
      "reduceOnPlateau: monitor must be among what is reported, 'loss'",
    );
  });

  it('works in training.fit, which keeps its state', async () => {
    const [x, y] = [tf.ones([4, 2]), tf.ones([4, 1])];
    const options = { monitor: 'loss', factor: 0.1, patience: 1, threshold: 0.5 };
    const folder = mkdtempSync(join(tmpdir(), 'descent-plateau-'));
    const checkpoint = { path: join(folder, 'state') };
    const train = async (epochs: number): Promise<[rate: number, state: unknown]> => {
      const model = compiled(sgd({ learningRate: 1e-6 }));
      const callback = reduceOnPlateau(options);
      await training.fit(model, [x, y], { epochs, progress: false, checkpoint, callbacks: [callback] });
      return [rateOf(model.optimizer)!, callback.getState()];
    };
    const [rate, state] = await train(2);
    expect(rate).toBe(1e-6);
    expect(state).toMatchObject({ waited: 1 });
    // The second epoch without improvement comes after the training was taken up again.
    expect((await train(3))[0]).toBeCloseTo(1e-7, 12);
    const unknown = reduceOnPlateau({ monitor: 'val_loss' });
    const run = training.fit(compiled(sgd()), [x, y], { progress: false, callbacks: [unknown] });
    await expect(run).rejects.toThrow('reduceOnPlateau: monitor must be among what is reported');
    rmSync(folder, { recursive: true });
    tf.dispose([x, y]);
  });

  it('refuses schedules and optimizers without a rate', async () => {
    const learningRate = cosineDecay({ initialValue: 1, decaySteps: 10 });
    const callback = reduceOnPlateau({ monitor: 'loss' });
    await expect(rates(compiled(sgd({ learningRate })), callback, [1])).rejects.toThrow(
      'the learning rate is a function of the step',
    );
    await expect(rates(compiled(fromTransform(trace())), callback, [1])).rejects.toThrow(
      'the optimizer has no learning rate',
    );
  });

  it.each<[unknown, string]>([
    [{ patiance: 1 }, "did you mean 'patience'?"],
    [{ mode: 'least' }, "mode must be one of 'auto', 'min', 'max'"],
    [{ monitor: 3 }, "monitor must be a name such as 'val_loss'; received 3"],
    [{ factor: 2 }, 'factor must be a finite number in (0, 1); received 2'],
  ])('refuses %j', (options, message) => {
    expect(() => reduceOnPlateau(options as ReduceOnPlateauOptions)).toThrow(message);
  });
});
