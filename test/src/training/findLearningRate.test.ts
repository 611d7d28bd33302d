import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { toBundle } from '../../../src/display/index.ts';
import { fromTransform, sgd } from '../../../src/optimizers/index.ts';
import { cosineDecay } from '../../../src/schedules/index.ts';
import { type FindLearningRateOptions, findLearningRate } from '../../../src/training/index.ts';
import { lowestOf, smooth, steepestOf } from '../../../src/training/rates/curve.ts';
import { trace } from '../../../src/transforms/index.ts';
import { data } from '../backend/compiled/support.ts';
import { expectClose, onBackends } from '../support.ts';
import { optimizers } from './optimizers.ts';

type Made = Parameters<ReturnType<typeof tf.sequential>['compile']>[0]['optimizer'];
type Model = ReturnType<typeof tf.sequential>;

function compiled(
  optimizer: unknown,
  loss: string | ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor) = 'meanSquaredError',
) {
  const { dense, batchNormalization } = tf.layers;
  const model = tf.sequential({
    layers: [
      dense({
        units: 6,
        inputShape: [5],
        activation: 'tanh',
        kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }),
      }),
      batchNormalization(),
      dense({ units: 2, kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) }),
    ],
  });
  model.compile({ optimizer: optimizer as Made, loss: loss as never });
  return model;
}

const bits = (tensors: readonly tf.Tensor[]): number[][] =>
  tensors.map((one) => Array.from(new Uint32Array(Float32Array.from(one.dataSync()).buffer)));

/** Everything that training changes. */
async function stateOf(model: Model): Promise<unknown> {
  const optimizer = model.optimizer as unknown as Record<string, unknown> & tf.Optimizer;
  const own = await optimizer.getWeights();
  const variables = Object.entries(optimizer).filter(([, value]) => value instanceof tf.Variable);
  const state = {
    weights: bits(model.getWeights()),
    optimizer: own.map(({ name, tensor }) => [name, bits([tensor])]),
    scalars: variables.map(([name, value]) => [name, bits([value as tf.Variable])]),
    iterations: optimizer.iterations,
    rate: optimizer.learningRate,
  };
  tf.dispose(own.map(({ tensor }) => tensor).filter((tensor) => !(tensor instanceof tf.Variable)));
  return state;
}

const range: FindLearningRateOptions = { min: 1e-4, max: 1, steps: 20, batchSize: 4 };

