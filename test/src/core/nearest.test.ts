import { expect, test } from 'vitest';
import { nearest } from '../../../src/core/nearest.ts';

const NAMES = ['learningRate', 'momentum', 'nesterov', 'weightDecay', 'fromLogits', 'q'];

test.each([
  ['lr', 'learningRate'],
  ['wd', 'weightDecay'],
  ['learning_rate', 'learningRate'],
  ['from_logits', 'fromLogits'],
  ['FromLogits', 'fromLogits'],
  ['momentun', 'momentum'],
  ['nestrov', 'nesterov'],
  ['mometnum', 'momentum'],
  ['Q', 'q'],
  ['momento', 'momentum'],
  ['mom', 'momentum'],
  ['learn', 'learningRate'],
  ['nasterof', 'nesterov'],
])('%s is most likely %s', (given, meant) => {
  expect(nearest(given, NAMES)).toBe(meant);
});

test.each(['', 'x', 'delta', 'beta1', '_'])('%j is none of them', (given) => {
  expect(nearest(given, NAMES)).toBeUndefined();
});
