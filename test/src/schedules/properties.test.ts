import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as schedules from '../../../src/schedules/index.ts';

const size = fc.double({ min: 1e-6, max: 10, noNaN: true });
const steps = fc.double({ min: 0.5, max: 1e4, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const rate = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const power = fc.double({ min: 0.2, max: 5, noNaN: true });

/** Schedules that never rise, from initialValue on. */
const falling: Record<string, fc.Arbitrary<schedules.Schedule>> = {
  exponentialDecay: fc
    .record({ initialValue: size, transitionSteps: steps, decayRate: rate, staircase: fc.boolean() })
    .map(schedules.exponentialDecay),
  inverseTimeDecay: fc
    .record({ initialValue: size, transitionSteps: steps, decayRate: rate, staircase: fc.boolean() })
    .map(schedules.inverseTimeDecay),
  inverseSqrtDecay: fc.record({ initialValue: size, transitionSteps: steps }).map(schedules.inverseSqrtDecay),
  linear: fc.record({ initialValue: size, transitionSteps: steps }).map(schedules.linear),
  polynomial: fc.record({ initialValue: size, transitionSteps: steps, power }).map(schedules.polynomial),
  stepDecay: fc.record({ initialValue: size, stepSize: steps, gamma: rate }).map(schedules.stepDecay),
  cosineDecay: fc.record({ initialValue: size, decaySteps: steps, alpha: share }).map(schedules.cosineDecay),
};

const ROUNDING = 1 + 1e-12;

describe.each(Object.entries(falling))('%s', (_, arbitrary) => {
  test('never rises, and stays above 0', () => {
    const pair = fc.tuple(fc.double({ min: 0, max: 3e4, noNaN: true }), steps);
    fc.assert(
      fc.property(arbitrary, pair, (schedule, [step, later]) => {
        expect(schedule(step + later)).toBeLessThanOrEqual(schedule(step) * ROUNDING);
        expect(schedule(step + later)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('a warm-up before it rises to where it begins, without a jump', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 500 }), (then, count) => {
        const warmed = schedules.warmup({ steps: count, then });
        const values = Array.from({ length: count + 1 }, (_, step) => warmed(step));
        expect(values[0]).toBe(0);
        expect(values.at(-1)).toBe(then(0));
        values.slice(1).forEach((value, i) => void expect(value).toBeGreaterThanOrEqual(values[i]!));
        // Each step of the rise is as high as the others.
        expect(Math.abs(values[count]! - values[count - 1]! - then(0) / count)).toBeLessThan(1e-9 * then(0));
      }),
    );
  });

  test('after a join it is what it was, later', () => {
    fc.assert(
      fc.property(arbitrary, steps, steps, (part, boundary, step) => {
        const joined = schedules.join([0.5, part], [boundary]);
        expect(joined(boundary)).toBe(part(0));
        expect(joined(boundary + step)).toBe(part(boundary + step - boundary));
        expect(joined(boundary * 0.99)).toBe(0.5);
      }),
    );
  });
});

describe('oneCycle', () => {
  const cycle = fc.record({
    totalSteps: fc.integer({ min: 1, max: 2000 }),
    peakValue: size,
    // At 1 there is no step left for the peak.
    pctStart: fc.double({ min: 0, max: 0.99, noNaN: true }),
    divFactor: fc.double({ min: 1, max: 100, noNaN: true }),
    finalDivFactor: fc.double({ min: 1, max: 1e5, noNaN: true }),
  });

  test('rises to its peak and falls to its end, without a jump', () => {
    fc.assert(
      fc.property(cycle, (options) => {
        const schedule = schedules.oneCycle(options);
        const { totalSteps, peakValue, divFactor, finalDivFactor } = options;
        const values = Array.from({ length: totalSteps + 1 }, (_, step) => schedule(step));
        const top = values.indexOf(Math.max(...values));
        expect(Math.abs(values[top]! - peakValue)).toBeLessThan(1e-12 * peakValue);
        values.forEach((value, i) => {
          const before = values[i - 1] ?? 0;
          if (i <= top) expect(value).toBeGreaterThanOrEqual(before / ROUNDING);
          else expect(value).toBeLessThanOrEqual(before * ROUNDING);
        });
        const end = peakValue / divFactor / finalDivFactor;
        expect(values.at(-1)).toBe(end);
        expect(schedule(2 * totalSteps)).toBe(end);
      }),
    );
  });
});

describe('cyclic', () => {
  const cyclic = fc.record({
    initialValue: size,
    peakValue: fc.double({ min: 10, max: 20, noNaN: true }),
    stepsUp: steps,
    stepsDown: steps,
    scale: fc.constantFrom('constant' as const, 'halving' as const, 'exponential' as const),
    gamma: fc.double({ min: 0.9, max: 1, noNaN: true }),
  });

  test('stays between its ends, and has no jump', () => {
    fc.assert(
      fc.property(cyclic, share, (options, part) => {
        const schedule = schedules.cyclic(options);
        const { initialValue, peakValue, stepsUp, stepsDown } = options;
        const step = 5 * part * (stepsUp + stepsDown);
        expect(schedule(step)).toBeGreaterThanOrEqual(initialValue * (1 - 1e-9));
        expect(schedule(step)).toBeLessThanOrEqual(peakValue * ROUNDING);
        const little = 1e-7 * Math.min(stepsUp, stepsDown);
        expect(Math.abs(schedule(step + little) - schedule(step))).toBeLessThan(1e-4 * peakValue);
      }),
    );
  });

  test('is at its lowest and at its highest where it turns', () => {
    const schedule = schedules.cyclic({ initialValue: 1, peakValue: 3, stepsUp: 2, stepsDown: 6 });
    expect([0, 1, 2, 5, 8, 10, 16].map(schedule)).toEqual([1, 2, 3, 2, 1, 3, 1]);
    const halving = schedules.cyclic({ initialValue: 1, peakValue: 3, stepsUp: 2, scale: 'halving' });
    expect([0, 2, 4, 6, 10].map(halving)).toEqual([1, 3, 1, 2, 1.5]);
  });
});

test('after a warm-up of as many steps inverseSqrtDecay is the schedule of transformers', () => {
  const count = 40;
  const then = schedules.inverseSqrtDecay({ initialValue: 0.1, transitionSteps: count });
  const schedule = schedules.warmup({ steps: count, then });
  for (const step of [1, 10, 39, 40, 41, 160, 4000]) {
    // v·√T·min(t^−½, t·T^−1.5), with t counted from 1 in the paper and from 0 here
    const expected = 0.1 * Math.sqrt(count) * Math.min(step ** -0.5, step * count ** -1.5);
    expect(schedule(step)).toBeCloseTo(expected, 12);
  }
});