onBackends('findLearningRate', () => {
  const inTest = async (run: (x: tf.Tensor, y: tf.Tensor) => Promise<void>): Promise<void> => {
    const [x, y] = [data([12, 5], 1), data([12, 2], 2)];
    await run(x, y);
    tf.dispose([x, y]);
  };

  it.each(optimizers)(
    'leaves weights and the state of %s as they were, before and after training',
    (_, make) =>
      inTest(async (x, y) => {
        const model = compiled(make());
        for (const trained of [false, true]) {
          if (trained) await model.fit(x, y, { epochs: 2, verbose: 0, shuffle: false });
          const before = await stateOf(model);
          const count = tf.memory().numTensors;
          const found = await findLearningRate(model, [x, y], range);
          expect(found.losses.length).toBeGreaterThan(5);
          expect(tf.memory().numTensors).toBe(count);
          expect(await stateOf(model)).toEqual(before);
        }
        model.dispose();
        model.optimizer.dispose();
      }),
  );

  it('does so after an error, too', () =>
    inTest(async (x, y) => {
      let calls = 0;
      const failing = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
        calls += 1;
        if (calls > 3) throw new Error('no more');
        return tf.losses.meanSquaredError(a, b);
      };
      const model = compiled(sgd({ learningRate: 0.1, momentum: 0.9 }), failing);
      const before = await stateOf(model);
      const count = tf.memory().numTensors;
      await expect(findLearningRate(model, [x, y], range)).rejects.toThrow('no more');
      expect(tf.memory().numTensors).toBe(count);
      expect(await stateOf(model)).toEqual(before);
      model.dispose();
      model.optimizer.dispose();
    }));

  it('does so when the cell is interrupted', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd({ learningRate: 0.1, momentum: 0.9 }));
      const before = await stateOf(model);
      const count = tf.memory().numTensors;
      let interrupt = (_: string): void => {};
      const atEnd = (work: (how: string) => void) => {
        interrupt = work;
        return () => {};
      };
      const batches = function* () {
        for (let i = 0; ; i++) {
          if (i === 6) interrupt('interrupted');
          yield [x, y] as const;
        }
      };
      const channel = Symbol.for('descent.channel');
      const own = Reflect.get(globalThis, channel) as unknown;
      Reflect.set(globalThis, channel, { atEnd });
      const run = findLearningRate(model, batches(), range);
      await expect(run).rejects.toThrow('findLearningRate: the cell was interrupted');
      Reflect.set(globalThis, channel, own);
      expect(tf.memory().numTensors).toBe(count);
      expect(await stateOf(model)).toEqual(before);
      model.dispose();
      model.optimizer.dispose();
    }));

  it('takes pairs, objects, arrays of numbers, generators and pipelines of the same batches', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd({ learningRate: 0.1 }));
      // One batch of all samples: its order makes no difference but for rounding.
      const all = { ...range, batchSize: 12 };
      const first = await findLearningRate(model, [x, y], all);
      const numbers = { xs: x.arraySync() as number[][], ys: y.arraySync() as number[][] };
      const endless = function* () {
        for (;;) yield [x, y] as const;
      };
      const pipeline = tf.data
        .zip({ xs: tf.data.array(numbers.xs), ys: tf.data.array(numbers.ys) })
        .batch(12);
      for (const form of [{ x, y }, numbers, [numbers.xs, numbers.ys], endless(), [{ x, y }], pipeline]) {
        const found = await findLearningRate(model, form as never, all);
        expect(found.rates).toEqual(first.rates);
        expectClose(found.losses, first.losses, 1e-5);
      }
      model.dispose();
    }));

  it('takes weights of samples, inputs by name and a function that makes batches, and leaves no tensor of them', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd({ learningRate: 0 }));
      const all = { ...range, batchSize: 12, steps: 2 };
      const before = tf.memory().numTensors;
      const { losses } = await findLearningRate(model, [x, y], all);
      const twice = await findLearningRate(model, [x, y, Array.from({ length: 12 }, () => 2)], all);
      expectClose(twice.losses.slice(0, 1), [2 * losses[0]!], 1e-5);
      const named = await findLearningRate(model, { x: { [model.inputNames[0]!]: x }, y }, all);
      expectClose(named.losses, losses, 1e-6);
      const epochs: number[] = [];
      const make = (epoch: number) => {
        epochs.push(epoch);
        return [[tf.clone(x), tf.clone(y)]] as const;
      };
      expectClose((await findLearningRate(model, make as never, all)).losses, losses, 1e-5);
      expect(epochs).toEqual([0, 1]);
      expect(tf.memory().numTensors).toBe(before);
      model.dispose();
    }));

  it('takes batches of one size: the last samples of a pass wait for the next one', () =>
    inTest(async (x, y) => {
      const sizes: number[] = [];
      const watching = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
        sizes.push(a.shape[0]!);
        return tf.losses.meanSquaredError(a, b);
      };
      const model = compiled(sgd({ learningRate: 0.1 }), watching);
      const before = tf.memory().numTensors;
      await findLearningRate(model, [x, y], { ...range, batchSize: 5, steps: 6 });
      expect(new Set(sizes)).toEqual(new Set([5]));
      expect(tf.memory().numTensors).toBe(before);
      model.dispose();
    }));

  it('ends with the data where they cannot be begun again', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd({ learningRate: 0.1 }));
      const few = function* () {
        for (let i = 0; i < 4; i++) yield { xs: x, ys: y };
      };
      const found = await findLearningRate(model, few(), range);
      expect([found.reason, found.losses.length]).toEqual(['data ended', 4]);
      model.dispose();
    }));

  it('suggests a rate that trains, and ends where the loss grows', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd({ learningRate: 0.1 }));
      const found = await findLearningRate(model, [x, y], { min: 1e-5, max: 1e4, batchSize: 12 });
      expect(found.reason).not.toBe('steps');
      expect(found.rates.length).toBeLessThan(100);
      expect(found.losses.every(Number.isFinite)).toBe(true);
      expect(found.suggestion).toBeLessThan(found.minimum);
      expect(found.tenth).toBe(found.minimum / 10);
      const trained = async (learningRate: number): Promise<number> => {
        const fresh = compiled(sgd({ learningRate }));
        const { history } = await fresh.fit(x, y, { epochs: 40, batchSize: 12, verbose: 0 });
        fresh.dispose();
        fresh.optimizer.dispose();
        return Number(history.loss!.at(-1));
      };
      const [suggested, small] = [await trained(found.suggestion), await trained(found.suggestion / 100)];
      expect(suggested).toBeLessThan(0.8 * small);
      model.dispose();
    }));

  it('keeps a schedule of the optimizer', () =>
    inTest(async (x, y) => {
      const learningRate = cosineDecay({ initialValue: 1, decaySteps: 10 });
      const model = compiled(sgd({ learningRate }));
      await findLearningRate(model, [x, y], range);
      expect((model.optimizer as unknown as { learningRate: unknown }).learningRate).toBe(learningRate);
      expect(model.optimizer.iterations).toBe(0);
      model.dispose();
    }));

  it('leaves out what is no number, and says so', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd({ learningRate: 0.1 }));
      // The square of 10²⁰ is no float32.
      const huge = tf.tidy(() => tf.mul(tf.onesLike(y), 1e20));
      const batches = [
        [x, y],
        [x, y],
        [x, y],
        [x, huge],
      ] as const;
      const found = await findLearningRate(model, batches as never, range);
      expect([found.reason, found.losses.length]).toEqual(['not finite', 3]);
      const never = tf.tidy(() => tf.mul(y, Number.NaN));
      await expect(findLearningRate(model, [x, never], range)).rejects.toThrow(
        'findLearningRate: the loss is no finite number at the first step',
      );
      tf.dispose([huge, never]);
      model.dispose();
    }));

  it('says what is wrong', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd({ learningRate: 0.1 }));
      const bare = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [5] })] });
      const unrated = compiled(fromTransform(trace()));
      const call = (...given: unknown[]) => Reflect.apply(findLearningRate, undefined, given);
      const cases: [unknown[], string][] = [
        [[3, [x, y]], 'model must be a tf.LayersModel; received 3'],
        [[bare, [x, y]], 'model must be a model that was compiled; received one that was not compiled'],
        [[unrated, [x, y]], 'the optimizer of the model has no learning rate to set'],
        [[model, 3], 'findLearningRate: data must be [x, y], { x, y }, batches of them to iterate over'],
        [[model, [1, 2, 3, 4]], 'findLearningRate: a batch of data must be [x, y], [x, y, sampleWeight]'],
        [
          [model, [x, tf.slice(y, 0, 5)]],
          'findLearningRate: y must be as many as x has, 12; received 5 samples',
        ],
        [[model, [x, 'y']], 'y must be a tensor, a typed array or nested arrays of numbers'],
        [[model, [x, y], { min: 0 }], 'min must be a finite number above 0; received 0'],
        [[model, [x, y], { min: 1, max: 1 }], 'max must be a finite number above 1; received 1'],
        [[model, [x, y], { step: 3 }], "did you mean 'steps'?"],
      ];
      for (const [given, message] of cases) await expect(call(...given), message).rejects.toThrow(message);
      tf.dispose(
        cases.flatMap(([given]) => (given[1] as unknown[])?.[1] ?? []).filter((one) => one !== y) as never,
      );
      for (const one of [model, bare, unrated]) one.dispose();
    }));

  it('gives numbers that can be cloned', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd());
      const found = await findLearningRate(model, [x, y], range);
      expect(structuredClone(found)).toMatchObject({ rates: found.rates, suggestion: found.suggestion });
      model.dispose();
      model.optimizer.dispose();
    }));

  it('shows a chart with its suggestion', () =>
    inTest(async (x, y) => {
      const model = compiled(sgd({ learningRate: 0.1 }));
      const found = await findLearningRate(model, [x, y], range);
      const { data: bundle } = await toBundle(found);
      const spec = bundle['application/vnd.vegalite.v5+json'] as {
        layer: { data?: { values: { mark: string; rate: number }[] } }[];
        encoding: { x: object };
      };
      expect(spec.encoding.x).toMatchObject({ title: 'learning rate', scale: { type: 'log' } });
      const marks = spec.layer.flatMap((layer) => layer.data?.values ?? []);
      expect(marks.find(({ mark }) => mark.startsWith('suggestion'))!.rate).toBe(found.suggestion);
      expect(bundle['image/png']).toBeDefined();
      expect(bundle['text/plain']).toMatch(
        /^Learning-rate range test: suggestion .*\nsuggestion: steepest fall: /,
      );
      model.dispose();
    }));
});

describe('curves', () => {
  it('are smoothed by a weighted mean around each value', () => {
    // β = ½: (1·0 + ½·4 + ¼·0)/(1¾), (½·0 + 4 + ½·0)/2, as the first
    expectClose(smooth([0, 4, 0], 0.5), [2 / 1.75, 2, 2 / 1.75], 1e-14);
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
    const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.99, noNaN: true }), (list, beta) => {
        const direct = list.map((_, i) => {
          const weights = list.map((_, j) => beta ** Math.abs(i - j));
          const total = weights.reduce((a, b) => a + b, 0);
          return weights.reduce((sum, weight, j) => sum + weight * list[j]!, 0) / total;
        });
        expectClose(smooth(list, beta), direct, 1e-9);
      }),
    );
  });

  it('have a steepest fall before their lowest point', () => {
    expect(steepestOf([5, 5, 4.5, 2, 0, 0, 9])).toBe(3);
    expect(lowestOf([5, 5, 4.5, 2, 0, 0, 9])).toBe(4);
    // A steeper fall after the lowest point does not count.
    expect(steepestOf([3, 2.5, 1, 0, 100, 1])).toBe(2);
    expect(steepestOf([0, 1, 2])).toBeUndefined();
  });
});
