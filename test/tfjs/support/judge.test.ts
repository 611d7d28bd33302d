import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import type { Outcome } from './run.ts';

const outcomes: Outcome[] = [
  { name: 'a', status: 'passed' },
  { name: 'b', status: 'failed', message: 'wrong' },
  { name: 'c', status: 'pending' },
  { name: 'draw (browser) d', status: 'pending' },
];

test('a failure with a reason is counted, one without is a complaint', () => {
  expect(judge(outcomes, [{ reason: 'known', specs: ['b'] }])).toEqual({
    passed: 1,
    excepted: 1,
    notApplicable: 2,
    needBrowser: 1,
    complaints: [],
  });
  expect(judge(outcomes, []).complaints).toEqual(['failed: b: wrong']);
});

test('an exception for a spec that passes, is left out or does not exist is a complaint', () => {
  const { complaints } = judge(outcomes, [{ reason: 'known', specs: ['a', 'b', 'c', 'e'] }]);
  expect(complaints).toEqual(
    ['a', 'c', 'e'].map((name) => `in the list of exceptions, but does not fail: ${name}`),
  );
});
