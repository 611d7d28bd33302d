import { afterEach, beforeEach, expect, test } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';
import { applyRule } from '../../../../src/core/updates/apply.ts';
import type { UpdateRule } from '../../../../src/core/updates/rules.ts';
import { type Reference, referenceStep } from '../../core/updates/reference.ts';
import { nativeTensors, onNativeTensorflow } from '../../native.ts';
import { expectClose, variable } from '../../support.ts';
import { apply, OPTIMIZERS } from './optimizers.ts';

const values = (x: tf.Tensor): number[] => Array.from(x.dataSync());

onNativeTensorflow();

let before: [number, number] = [0, 0];
beforeEach(() => {
  before = [tf.memory().numTensors, nativeTensors()];
});
afterEach(() => {
  expect([tf.memory().numTensors, nativeTensors()], 'tensors left behind').toEqual(before);
});

const GRADIENTS = [
  [1, -2, 0.5, 0, 3],
  [0.5, -1, 0, 0, -4],
  [-3, 0.25, 1e-3, 0, 2],
  [0, 0, 7, 0, 2],
];

test.each(OPTIMIZERS)('%s: steps are those of its formula in double precision', (_, make, rule, start) => {
  const x = variable([1, 2, -3, 0.5, 0]);
  const optimizer = make();
  const references = values(x).map((w): Reference => ({ w, slots: [...start] }));
  GRADIENTS.forEach((gradient, step) => {
    apply(optimizer, [[x, gradient]]);
    references.forEach((reference, i) => {
      referenceStep(reference, gradient[i]!, rule(step) as UpdateRule, step + 1);
    });
  });
  expectClose(
    values(x),
    references.map(({ w }) => w),
    2e-6,
  );
  for (const used of [optimizer, x]) used.dispose();
});

test.each(OPTIMIZERS)('%s: tensors and arrays taken before a step keep their values', (_, make) => {
  const array = Float32Array.of(1, 2, 3, 4, 5);
  const start = tf.tensor1d(array);
  const x = tf.variable(start);
  const optimizer = make();
  const held: tf.Tensor[] = [];
  const expected: number[][] = [];
  for (let step = 0; step < 3; step++) {
    held.push(tf.clone(x), x.reshape([5, 1]));
    expected.push(values(x), values(x));
    apply(optimizer, [[x, [1, 1, -1, 2, 0.5]]]);
    apply(optimizer, [[x, [1, 0, -1, 2, 0.5]]]);
  }
  expect(held.map(values)).toEqual(expected);
  expect(values(start)).toEqual([1, 2, 3, 4, 5]);
  expect(Array.from(array)).toEqual([1, 2, 3, 4, 5]);
  tf.dispose(held);
  for (const used of [optimizer, x, start]) used.dispose();
});

test.each(OPTIMIZERS)(
  '%s: a variable may be assigned to, and the state set, between steps',
  async (_, make) => {
    const [x, y] = [variable([5, -3, 2]), variable([5, -3, 2])];
    const [optimizer, resumed] = [make(), make()];
    const g = [1, 2, -3];
    apply(optimizer, [[x, g]]);
    const weights = await optimizer.getWeights();
    await resumed.setWeights(
      weights.map(({ name, tensor }) => ({ name: name.replace(x.name, y.name), tensor })),
    );
    y.assign(x);
    const saved = weights.map(({ tensor }) => values(tensor));
    for (let step = 0; step < 2; step++) {
      apply(optimizer, [[x, g]]);
      apply(resumed, [[y, g]]);
      expect(values(y)).toEqual(values(x));
    }
    expect(weights.map(({ tensor }) => values(tensor))).toEqual(saved);
    tf.dispose(weights.map(({ tensor }) => tensor));
    for (const used of [optimizer, resumed, x, y]) used.dispose();
  },
);

