import { expect, test } from 'vitest';
import { Meter } from '../../../../src/display/progress/meter.ts';

test('a steady rate is that rate, from the first sample on', () => {
  const meter = new Meter(1000);
  expect(meter.rate).toBeUndefined();
  for (let i = 1; i <= 5; i++) {
    meter.sample(20 * i, 1000 + 100 * i);
    expect(meter.rate).toBeCloseTo(200);
  }
  expect(meter.elapsed(1500)).toBe(0.5);
  expect(meter.mean(100, 1500)).toBe(200);
});

test('the rate of late weighs most', () => {
  const meter = new Meter(0);
  meter.sample(10, 1000);
  meter.sample(40, 2000);
  // 0.3 of the newest: (0.3·30 + 0.7·0.3·10) / (0.3 + 0.7·0.3) for the counts, 1 s for the times
  expect(meter.rate).toBeCloseTo((9 + 2.1) / 0.51);
});

test('standing still is no sample', () => {
  const meter = new Meter(0);
  meter.sample(10, 1000);
  meter.sample(10, 5000);
  expect(meter.rate).toBe(10);
  meter.sample(20, 6000);
  // 10 in 1 s, then 10 in 5 s: 10 / ((0.3·5 + 0.7·0.3·1) / 0.51)
  expect(meter.rate).toBeCloseTo(5.1 / (1.5 + 0.21));
});

test('nothing is known of a time of zero', () => {
  const meter = new Meter(0);
  meter.sample(10, 0);
  expect(meter.rate).toBeUndefined();
  expect(meter.mean(10, 0)).toBeUndefined();
});
