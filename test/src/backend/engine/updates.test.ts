import { beforeAll, describe, expect, test } from 'vitest';
import { runningEngine } from '../../../../src/backend/engine/start.ts';
import { stepMemory, variableMemory } from '../../../../src/backend/engine/updates.ts';
import { backend, tf } from '../../../../src/backend/index.ts';
import { applyRule } from '../../../../src/core/updates/apply.ts';
import { updatesOf } from '../../../../src/core/updates/described.ts';
import { SLOTS, type UpdateRule, updateStep } from '../../../../src/core/updates/rules.ts';
import { sgd } from '../../../../src/optimizers/index.ts';
import { expectClose, onBackends, variable } from '../../support.ts';

const values = (x: tf.Tensor): number[] => Array.from(x.dataSync());

/** A tensor of `shape` with numbers that differ. */
const waves = (shape: number[], by = 1): tf.Tensor =>
  tf.tidy(() =>
    tf
      .range(0, Math.max(1, tf.util.sizeFromShape(shape)))
      .mul(by)
      .sin()
      .reshape(shape),
  );

onBackends('an updated weight', () => {
  const convolutions: [string, number[], (x: tf.Tensor4D, w: tf.Tensor) => tf.Tensor][] = [
    ['conv2d', [3, 3, 4, 8], (x, w) => tf.conv2d(x, w as tf.Tensor4D, 1, 'same')],
    ['conv2d of one pixel', [1, 1, 4, 8], (x, w) => tf.conv2d(x, w as tf.Tensor4D, 1, 'same')],
    ['depthwiseConv2d', [3, 3, 4, 1], (x, w) => tf.depthwiseConv2d(x, w as tf.Tensor4D, 1, 'same')],
    ['prelu', [1, 1, 4], (x, w) => tf.prelu(x, w)],
    [
      'fused.conv2d, as its bias',
      [8],
      (x, bias) =>
        tf.fused.conv2d({
          x,
          filter: waves([3, 3, 4, 8]) as tf.Tensor4D,
          strides: 1,
          pad: 'same',
          bias,
          activation: 'relu',
        }),
    ],
    ['matMul', [4, 8], (x, w) => tf.matMul(x.reshape([-1, 4]), w as tf.Tensor2D)],
    [
      'fused.matMul, as its bias',
      [8],
      (x, bias) =>
        tf.fused.matMul({ a: x.reshape([-1, 4]), b: waves([4, 8]) as tf.Tensor2D, bias, activation: 'relu' }),
    ],
  ];

  test.each(convolutions)('is the one that %s multiplies with', (_, shape, f) => {
    // XNNPACK packs the filter at the first call, and would go on with that.
    const optimizer = tf.train.adam(0.1);
    const x = tf.tidy(() => waves([2, 5, 5, 4]).add(2)) as tf.Tensor4D;
    const w = tf.tidy(() => tf.variable(waves(shape, 0.7)));
    for (let step = 0; step < 3; step++) {
      const [actual, expected] = tf.tidy(() => {
        const g = waves(shape, 1.3 + step);
        const before = f(x, w);
        before.dataSync();
        optimizer.applyGradients([{ name: w.name, tensor: g }]);
        return [f(x, w), f(x, tf.tensor(values(w), shape))] as const;
      }) as unknown as [tf.Tensor, tf.Tensor];
      expect(values(actual)).toEqual(values(expected));
      tf.dispose([actual, expected]);
    }
    for (const used of [optimizer, x, w]) used.dispose();
  });

  test('leaves a reshaped tensor, a clone and the tensor that it was made of alone', () => {
    const start = waves([2, 3]);
    const w = tf.variable(start);
    const optimizer = tf.train.momentum(0.1, 0.9);
    const before = values(w);
    const held = [w.clone(), w.reshape([6]), start];
    for (let step = 0; step < 2; step++) {
      tf.tidy(() => {
        optimizer.applyGradients([{ name: w.name, tensor: tf.ones([2, 3]) }]);
      });
    }
    for (const tensor of held) expect(values(tensor)).toEqual(before);
    // −0.1·1 − 0.1·1.9
    expectClose(
      values(w),
      before.map((value) => value - 0.29),
    );
    tf.dispose(held);
    for (const used of [optimizer, w]) used.dispose();
  });

  test('may be its own gradient', () => {
    const w = variable([1, 2, 3, 4, 5]);
    const optimizer = tf.train.sgd(0.5);
    optimizer.applyGradients([{ name: w.name, tensor: w }]);
    expect(values(w)).toEqual([0.5, 1, 1.5, 2, 2.5]);
    for (const used of [optimizer, w]) used.dispose();
  });

  test('moves along when the back end is changed between steps', async () => {
    const [used, other] = backend.name === 'cpu' ? (['cpu', 'wasm'] as const) : (['wasm', 'cpu'] as const);
    const [w, still] = [variable([1, 2, 3, 4, 5]), variable([1, 2, 3, 4, 5])];
    const [optimizer, reference] = [tf.train.adam(0.1), tf.train.adam(0.1)];
    const step = (by: tf.Optimizer, x: tf.Variable): void => {
      tf.tidy(() => {
        by.applyGradients([{ name: x.name, tensor: tf.tensor1d([1, -1, 2, 0, 3]) }]);
      });
    };
    for (const name of [used, other, used]) {
      await backend.use(name);
      step(optimizer, w);
    }
    for (let k = 0; k < 3; k++) step(reference, still);
    expectClose(values(w), values(still), 1e-6);
    for (const made of [optimizer, reference, w, still]) made.dispose();
  });
});

