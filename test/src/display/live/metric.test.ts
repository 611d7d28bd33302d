import { describe, expect, test } from 'vitest';
import { Metric } from '../../../../src/display/live/metric.ts';

const plain = { smoothing: 0, maxPoints: 500 };

describe('what a name says', () => {
  test.each<[string, string, boolean, string]>([
    ['loss', 'loss', false, 'loss'],
    ['val_loss', 'loss', true, 'loss'],
    ['valLoss', 'loss', true, 'loss'],
    ['validation_loss', 'loss', true, 'loss'],
    ['testLoss', 'loss', true, 'loss'],
    ['trainLoss', 'loss', false, 'loss'],
    ['val_binaryAccuracy', 'binaryAccuracy', true, 'score'],
    ['acc', 'acc', false, 'score'],
    ['lr', 'lr', false, 'rate'],
    ['learningRate', 'learningRate', false, 'rate'],
    ['value', 'value', false, 'value'],
    ['valley', 'valley', false, 'value'],
    ['train', 'value', false, 'value'],
    ['validation', 'value', true, 'value'],
  ])('%s', (name, base, isValidation, kind) => {
    expect(new Metric(name, plain)).toMatchObject({ base, isValidation, kind });
  });
});

describe('smoothing', () => {
  test('is a moving mean that does not lean towards 0', () => {
    const metric = new Metric('loss', { smoothing: 0.5, maxPoints: 500 });
    [4, 4, 8].forEach((value, i) => void metric.add(i, value, i + 1));
    // 4; 4; (0.5·8 + 0.25·4 + 0.125·4) / 0.875
    expect(metric.line.points().map(({ y }) => y)).toEqual([4, 4, 5.5 / 0.875]);
    expect(metric.raw.points().map(({ y }) => y)).toEqual([4, 4, 8]);
  });

  test('hardly touches what comes seldom', () => {
    const metric = new Metric('val_loss', { smoothing: 0.9, maxPoints: 500 });
    metric.add(100, 4, 100);
    metric.add(200, 8, 200);
    // What is left of the past after a hundred pushes is 0.9¹⁰⁰.
    expect(metric.line.points()[1]!.y).toBeCloseTo(8, 3);
  });
});

test('what is no finite number is remembered, and breaks the line', () => {
  const metric = new Metric('loss', { smoothing: 0.5, maxPoints: 500 });
  for (const [x, y] of [1, 2, Number.NaN, Number.POSITIVE_INFINITY, 3, Number.NaN, Number.NaN].entries()) {
    metric.add(x, y, x + 1);
  }
  expect(metric.failures).toEqual([
    { x: 2, value: Number.NaN },
    { x: 3, value: Number.POSITIVE_INFINITY },
    { x: 5, value: Number.NaN },
  ]);
  expect([metric.failureCount, metric.last]).toEqual([4, Number.NaN]);
  expect(metric.line.points().map(({ isStart }) => isStart)).toEqual([true, false, true]);
});
