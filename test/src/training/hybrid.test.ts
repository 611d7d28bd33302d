import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { adam, minimize, sam, sgd } from '../../../src/optimizers/index.ts';
import { Plateau } from '../../../src/training/hybrid/plateau.ts';
import { hybrid } from '../../../src/training/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';

test('a plateau: so many losses that are not lower by the share', () => {
  const plateau = new Plateau(3, 0.1);
  // 10 → 9.5 is lower by less than a tenth; 8.9 counts, and so does 8 of it.
  const losses = [10, 9.5, 9.2, 8.9, 8.5, 8.2, 8.3];
  expect(losses.map((loss) => plateau.add(loss))).toEqual([false, false, false, false, false, false, true]);
  expect(new Plateau(1, 0).add(3)).toBe(false);
});

onBackends('hybrid', () => {
  const valley = (w: tf.Variable) => (): tf.Tensor =>
    tf.tidy(() => {
      const [x, y] = w.unstack();
      return y!.sub(x!.square()).square().mul(100).add(x!.sub(1).square());
    });

  test('adam comes to the valley, L-BFGS to its end', () => {
    const w = variable([-1.2, 1]);
    const first = adam({ learningRate: 0.1 });
    const found = hybrid(valley(w), w, { first, patience: 5, minDelta: 0.05 });
    expect(found.plateau).toBe(true);
    expect(found.converged).toBe(true);
    expectClose([...w.dataSync()], [1, 1], 2e-3);
    expect(found.value).toBeLessThan(1e-6);
    expect(found.valueAtSwitch).toBeGreaterThan(found.value);
    const [before, after] = ['first', 'then'].map((name) =>
      found.history.filter(({ phase }) => phase === name),
    );
    expect([before!.length, after!.length]).toEqual([found.steps, found.iterations]);
    expect(before!.map(({ evaluations }) => evaluations)).toEqual(before!.map((_, i) => i + 1));
    expect(found.history.at(-1)!.evaluations).toBeLessThanOrEqual(found.evaluations);
    expect(found.history.at(-1)!.loss).toBe(found.value);
    tf.dispose([w]);
    first.dispose();
  });

  test('without steps before it is minimize', () => {
    const [w, v] = [variable([-1.2, 1]), variable([-1.2, 1])];
    const then = 'bfgs';
    const found = hybrid(valley(w), { w }, { maxSteps: 0, then });
    const alone = minimize(valley(v), v, { method: then });
    expect([found.steps, found.plateau]).toEqual([0, false]);
    expect([found.value, found.iterations, found.evaluations]).toEqual([
      alone.value,
      alone.iterations,
      alone.evaluations,
    ]);
    expect([...w.dataSync()]).toEqual([...v.dataSync()]);
    tf.dispose([w, v]);
  });

  test('options of the second method are checked before the first step', () => {
    const w = variable([3]);
    const start = tf.memory().numTensors;
    let calls = 0;
    const f = (): tf.Tensor => {
      calls += 1;
      return w.square().sum();
    };
    expect(() => hybrid(f, w, { tolerance: -3 })).toThrow(
      'hybrid: tolerance must be a finite number of at least 0; received -3',
    );
    const then = 'bfgs';
    expect(() => hybrid(f, w, { then, memory: 3 })).toThrow('hybrid: memory must be left out');
    expect([calls, tf.memory().numTensors]).toEqual([0, start]);
    tf.dispose([w]);
  });

  test('counts each time the loss is computed, and frees the optimizer of its own', () => {
    const w = variable([-1.2, 1]);
    const start = tf.memory().numTensors;
    let calls = 0;
    const f = (): tf.Tensor => {
      calls += 1;
      return valley(w)();
    };
    const found = hybrid(f, w, { maxSteps: 3, maxIterations: 4 });
    expect([found.evaluations, found.history.at(-1)!.evaluations]).toEqual([calls, calls]);
    expect(tf.memory().numTensors).toBe(start);
    calls = 0;
    const first = sam(adam());
    const sharp = hybrid(f, w, { first, maxSteps: 3, maxIterations: 4 });
    expect(sharp.evaluations).toBe(calls);
    expect(sharp.history.slice(0, 3).map(({ evaluations }) => evaluations)).toEqual([1, 3, 5]);
    first.dispose();
    tf.dispose([w]);
  });

  const network = (optimizer: tf.Optimizer): tf.Sequential => {
    const seeded = (seed: number) => tf.initializers.glorotNormal({ seed });
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 5, inputShape: [1], activation: 'tanh', kernelInitializer: seeded(1) }),
        tf.layers.dropout({ rate: 0.5 }),
        tf.layers.dense({ units: 1, kernelInitializer: seeded(2) }),
      ],
    });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    return model;
  };
  const x = Array.from({ length: 40 }, (_, i) => [(i - 20) / 10]);
  const y = x.map(([at]) => [Math.sin(2 * at!)]);

  test('a model on all of its data', () => {
    const optimizer = adam({ learningRate: 0.05 });
    const model = network(optimizer);
    const found = hybrid(model, { x, y }, { maxSteps: 60, maxIterations: 150 });
    expect(found.steps).toBeLessThanOrEqual(60);
    expect(found.value).toBeLessThan(0.1 * found.valueAtSwitch);
    const [inputs, targets] = [tf.tensor2d(x), tf.tensor2d(y)];
    const evaluated = model.evaluate(inputs, targets) as tf.Scalar;
    expectClose([evaluated.dataSync()[0]!], [found.value], 1e-6);
    tf.dispose([inputs, targets, evaluated]);
    model.dispose();
    optimizer.dispose();
  });

  test('layers that are frozen stay as they are', () => {
    const optimizer = sgd();
    const model = network(optimizer);
    const frozen = model.layers[0]!;
    frozen.trainable = false;
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const before = frozen.getWeights().map((w) => [...w.dataSync()]);
    const [inputs, targets] = [tf.tensor2d(x), tf.tensor2d(y)];
    hybrid(model, [inputs, targets], { maxSteps: 3, maxIterations: 5 });
    expect(frozen.getWeights().map((w) => [...w.dataSync()])).toEqual(before);
    expect(inputs.isDisposed || targets.isDisposed).toBe(false);
    tf.dispose([inputs, targets]);
    model.dispose();
    optimizer.dispose();
  });

  test('rejects constraints of weights that are trained, not of frozen ones', () => {
    const optimizer = sgd();
    const first = tf.layers.dense({
      units: 2,
      inputShape: [1],
      kernelConstraint: tf.constraints.nonNeg(),
      name: 'held',
    });
    const model = tf.sequential({ layers: [first, tf.layers.dense({ units: 1 })] });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const before = tf.memory().numTensors;
    expect(() => hybrid(model, [x, y])).toThrow(
      'hybrid: model must be one whose trained weights have no constraints, which line searches leave; ' +
        'fit keeps them; received the constraint NonNeg of held/kernel',
    );
    expect(tf.memory().numTensors).toBe(before);
    first.trainable = false;
    model.compile({ optimizer, loss: 'meanSquaredError' });
    expect(hybrid(model, [x, y], { maxSteps: 2, maxIterations: 2 }).steps).toBe(2);
    model.dispose();
    optimizer.dispose();
  });

  test('rejects what it cannot train, and leaves nothing behind', () => {
    const w = variable([3]);
    const first = sgd({ learningRate: 1e30 });
    const f = (): tf.Tensor => w.square().square().sum();
    expect(() => hybrid(f, w, { first })).toThrow(
      /hybrid: the loss is (NaN|Infinity) at step \d of the first optimizer/,
    );
    const call =
      (...given: unknown[]) =>
      () =>
        Reflect.apply(hybrid, undefined, given);
    const then = 'adam';
    const cases: [unknown[], string][] = [
      [[3, w], 'hybrid: f must be a function that returns a loss, or a tf.LayersModel; received 3'],
      [[f, 3], 'variables must be a tf.Variable, or objects and arrays of them'],
      [[f, []], 'variables must be a tf.Variable'],
      [[f, w, { then }], "then must be one of 'lbfgs', 'bfgs', 'newton-cg'"],
      [[f, w, { first: 'adam' }], 'first must be an optimizer; received "adam"'],
      [[f, w, { patience: 0 }], 'patience must be an integer of at least 1'],
      [[f, w, { minDelta: -1 }], 'minDelta must be'],
      [[f, w, { patiense: 1 }], "did you mean 'patience'?"],
      [[() => 3, w], 'hybrid: f must be a function that returns a loss, a scalar tensor; received 3'],
      [[() => w.tile([2]), w], 'a scalar tensor; received a tensor of the shape [2]'],
    ];
    for (const [given, message] of cases) expect(call(...given), message).toThrow(message);
    const optimizer = sgd();
    const model = network(optimizer);
    expect(call(model, x)).toThrow('data must be all samples, [x, y] or { x, y }');
    expect(call(model, [x, y.slice(1)])).toThrow('y must be as many as x has, 40; received 39 samples');
    expect(call(model, [x, [1, 2]])).toThrow('hybrid: y must be');
    model.dispose();
    tf.dispose([w]);
    first.dispose();
    optimizer.dispose();
  });
});