describe('stepMemory', () => {
  beforeAll(async () => {
    await backend.use('wasm');
  });

  const moments = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
  const rules: UpdateRule[] = [
    { name: 'sgd', learningRate: 0.1, weightDecay: 0.01 },
    { name: 'momentum', learningRate: 0.1, momentum: 0.9, nesterov: true },
    { name: 'amsgrad', learningRate: 0.01, ...moments },
  ];

  /** The same by tensors. */
  function byTensors(rule: UpdateRule, w: number[], g: number[]): number[][] {
    const x = variable(w);
    const slots = SLOTS[rule.name].map(() => variable(w.map(() => 0)));
    tf.tidy(() => {
      applyRule(rule, 1, [{ variable: x, gradient: tf.tensor1d(g), slots }]);
    });
    const all = [x, ...slots].map(values);
    for (const used of [x, ...slots]) used.dispose();
    return all;
  }

  test.each(rules)('updates memory by addresses and writes nowhere else: $name', (rule) => {
    const engine = runningEngine()!;
    const steps = stepMemory(engine);
    for (const count of [0, 1, 3, 4, 7, 8, 33]) {
      const w = Array.from({ length: count }, (_, i) => i - 2);
      const g = w.map((value) => value / 3 + 1);
      // Each part is followed by two numbers that belong to nobody: w, out, g, slots.
      const parts = [w, w.map(() => -7), g, ...SLOTS[rule.name].map(() => w.map(() => 0))];
      const before = parts.map((part) => [...part, -7, -7]);
      const length = count + 2;
      const address = engine.allocate(4 * length * parts.length);
      engine.floats(address, length * parts.length).set(before.flat());
      const [atW, atOut, atG, ...slots] = parts.map((_, k) => address + 4 * k * length) as [
        number,
        number,
        number,
        ...number[],
      ];
      steps.write(updateStep(rule, 1));
      steps.update({ count, w: atW, out: atOut, g: atG, slots });
      const [out, ...kept] = byTensors(rule, w, g);
      const after = [w, out!, g, ...kept].flatMap((part) => [...part, -7, -7]);
      expect(Array.from(engine.floats(address, after.length))).toEqual(Array.from(Float32Array.from(after)));
      engine.free(address);
    }
    steps.free();
  });
});

describe('variableMemory', () => {
  test('lets a step be taken outside, on the memory of the variables and of the state', async () => {
    await backend.use('wasm');
    const before = tf.memory().numTensors;
    const engine = runningEngine()!;
    const memory = variableMemory(tf.backend() as unknown as Parameters<typeof variableMemory>[0]);
    const steps = stepMemory(engine);
    const [outside, inside] = [tf.train.adam(0.1), tf.train.adam(0.1)];
    const start = waves([3, 3, 4, 8]);
    const [w, other] = [tf.variable(start), tf.variable(start)];
    const x = waves([1, 5, 5, 4]) as tf.Tensor4D;
    for (let step = 0; step < 3; step++) {
      const g = waves([3, 3, 4, 8], 1.3 + step);
      inside.applyGradients([{ name: other.name, tensor: g }]);
      const updates = updatesOf(outside)!;
      steps.write(updateStep(updates.rule(), updates.step()));
      const [at, slots] = [memory.own(w), updates.slots(w).map(memory.own)];
      steps.update({ count: w.size, w: at, out: at, g: engine.address(g), slots });
      memory.changed(w);
      updates.count();
      const [actual, expected] = [w, other].map((filter) => tf.conv2d(x, filter as tf.Tensor4D, 1, 'same'));
      expect(values(actual!)).toEqual(values(expected!));
      tf.dispose([g, actual!, expected!]);
    }
    expect(values(w)).not.toEqual(values(start));
    steps.free();
    for (const used of [outside, inside, w, other, start, x]) used.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

onBackends('updatesOf', () => {
  const optimizers: [string, () => tf.Optimizer, number][] = [
    ['adam', () => tf.train.adam(0.1), 2],
    ['rmsprop', () => tf.train.rmsprop(0.1, 0.9, 0.5, 1e-7, true), 3],
    ['sgd of our own', () => sgd({ learningRate: (step) => 0.1 / (1 + step), momentum: 0.9 }), 1],
  ];

  test.each(optimizers)('%s: a step taken outside is as one of the optimizer', (_, make, slots) => {
    const [w, other] = [variable([1, 2, 3]), variable([1, 2, 3])];
    const [outside, inside] = [make(), make()];
    for (let step = 1; step <= 3; step++) {
      tf.tidy(() => {
        const gradient = tf.tensor1d([step, -1, 0.5]);
        inside.applyGradients([{ name: other.name, tensor: gradient }]);
        if (step === 2) {
          outside.applyGradients([{ name: w.name, tensor: gradient }]);
          return;
        }
        const updates = updatesOf(outside)!;
        expect(updates.step()).toBe(step);
        expect(updates.slots(w)).toHaveLength(slots);
        applyRule(updates.rule(), step, [{ variable: w, gradient, slots: updates.slots(w) }]);
        updates.count();
      });
    }
    expect(values(w)).toEqual(values(other));
    expect(outside.iterations).toBe(3);
    for (const used of [outside, inside, w, other]) used.dispose();
  });
});
