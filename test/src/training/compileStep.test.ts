import { beforeAll, describe, expect, it } from 'vitest';
import { backend, tf } from '../../../src/backend/index.ts';
import { meanSquaredError } from '../../../src/losses/index.ts';
import { compileStep } from '../../../src/training/index.ts';
import { data, distance, uncompiled } from '../backend/compiled/support.ts';
import { optimizers } from './optimizers.ts';

beforeAll(async () => {
  await backend.use('wasm');
});

const { layers } = tf;
const weightsOf = (model: { getWeights(): { dataSync(): ArrayLike<number> }[] }): number[] =>
  model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));

function network(): ReturnType<typeof tf.sequential> {
  return tf.sequential({
    layers: [
      layers.dense({ units: 6, inputShape: [5], activation: 'tanh', name: 'first' }),
      layers.dense({ units: 2, name: 'last' }),
    ],
  });
}

const x = data([8, 5], 1);
const y = data([8, 2], 2);

describe('compileStep', () => {
  it.each(optimizers)('trains with %s as the ordinary step does, without a tensor left', (_name, make) => {
    const [a, b] = [network(), network()];
    b.setWeights(a.getWeights());
    const step = compileStep(a, { loss: meanSquaredError, optimizer: make() });
    expect([step.isCompiled, step.reasons]).toEqual([true, []]);
    const optimizer = make();
    const ordinary = () =>
      optimizer.minimize(() => meanSquaredError(y, b.apply(x, { training: true }) as never) as never, true);
    const first = step(x, y);
    expect(first).toBeCloseTo(ordinary()!.dataSync()[0]!, 5);
    const before = tf.memory().numTensors;
    let last = 0;
    for (let i = 1; i < 100; i++) last = step(x, y);
    expect(tf.memory().numTensors).toBe(before);
    for (let i = 1; i < 100; i++) ordinary()?.dispose();
    expect(distance(weightsOf(a), weightsOf(b))).toBeLessThan(1e-5);
    expect(last).toBeLessThan(first);
    step.dispose();
    expect(tf.memory().numTensors).toBeLessThan(before + 100);
  });

  it('takes what the model was compiled with, and arrays of numbers', () => {
    const model = network();
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const step = compileStep(model);
    expect(step([[1, 2, 3, 4, 5]], [[0, 1]])).toBeGreaterThan(0);
    expect(step(tf.ones([1, 5], 'int32'), [[0, 1]])).toBeGreaterThan(0);
  });

  it('sees a learning rate, weights and a frozen layer that are set between steps', () => {
    const model = network();
    const optimizer = tf.train.sgd(0.1);
    const step = compileStep(model, { loss: meanSquaredError, optimizer });
    step(x, y);
    (optimizer as unknown as { setLearningRate(rate: number): void }).setLearningRate(0);
    const still = weightsOf(model);
    step(x, y);
    expect(weightsOf(model)).toEqual(still);
    (optimizer as unknown as { setLearningRate(rate: number): void }).setLearningRate(0.1);
    model.getLayer('first').trainable = false;
    const kernel = model.getLayer('first').getWeights()[0]!.clone();
    const last = model.getLayer('last').getWeights()[0]!.clone();
    step(x, y);
    expect(tf.max(tf.abs(tf.sub(kernel, model.getLayer('first').getWeights()[0]!))).dataSync()[0]).toBe(0);
    expect(
      tf.max(tf.abs(tf.sub(last, model.getLayer('last').getWeights()[0]!))).dataSync()[0],
    ).toBeGreaterThan(0);
    model.setWeights(model.getWeights().map((weight) => tf.zerosLike(weight)));
    expect(step(x, y)).toBeCloseTo(tf.mean(tf.square(y)).dataSync()[0]!, 6);
  });

  it('leaves tensors that hold earlier weights as they were', () => {
    const model = network();
    const step = compileStep(model, { loss: meanSquaredError, optimizer: tf.train.adam(0.01) });
    step(x, y);
    const held = model.getWeights().map((weight) => weight.clone());
    const numbers = held.map((weight) => [...weight.dataSync()]);
    step(x, y);
    expect(held.map((weight) => [...weight.dataSync()])).toEqual(numbers);
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).not.toEqual(numbers);
  });

  it('leaves gradients that an optimizer has kept as they were', () => {
    const kept: (typeof x)[] = [];
    class Keeping extends tf.Optimizer {
      static readonly className = 'Keeping';
      applyGradients(gradients: never): void {
        for (const gradient of Object.values(gradients) as (typeof x)[]) kept.push(tf.keep(gradient.clone()));
      }
      override getConfig() {
        return {};
      }
    }
    const step = compileStep(network(), { loss: meanSquaredError, optimizer: new Keeping() });
    step(x, y);
    const numbers = kept.map((gradient) => [...gradient.dataSync()]);
    expect(numbers.flat().some((value) => value !== 0)).toBe(true);
    step(tf.mul(x, 2), y);
    step.dispose();
    const [first, second] = [kept.slice(0, numbers.length), kept.slice(numbers.length)];
    expect(first.map((gradient) => [...gradient.dataSync()])).toEqual(numbers);
    expect(second.map((gradient) => [...gradient.dataSync()])).not.toEqual(numbers);
    for (const gradient of kept) gradient.dispose();
  });

  it('predicts with the new weights after a step, also where weights were packed before', () => {
    const model = tf.sequential({
      layers: [layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [5, 5, 2] }), layers.flatten()],
    });
    const image = data([1, 5, 5, 2], 3);
    const step = compileStep(model, { loss: meanSquaredError, optimizer: tf.train.sgd(0.5) });
    model.predict(image);
    step(image, tf.zeros([1, 27]));
    const fresh = tf.sequential({
      layers: [layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [5, 5, 2] }), layers.flatten()],
    });
    fresh.setWeights(model.getWeights().map((weight) => tf.tensor(weight.dataSync(), weight.shape)));
    const of = (one: typeof model) => [...(one.predict(image) as typeof image).dataSync()];
    expect(of(model)).toEqual(of(fresh));
  });

  it('takes batches of any size', () => {
    const model = network();
    const step = compileStep(model, { loss: meanSquaredError, optimizer: tf.train.sgd(0.01) });
    for (const size of [1, 2, 3, 4, 5, 6, 8, 3]) {
      const [some, targets] = [tf.slice(x, [0, 0], [size, 5]), tf.slice(y, [0, 0], [size, 2])];
      const expected = meanSquaredError(targets, model.predict(some) as typeof x).dataSync()[0]!;
      expect(step(some, targets)).toBeCloseTo(expected, 5);
    }
  });

  it('says why it cannot compile, and trains the ordinary way', async () => {
    const model = tf.sequential({
      layers: [
        layers.dense({ units: 4, inputShape: [5], kernelRegularizer: 'l1l2', name: 'penalised' }),
        layers.gaussianNoise({ stddev: 0.1, name: 'noisy' }),
        layers.dense({ units: 2, activation: 'mish' }),
      ],
    });
    const reasons = compileStep.explain(model);
    expect(reasons).toHaveLength(3);
    expect(reasons[0]).toMatch(/^the layer penalised: its kernelRegularizer has no compiled form$/);
    expect(reasons[1]).toMatch(/^the layer noisy: layers of the class GaussianNoise have no compiled form$/);
    expect(reasons[2]).toMatch(/the activation mish has no compiled form/);
    const step = compileStep(model, { loss: meanSquaredError, optimizer: tf.train.sgd(0.05) });
    expect(step.isCompiled).toBe(false);
    const before = step(x, y);
    for (let i = 0; i < 20; i++) step(x, y);
    expect(step(x, y)).toBeLessThan(before);
    await uncompiled(() => {
      expect(compileStep.explain(network())).toEqual(['DESCENT_COMPILE is off']);
    });
    await backend.use('cpu');
    try {
      expect(compileStep.explain(network())[0]).toMatch(/the back end cpu has no compiled steps/);
    } finally {
      await backend.use('wasm');
    }
  });

  it('says so of what it would leave out', () => {
    const own = layers.dense({ units: 2, name: 'own' });
    const model = tf.sequential({
      layers: [
        layers.conv2d({ filters: 3, kernelSize: 2, inputShape: [4, 4, 2] }),
        layers.flatten({ dataFormat: 'channelsFirst', name: 'turned' }),
        own,
      ],
    });
    own.addLoss((() => tf.sum(own.getWeights()[0]!)) as never);
    expect(compileStep.explain(model)).toEqual([
      'the layer turned: the data format channelsFirst has no compiled form',
      'the layer own: a loss of its own (addLoss) has no compiled form',
    ]);
  });

  it('does not take a class that extends one of tfjs for that one', () => {
    const { dense } = tf.layers;
    const Dense = Object.getPrototypeOf(dense({ units: 1 })).constructor as new (
      options: object,
    ) => ReturnType<typeof dense>;
    class Doubled extends Dense {
      override call(inputs: never, kwargs: never): typeof x {
        return tf.mul(super.call(inputs, kwargs) as typeof x, 2);
      }
    }
    const model = tf.sequential({ layers: [new Doubled({ units: 2, inputShape: [5], name: 'twice' })] });
    expect(compileStep.explain(model)).toEqual([
      'the layer twice: layers of the class Doubled have no compiled form',
    ]);
  });

  it('refuses what does not fit, with the layer and both shapes', () => {
    const step = compileStep(network(), { loss: meanSquaredError, optimizer: tf.train.sgd(0.1) });
    expect(() => step(data([8, 4], 1), y)).toThrow(
      /x must be of the shape \[\?, 5\] of first_input; received \[8,4\]/,
    );
    expect(() => step(x, data([7, 2], 1))).toThrow(/y must be as many as x has, 8; received 7 samples/);
    expect(() => step(x, data([8, 3], 1))).toThrow(/yTrue.*\[8,3\].*\[8,2\]|\[8,2\].*\[8,3\]/);
    expect(() => step(tf.zeros([0, 5]), tf.zeros([0, 2]))).toThrow(
      /at least one sample; received an empty batch/,
    );
    const gone = tf.zeros([8, 5]);
    gone.dispose();
    expect(() => step(gone, y)).toThrow(/a tensor that still exists; received a disposed tensor/);
    expect(() => compileStep(network())).toThrow(/loss must be .*; received none/);
    expect(() => compileStep({} as never)).toThrow(/model must be a tf.LayersModel/);
    expect(() => compileStep(network(), { lose: 1 } as never)).toThrow(/lose/);
  });

  it('holds targets to the shape of their output where the loss is one by name, as fit does', () => {
    const step = compileStep(network(), { loss: 'meanSquaredError', optimizer: 'sgd' });
    for (const shape of [[8, 3], [8, 1], [8]])
      expect(() => step(x, data(shape, 1)), String(shape)).toThrow(
        `y must be of the shape [?, 2] of last; received [${shape}]`,
      );
    const single = tf.sequential({ layers: [layers.dense({ units: 1, inputShape: [5] })] });
    const column = compileStep(single, { loss: 'meanSquaredError', optimizer: tf.train.sgd(0) });
    expect(column(x, data([8], 1))).toBe(column(x, data([8, 1], 1)));
  });

  it('is clear about memory that cannot be had, and leaves all else intact', () => {
    const model = tf.sequential({
      layers: [layers.dense({ units: 1_000_000, inputShape: [1] }), layers.dense({ units: 1 })],
    });
    const step = compileStep(model, { loss: meanSquaredError, optimizer: tf.train.sgd(0.1) });
    expect(() => step(tf.zeros([2000, 1]), tf.zeros([2000, 1]))).toThrow(
      /there is no memory for .* MB more: .*dispose of tensors, or take smaller batches/,
    );
    expect(tf.sum(x).dataSync()[0]).not.toBeNaN();
    expect(step([[0]], [[0]])).toBe(0);
  });
});
