import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { meanSquaredError } from '../../../src/losses/index.ts';
import { fromTransform, type Optimizer, sgd } from '../../../src/optimizers/index.ts';
import {
  applyUpdates,
  chain,
  type Params,
  scaleByLearningRate,
  trace,
} from '../../../src/transforms/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';

const OPTIMIZERS: readonly [string, () => Optimizer][] = [
  ['sgd', () => sgd({ learningRate: 0.1 })],
  ['sgd with momentum', () => sgd({ learningRate: 0.05, momentum: 0.9 })],
  [
    'sgd of every option',
    () => sgd({ learningRate: () => 0.05, momentum: 0.8, nesterov: true, weightDecay: 1e-3 }),
  ],
  ['a chain', () => fromTransform(chain(trace({ decay: 0.5 }), scaleByLearningRate(0.05)))],
];

const quadratic =
  (...variables: tf.Variable[]) =>
  (): tf.Scalar =>
    tf.tidy(
      () =>
        tf.addN(
          variables.map((v, i) =>
            v
              .sub(i + 1)
              .square()
              .sum(),
          ),
        ) as tf.Scalar,
    );

const make = (...values: number[][]): tf.Variable[] => values.map(variable);

const bytes = (variables: readonly tf.Variable[]): number[][] =>
  variables.map((v) => Array.from(v.dataSync()));

