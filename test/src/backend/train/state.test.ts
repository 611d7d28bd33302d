import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends, variable } from '../../support.ts';
import { apply, OPTIMIZERS } from './optimizers.ts';

const values = (x: tf.Tensor): number[] => Array.from(x.dataSync());

onBackends('the state of tf.train', () => {
  test.each(OPTIMIZERS)('%s: belongs to a variable, wherever it is in the list of gradients', (_, make) => {
    const [a, b, alone] = [variable([1, 2, 3]), variable([1, 2, 3]), variable([1, 2, 3])];
    const [optimizer, reference] = [make(), make()];
    const [one, zero] = [
      [1, -1, 2],
      [0, 0, 0],
    ];
    apply(optimizer, [
      [a, one],
      [b, zero],
    ]);
    // Stock adam moves b to 0.933 by the moment of a; of other shapes it throws: "shape of the new value (2)
    // and previous value (1) must match".
    apply(optimizer, [[b, zero]]);
    apply(optimizer, [
      [b, zero],
      [a, one],
    ]);
    expect(values(b)).toEqual([1, 2, 3]);
    // The number of steps, which corrects the moments, is that of the optimizer, as in Keras.
    apply(reference, [[alone, one]]);
    apply(reference, []);
    apply(reference, [[alone, one]]);
    expect(values(a)).toEqual(values(alone));
    for (const used of [optimizer, reference, a, b, alone]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: of a frozen layer waits for it', async (_, make) => {
    // From weights that chance makes large, some of the optimizers leave for infinity.
    const small = tf.initializers.constant({ value: 0.1 });
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 3, inputShape: [3], name: 'first', kernelInitializer: small }),
        tf.layers.dense({ units: 3, name: 'second', kernelInitializer: small }),
        tf.layers.dense({ units: 1, kernelInitializer: small }),
      ],
    });
    const optimizer = make();
    const [x, y] = [tf.ones([4, 3]), tf.ones([4, 1])];
    const train = async (trainable: boolean): Promise<void> => {
      model.getLayer('first').trainable = trainable;
      model.compile({ loss: 'meanSquaredError', optimizer });
      await model.fit(x, y, { epochs: 2, verbose: 0 });
    };
    await train(true);
    const frozen = model.getLayer('first').getWeights().map(values);
    await train(false);
    expect(model.getLayer('first').getWeights().map(values)).toEqual(frozen);
    await train(true);
    const weights = await optimizer.getWeights();
    // One of each kind for each of the six weights: none was made twice.
    expect((weights.length - 1) % 6).toBe(0);
    expect(weights.every(({ tensor }) => values(tensor).every(Number.isFinite))).toBe(true);
    tf.dispose(weights.map(({ tensor }) => tensor));
    for (const used of [model, optimizer, x, y]) used.dispose();
  });

  test('another variable of the same name and another shape starts afresh', () => {
    const optimizer = tf.train.adam(0.1);
    for (const size of [2, 3]) {
      const x = tf.tidy(() => tf.variable(tf.ones([size]), true, 'same'));
      apply(optimizer, [[x, new Array<number>(size).fill(2)]]);
      expect(x.dataSync()[0]).toBeLessThan(1);
      x.dispose();
    }
    optimizer.dispose();
  });
});

