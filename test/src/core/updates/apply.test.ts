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

const betas = { beta1: 0.8, beta2: 0.95, epsilon: 1e-7 };

/** From torch.optim of PyTorch 2.13 in double precision, where its formula is ours. */
const FROM_TORCH: readonly { rule: UpdateRule; expected: number[]; first?: number }[] = [
  {
    rule: { name: 'adam', learningRate: 0.1, ...betas },
    expected: [0.88350248, 2.296565058, -3.277946251, 0.5, 0.13480845],
  },
  {
    rule: { name: 'adam', learningRate: 0.1, ...betas, weightDecay: 0.05 },
    expected: [0.865849823, 2.254158611, -3.216033191, 0.49007475, 0.131136118],
  },
  {
    rule: { name: 'amsgrad', learningRate: 0.1, ...betas },
    expected: [0.882667835, 2.293482058, -3.273995194, 0.5, 0.13480845],
  },
  {
    rule: { name: 'momentum', learningRate: 0.05, momentum: 0.9, nesterov: false },
    expected: [1.0453, 2.45565, -3.43607, 0.5, -0.01385],
  },
  {
    rule: { name: 'momentum', learningRate: 0.05, momentum: 0.9, nesterov: true },
    expected: [1.11577, 2.547585, -3.767513, 0.5, -0.137465],
  },
  {
    rule: { name: 'adadelta', learningRate: 0.7, rho: 0.9, epsilon: 1e-5 },
    expected: [0.99851403, 2.010311133, -3.01641928, 0.5, 0.24106891],
  },
  {
    rule: { name: 'adamax', learningRate: 0.1, ...betas },
    expected: [0.86938996, 2.246496332, -3.211055659, 0.5, 0.14028437],
  },
  {
    rule: { name: 'adagrad', learningRate: 0.1, epsilon: 0 },
    first: 0.3,
    expected: [0.964495592, 2.129089951, -3.166998281, 0.5, 0.159543606],
  },
];

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

  test.each(FROM_TORCH)(
    '$rule.name, weight decay $rule.weightDecay: four steps are those of PyTorch',
    (row) => {
      const { rule, expected, first = 0 } = row;
      const start = [1, 2, -3, 0.5, 0.25];
      const gradients = [
        [1, -2, 0.5, 0, 3],
        [0.5, -1, 0, 0, -4],
        [-3, 0.25, 1e-3, 0, 2],
        [0, 0, 7, 0, 2],
      ];
      const x = variable(start);
      const slots = SLOTS[rule.name].map(() => variable(start.map(() => first)));
      gradients.forEach((gradient, step) => {
        tf.tidy(() => {
          applyRule(rule, step + 1, [{ variable: x, gradient: tf.tensor1d(gradient), slots }]);
        });
      });
      expectClose(Array.from(x.dataSync()), expected, 1e-6);
      for (const used of [x, ...slots]) used.dispose();
    },
  );

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