test.each(OPTIMIZERS)('%s: takes shapes of any size, and is flat in memory', (_, make) => {
  const optimizer = make();
  const shapes = [[], [0], [1], [3], [2, 0, 3], [7, 5]];
  const variables = shapes.map((shape) => tf.tidy(() => tf.variable(tf.fill(shape, 0.5))));
  const step = (): void => {
    tf.tidy(() => {
      optimizer.applyGradients(variables.map(({ name, shape }) => ({ name, tensor: tf.fill(shape, 2) })));
      for (const x of variables) x.square().sum();
    });
  };
  step();
  const after = [tf.memory().numTensors, tf.memory().numBytes, nativeTensors()];
  for (let k = 0; k < 100; k++) step();
  expect([tf.memory().numTensors, tf.memory().numBytes, nativeTensors()]).toEqual(after);
  const scalar = values(variables[0]!)[0]!;
  expect(scalar).toBeLessThan(0.5);
  // TensorFlow rounds the last few numbers of a tensor otherwise than the others.
  for (const x of variables) expectClose(values(x), new Array<number>(x.size).fill(scalar), 1e-6);
  for (const used of [optimizer, ...variables]) used.dispose();
});

test('a model trains as on the JavaScript back end', async () => {
  const losses: number[][] = [];
  for (const name of ['tensorflow', 'cpu'] as const) {
    await backend.use(name);
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [2], activation: 'tanh', kernelInitializer }),
        tf.layers.dense({ units: 1, kernelInitializer }),
      ],
    });
    model.compile({ loss: 'meanSquaredError', optimizer: tf.train.adam(0.05) });
    const [x, y] = [tf.tensor2d([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), tf.tensor2d([0, 1, 1, 0], [4, 1])];
    const { history } = await model.fit(x, y, { epochs: 20, shuffle: false, verbose: 0 });
    losses.push(history.loss as number[]);
    for (const used of [model.optimizer, model, x, y]) used.dispose();
  }
  await backend.use('tensorflow');
  expectClose(losses[0]!, losses[1]!, 1e-4);
});

test('a weight may be its own gradient, and move to another back end', async () => {
  const x = variable([1, 2, 3, 4, 5]);
  const optimizer = tf.train.momentum(0.5, 0);
  optimizer.applyGradients([{ name: x.name, tensor: x }]);
  optimizer.applyGradients([{ name: x.name, tensor: x }]);
  expect(values(x)).toEqual([0.25, 0.5, 0.75, 1, 1.25]);
  await backend.use('cpu');
  optimizer.applyGradients([{ name: x.name, tensor: x }]);
  await backend.use('tensorflow');
  optimizer.applyGradients([{ name: x.name, tensor: x }]);
  expect(values(x)).toEqual([0.0625, 0.125, 0.1875, 0.25, 0.3125]);
  for (const used of [optimizer, x]) used.dispose();
});

test('weight decay and rules that TensorFlow has not are computed by operations', () => {
  const moments = { beta1: 0.9, beta2: 0.99 };
  const rules: [UpdateRule, number][] = [
    [{ name: 'adam', learningRate: 0.1, weightDecay: 0.1, ...moments, epsilon: 1e-8 }, 2],
    [{ name: 'lion', learningRate: 0.1, ...moments }, 1],
    [{ name: 'amsgrad', learningRate: 0.1, ...moments, epsilon: 1e-8 }, 3],
  ];
  for (const [rule, count] of rules) {
    const x = variable([1, 2]);
    const slots = Array.from({ length: count }, () => variable([0, 0]));
    const references = [1, 2].map((w): Reference => ({ w, slots: slots.map(() => 0) }));
    for (let step = 1; step <= 3; step++) {
      tf.tidy(() => {
        applyRule(rule, step, [{ variable: x, gradient: tf.tensor1d([1, -step]), slots }]);
      });
      references.forEach((reference, i) => {
        referenceStep(reference, i === 0 ? 1 : -step, rule, step);
      });
    }
    expectClose(
      values(x),
      references.map(({ w }) => w),
      2e-6,
    );
    for (const used of [x, ...slots]) used.dispose();
  }
});
