import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { callText, described, descriptionOf } from '../../../src/core/description.ts';
import {
  addDecayedWeights,
  chain,
  lookahead,
  masked,
  partition,
  scale,
  scaleByLearningRate,
  trace,
} from '../../../src/transforms/index.ts';

test('a description leaves no trace in keys, copies and JSON', () => {
  const plain = { x: 1 };
  const value = described({ x: 1 }, { kind: 'dataset', name: 'points', options: { n: 1 } });
  expect(value).toEqual(plain);
  expect(Reflect.ownKeys({ ...value })).toEqual(['x']);
  expect(descriptionOf(value)).toMatchObject({ name: 'points' });
  expect(descriptionOf({ ...value })).toBeUndefined();
  for (const none of [null, undefined, 5, 'x']) expect(descriptionOf(none)).toBeUndefined();
});

test('transforms are shown as the calls that make them', () => {
  const rate = (step: number): number => 1 / (1 + step);
  const steps = chain(trace({ decay: 0.9 }), addDecayedWeights(1e-4), scaleByLearningRate(rate));
  const text =
    'chain(trace({ decay: 0.9, nesterov: false }), addDecayedWeights(0.0001), scaleByLearningRate(rate))';
  expect(inspect(steps)).toBe(text);
  expect(callText({ init: 1 })).toBe('a transform');
  steps.init({});
  const rated = scaleByLearningRate(0.1);
  rated.learningRate = 0.2;
  expect(callText(rated)).toBe('scaleByLearningRate(0.2)');
});

test('options within options are shown, patterns and groups too', () => {
  const groups = { a: trace(), b: masked(scale(2), ['kernel', /^out/]) };
  expect(callText(partition(groups, { a: /bias$/, b: '*' }))).toBe(
    'partition({ a: trace({ decay: 0.9, nesterov: false }), b: masked(scale(2), ["kernel", /^out/]) }, ' +
      '{ a: /bias$/, b: "*" })',
  );
  expect(callText(lookahead(scale(2)))).toBe('lookahead(scale(2), { syncPeriod: 6, slowStep: 0.5 })');
});