onBackends('every optimizer', () => {
  test.each(OPTIMIZERS)('%s: decreases a quadratic and leaks nothing a step', (_, create) => {
    const variables = make([5, -3], [0, 0, 7]);
    const optimizer = create();
    const f = quadratic(...variables);
    const first = optimizer.minimize(f, true) as tf.Scalar;
    const before = tf.memory().numTensors;
    for (let step = 0; step < 40; step++) optimizer.minimize(f);
    expect(tf.memory().numTensors).toBe(before);
    const last = optimizer.minimize(f, true) as tf.Scalar;
    expect(last.dataSync()[0]!).toBeLessThan(first.dataSync()[0]! / 100);
    expect(optimizer.iterations).toBe(42);
    for (const used of [first, last, optimizer, ...variables]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: is a tf.Optimizer and works in model.compile', async (_, create) => {
    const optimizer = create();
    expect(optimizer).toBeInstanceOf(tf.Optimizer);
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ loss: meanSquaredError, optimizer });
    const x = tf.tensor2d([0, 1, 2, 3], [4, 1]);
    const y = tf.tensor2d([1, 3, 5, 7], [4, 1]);
    const { history } = await model.fit(x, y, { epochs: 30, verbose: 0 });
    expect(Number(history.loss!.at(-1))).toBeLessThan(Number(history.loss![0]) / 4);
    for (const used of [x, y, model, optimizer]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: resumes bitwise from getState', (_, create) => {
    const [a, b] = [make([5, -3], [2]), make([5, -3], [2])];
    const whole = create();
    for (let step = 0; step < 6; step++) whole.minimize(quadratic(...a), false, a);
    const half = create();
    for (let step = 0; step < 3; step++) half.minimize(quadratic(...b), false, b);
    const saved = structuredClone(half.getState());
    const resumed = create();
    resumed.setState(saved);
    expect(resumed.getState()).toEqual(saved);
    for (let step = 0; step < 3; step++) resumed.minimize(quadratic(...b), false, b);
    expect(bytes(b)).toEqual(bytes(a));
    expect(resumed.iterations).toBe(6);
    for (const used of [whole, half, resumed, ...a, ...b]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: resumes bitwise from getWeights', async (_, create) => {
    const [a, b] = [make([5, -3], [2]), make([5, -3], [2])];
    const whole = create();
    for (let step = 0; step < 6; step++) whole.minimize(quadratic(...a), false, a);
    const half = create();
    for (let step = 0; step < 3; step++) half.minimize(quadratic(...b), false, b);
    const weights = await half.getWeights();
    const resumed = create();
    await resumed.setWeights(weights);
    for (let step = 0; step < 3; step++) resumed.minimize(quadratic(...b), false, b);
    expect(bytes(b)).toEqual(bytes(a));
    tf.dispose(weights.map(({ tensor }) => tensor));
    for (const used of [whole, half, resumed, ...a, ...b]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: a frozen variable finds its own state again', (_, create) => {
    // b, of the same shape, must not inherit the state of a, and a must keep its own.
    const [a, b] = make([5, -3], [1, 1]) as [tf.Variable, tf.Variable];
    const alone = make([5, -3])[0]!;
    const [optimizer, reference] = [create(), create()];
    const f = (v: tf.Variable) => () => v.square().sum() as tf.Scalar;
    for (let step = 0; step < 3; step++) optimizer.minimize(f(a), false, [a]);
    for (let step = 0; step < 3; step++) optimizer.minimize(f(b), false, [b]);
    for (let step = 0; step < 3; step++) optimizer.minimize(f(a), false, [a]);
    for (let step = 0; step < 6; step++) reference.minimize(f(alone), false, [alone]);
    expect(bytes([a])).toEqual(bytes([alone]));
    for (const used of [a, b, alone, optimizer, reference]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: works inside tidy', (_, create) => {
    const variables = make([5, -3]);
    const optimizer = create();
    for (let step = 0; step < 20; step++) {
      tf.tidy(() => {
        optimizer.minimize(quadratic(...variables), true);
      });
    }
    tf.tidy(() => {
      for (let step = 0; step < 20; step++) optimizer.minimize(quadratic(...variables));
    });
    expect(variables[0]!.dataSync()[0]!).toBeLessThan(2.5);
    for (const used of [optimizer, ...variables]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: init and update do what minimize does', (_, create) => {
    const [optimizer, functional] = [create(), create()];
    const variables = make([5, -3]);
    const name = variables[0]!.name;
    const final = tf.tidy(() => {
      let params: Params = { [name]: tf.tensor1d([5, -3]) };
      let state = functional.init(params);
      for (let step = 0; step < 5; step++) {
        const w = (params as Record<string, tf.Tensor>)[name]!;
        const grads = { [name]: w.sub(1).mul(2) };
        const next = functional.update(grads, state, params);
        params = applyUpdates(params, next.updates);
        state = next.state;
      }
      return Array.from((params as Record<string, tf.Tensor>)[name]!.dataSync());
    });
    for (let step = 0; step < 5; step++) optimizer.minimize(quadratic(...variables));
    expectClose(bytes(variables)[0]!, final, 1e-6);
    for (const used of [optimizer, functional, ...variables]) used.dispose();
  });
});

onBackends('the learning rate', () => {
  test('can be read and set', () => {
    const [x] = make([1]) as [tf.Variable];
    const optimizer = sgd({ learningRate: 0.5 });
    expect(optimizer.learningRate).toBe(0.5);
    optimizer.learningRate = 0.25;
    optimizer.minimize(() => x.sum() as tf.Scalar);
    expect(bytes([x])).toEqual([[0.75]]);
    expect(optimizer.getState().learningRate).toBe(0.25);
    x.dispose();
    optimizer.dispose();
  });

  test('may be a schedule, which reads step 0 first and goes on after setState', () => {
    const [x] = make([10]) as [tf.Variable];
    const steps: number[] = [];
    const schedule = (step: number): number => {
      steps.push(step);
      return 1 / (1 + step);
    };
    const optimizer = sgd({ learningRate: schedule });
    for (let step = 0; step < 2; step++) optimizer.minimize(() => x.sum() as tf.Scalar);
    const resumed = sgd({ learningRate: schedule });
    resumed.setState(optimizer.getState());
    resumed.minimize(() => x.sum() as tf.Scalar);
    expect(steps).toEqual([0, 1, 2]);
    // 10 − 1 − 1/2 − 1/3
    expectClose(bytes([x])[0]!, [10 - 11 / 6]);
    for (const used of [x, optimizer, resumed]) used.dispose();
  });

  test('is missing from a chain without one', () => {
    const optimizer = fromTransform(trace());
    expect(() => optimizer.learningRate).toThrow('put scaleByLearningRate into it');
  });
});