onBackends('applyGradients of tf.train', () => {
  test.each(OPTIMIZERS)('%s: leaves variables without a gradient alone', (_, make) => {
    const [x, y, fixed] = [variable([1]), variable([2]), variable([3])];
    fixed.trainable = false;
    const optimizer = make();
    apply(optimizer, [
      [x, undefined],
      [y, [1]],
    ]);
    expect(values(x)).toEqual([1]);
    expect(values(y)[0]).toBeLessThan(2);
    optimizer.minimize(() => x.add(y).add(fixed).sum(), false, [x, y, fixed]);
    expect(values(x)[0]).toBeLessThan(1);
    expect(values(fixed)).toEqual([3]);
    for (const used of [optimizer, x, y, fixed]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: takes a variable twice, one after the other', (_, make) => {
    const [twice, once] = [variable([1, -2]), variable([1, -2])];
    const [optimizer, other] = [make(), make()];
    const g = [0.5, 2];
    apply(optimizer, [
      [twice, g],
      [twice, g],
    ]);
    apply(other, [[once, g]]);
    Reflect.set(other, 'iterations_', 0);
    apply(other, [[once, g]]);
    expect(values(twice)).toEqual(values(once));
    for (const used of [optimizer, other, twice, once]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: takes shapes of any size, one gradient for two variables too', (_, make) => {
    const optimizer = make();
    const shapes = [[], [0], [1], [3], [2, 0, 3], [7, 5], [1024], [1, 1, 4]];
    const pairs = shapes.map((shape) =>
      tf.tidy(() => [tf.variable(tf.fill(shape, 0.5)), tf.variable(tf.fill(shape, 0.5))] as const),
    );
    for (let step = 0; step < 2; step++) {
      tf.tidy(() => {
        const list = pairs.flatMap((pair, i) => {
          const tensor = tf.fill(shapes[i]!, 2 - 3 * step);
          return pair.map(({ name }) => ({ name, tensor }));
        });
        optimizer.applyGradients(list);
      });
    }
    const scalar = values(pairs[0]![0])[0]!;
    expect(scalar).not.toBe(0.5);
    for (const [a, b] of pairs) {
      expect(values(a)).toEqual(values(b));
      expect(values(a)).toEqual(new Array<number>(a.size).fill(scalar));
    }
    for (const used of [optimizer, ...pairs.flat()]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: tensors and arrays taken before a step keep their values', (_, make) => {
    const start = tf.tensor1d([1, 2, 3, 4, 5]);
    const x = tf.variable(start);
    const optimizer = make();
    let held = tf.clone(x);
    let array = x.dataSync();
    for (let step = 0; step < 3; step++) {
      const before = Array.from(array);
      apply(optimizer, [[x, [1, 1, -1, 2, 0.5]]]);
      expect(values(held)).toEqual(before);
      expect(Array.from(array)).toEqual(before);
      expect(values(x)).not.toEqual(before);
      held.dispose();
      held = tf.clone(x);
      array = x.dataSync();
    }
    expect(values(start)).toEqual([1, 2, 3, 4, 5]);
    for (const used of [optimizer, x, held, start]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: NaN and infinity stay where they are', (_, make) => {
    const x = variable([1, 1, 1, Number.NaN, Number.POSITIVE_INFINITY, 1]);
    const optimizer = make();
    apply(optimizer, [[x, [1, Number.NaN, Number.POSITIVE_INFINITY, 1, 1, 0]]]);
    apply(optimizer, [[x, [1, 1, 1, 1, 1, 0]]]);
    const [finite, gradient, , weight, infinite, zero] = values(x);
    expect(Number.isFinite(finite)).toBe(true);
    expect(gradient).toBeNaN();
    expect(weight).toBeNaN();
    expect(infinite).toBe(Number.POSITIVE_INFINITY);
    expect(zero).toBe(1);
    optimizer.dispose();
    x.dispose();
  });

  test('takes gradients of integers, and smaller ones that tfjs broadcasts', () => {
    const x = tf.tidy(() => tf.variable(tf.ones([2, 2])));
    const optimizer = tf.train.momentum(0.5, 0.9);
    tf.tidy(() => {
      optimizer.applyGradients([{ name: x.name, tensor: tf.tensor2d([1, 0, 0, 1], [2, 2], 'int32') }]);
      optimizer.applyGradients([{ name: x.name, tensor: tf.scalar(0) }]);
    });
    // m: 1, 0.9
    expect(values(x).map((value) => Number(value.toFixed(6)))).toEqual([0.05, 1, 1, 0.05]);
    optimizer.dispose();
    x.dispose();
  });

  test('says what does not fit, before anything is changed', () => {
    const [x, y] = [variable([1, 2]), variable([1])];
    const counts = tf.tidy(() => tf.variable(tf.tensor1d([1], 'int32'), true, 'counts'));
    const optimizer = tf.train.sgd(0.1);
    expect(() =>
      apply(optimizer, [
        [y, [1]],
        [{ name: x.name, shape: [3] } as tf.Variable, [1, 2, 3]],
      ]),
    ).toThrow(
      `applyGradients: the gradient of ${x.name} must be of the shape of its variable, [2]; received [3]`,
    );
    expect(() => apply(optimizer, [[counts, [1]]])).toThrow(
      'the variable counts must be of type float32 to be trained; received int32',
    );
    // Stock: "Cannot read properties of undefined".
    expect(() => apply(optimizer, [[{ name: 'gone', shape: [1] } as tf.Variable, [1]]])).toThrow(
      'applyGradients: there is no variable named gone',
    );
    expect([values(x), values(y), optimizer.iterations]).toEqual([[1, 2], [1], 0]);
    for (const used of [optimizer, x, y, counts]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: memory is flat over 300 steps', (_, make) => {
    const x = variable([1, 2, 3, 4, 5]);
    const optimizer = make();
    const f = (): tf.Scalar => x.square().sum();
    optimizer.minimize(f);
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    for (let step = 0; step < 300; step++) optimizer.minimize(f);
    expect(tf.memory()).toMatchObject({ numTensors, numBytes, numDataBuffers });
    optimizer.dispose();
    x.dispose();
  });
});
