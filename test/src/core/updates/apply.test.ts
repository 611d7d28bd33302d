import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { applyRule, updateByOperations } from '../../../../src/core/updates/apply.ts';
import { SLOTS, type UpdateRule, updateStep } from '../../../../src/core/updates/rules.ts';
import { expectClose, onBackends, variable } from '../../support.ts';
import { type Reference, referenceStep } from './reference.ts';

const moments = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
const averages = { decay: 0.9, momentum: 0.8, epsilon: 1e-6 };

const RULES: readonly UpdateRule[] = [
  { name: 'sgd', learningRate: 0.1 },
  { name: 'momentum', learningRate: 0.1, momentum: 0.9, nesterov: false },
  { name: 'momentum', learningRate: 0.1, momentum: 0.9, nesterov: true },
  { name: 'adam', learningRate: 0.01, ...moments },
  { name: 'amsgrad', learningRate: 0.01, ...moments },
  { name: 'rmsprop', learningRate: 0.01, decay: 0.9, epsilon: 1e-6 },
  { name: 'rmspropMomentum', learningRate: 0.01, ...averages },
  { name: 'rmspropCentered', learningRate: 0.01, ...averages, epsilon: 1e-3 },
  { name: 'lion', learningRate: 0.01, beta1: 0.9, beta2: 0.99 },
  { name: 'adagrad', learningRate: 0.1, epsilon: 1e-7 },
  { name: 'adadelta', learningRate: 1, rho: 0.9, epsilon: 1e-5 },
  { name: 'adamax', learningRate: 0.01, ...moments },
];

const CASES = RULES.flatMap((rule) => [rule, { ...rule, weightDecay: 0.05 }]).map(
  (rule) => [`${rule.name}, weight decay ${rule.weightDecay ?? 0}`, rule] as const,
);

/** Numbers in [−2, 2) that are different everywhere, and 0 now and then. */
const gradientAt = (i: number, step: number): number =>
  (i + step) % 5 === 0 ? 0 : ((((i + 1) * 7919 + step * 104729) % 1000) - 500) / 250;

// With 11 numbers three are left when they are taken by fours or eights.
const START = Array.from({ length: 11 }, (_, i) => (i - 5) / 3);

onBackends('applyRule', () => {
  test.each(CASES)('%s: eight steps are those of the formula in double precision', (_, rule) => {
    const [fused, stepwise] = [variable(START), variable(START)];
    const slots = [fused, stepwise].map(() => SLOTS[rule.name].map(() => variable(START.map(() => 0))));
    const references = START.map((w): Reference => ({ w, slots: SLOTS[rule.name].map(() => 0) }));
    for (let step = 1; step <= 8; step++) {
      const g = START.map((_w, i) => gradientAt(i, step));
      tf.tidy(() => {
        const gradient = tf.tensor1d(g);
        applyRule(rule, step, [{ variable: fused, gradient, slots: slots[0]! }]);
        const target = { variable: stepwise, gradient, slots: slots[1]! };
        updateByOperations(updateStep(rule, step), [target]);
      });
      references.forEach((reference, i) => {
        referenceStep(reference, g[i]!, rule, step);
      });
    }
    // Float32 has 24 bits: 6e-8 each time that a number is rounded, a few times a step.
    for (const [x, own] of [
      [fused, slots[0]!],
      [stepwise, slots[1]!],
    ] as const) {
      expectClose(
        Array.from(x.dataSync()),
        references.map(({ w }) => w),
        2e-6,
      );
      own.forEach((slot, k) => {
        expectClose(
          Array.from(slot.dataSync()),
          references.map(({ slots: kept }) => kept[k]!),
          2e-6,
        );
      });
    }
    for (const used of [fused, stepwise, ...slots.flat()]) used.dispose();
  });

  test.each(CASES)('%s: a slot that shares its memory with a tensor leaves that alone', (_, rule) => {
    const x = variable(START);
    const kept = SLOTS[rule.name].map(() => tf.ones([11]));
    const slots = kept.map((tensor) => tf.variable(tensor, false));
    tf.tidy(() => {
      applyRule(rule, 1, [{ variable: x, gradient: tf.fill([11], 2), slots }]);
    });
    for (const tensor of kept) expect(Array.from(tensor.dataSync())).toEqual(START.map(() => 1));
    for (const slot of slots) expect(Array.from(slot.dataSync())).not.toEqual(START.map(() => 1));
    for (const used of [x, ...kept, ...slots]) used.dispose();
  });

  test('lion takes no step where there is no direction, and has NaN where there is one', () => {
    const [x, slot] = [variable([1, 1, 1]), variable([0, 0, 0])];
    const [y, other] = [variable([1, 1, 1]), variable([0, 0, 0])];
    const rule: UpdateRule = { name: 'lion', learningRate: 0.5, beta1: 0.9, beta2: 0.99 };
    tf.tidy(() => {
      const gradient = tf.tensor1d([0, Number.NaN, -1e-30]);
      applyRule(rule, 1, [{ variable: x, gradient, slots: [slot] }]);
      updateByOperations(updateStep(rule, 1), [{ variable: y, gradient, slots: [other] }]);
    });
    for (const w of [x, y]) expect(Array.from(w.dataSync())).toEqual([1, Number.NaN, 1.5]);
    for (const used of [x, slot, y, other]) used.dispose();
  });
});
