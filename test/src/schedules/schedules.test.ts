import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { scheduleDescription } from '../../../src/core/described.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import * as schedules from '../../../src/schedules/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';

const { cosineDecay, cosineRestarts, join, linear, oneCycle, warmup } = schedules;

const at = (schedule: schedules.Schedule, steps: readonly number[]): number[] => steps.map(schedule);

describe('values', () => {
  test('constant', () => {
    expect(at(schedules.constant(0.1), [0, 1, 1e9])).toEqual([0.1, 0.1, 0.1]);
  });

  test('exponentialDecay', () => {
    const options = { initialValue: 0.1, transitionSteps: 10, decayRate: 0.5 };
    // 0.1, 0.1·√½, 0.1·½, 0.1·½^2.5; optax.exponential_decay(.1, 10, .5) in float64 gives the same digits
    const smooth = [0.1, 0.07071067811865477, 0.05, 0.01767766952966369];
    expectClose(at(schedules.exponentialDecay(options), [0, 5, 10, 25]), smooth, 1e-15);
    // ½ to the power of ⌊t/10⌋
    const stairs = schedules.exponentialDecay({ ...options, staircase: true });
    expectClose(at(stairs, [0, 5, 9.99, 10, 25]), [0.1, 0.1, 0.1, 0.05, 0.025], 1e-15);
  });

  test('inverseTimeDecay', () => {
    const options = { initialValue: 1, transitionSteps: 4, decayRate: 2 };
    // 1/(1 + 2·t/4)
    expectClose(at(schedules.inverseTimeDecay(options), [0, 2, 4, 12]), [1, 1 / 2, 1 / 3, 1 / 7], 1e-15);
    const stairs = schedules.inverseTimeDecay({ ...options, staircase: true });
    expectClose(at(stairs, [0, 2, 4, 7]), [1, 1, 1 / 3, 1 / 3], 1e-15);
  });

  test('polynomial and linear', () => {
    const falling = schedules.polynomial({ initialValue: 1, endValue: 0.1, transitionSteps: 10, power: 2 });
    // (1 − 0.1)·(1 − t/10)² + 0.1; optax.polynomial_schedule(1., .1, 2, 10)
    expectClose(at(falling, [0, 5, 10, 20]), [1, 0.325, 0.1, 0.1], 1e-15);
    // optax.linear_schedule(0., 1., 4)
    const rising = linear({ initialValue: 0, endValue: 1, transitionSteps: 4 });
    expectClose(at(rising, [0, 1, 3, 4, 9]), [0, 0.25, 0.75, 1, 1], 1e-15);
    expect(at(linear({ initialValue: 3, transitionSteps: 3 }), [1, 3])).toEqual([2, 0]);
  });

  test('piecewiseConstant: the new value holds at its boundary', () => {
    const steps = schedules.piecewiseConstant({ boundaries: [3, 6], values: [1, 0.5, 0.1] });
    expect(at(steps, [0, 2, 2.9, 3, 5, 6, 100])).toEqual([1, 1, 1, 0.5, 0.5, 0.1, 0.1]);
    expect(at(schedules.piecewiseConstant({ boundaries: [], values: [7] }), [0, 5])).toEqual([7, 7]);
  });

  test('stepDecay', () => {
    // 0.1, 0.1·½ from 30 on, 0.1·¼ from 60 on
    const halving = schedules.stepDecay({ initialValue: 0.1, stepSize: 30, gamma: 0.5 });
    expectClose(at(halving, [0, 29, 30, 59, 60]), [0.1, 0.1, 0.05, 0.05, 0.025], 1e-15);
    expectClose(at(schedules.stepDecay({ initialValue: 1, stepSize: 2 }), [4]), [0.01], 1e-15);
  });

  test('cosineDecay', () => {
    const falling = cosineDecay({ initialValue: 0.1, decaySteps: 10, alpha: 0.1 });
    // 0.1·(0.9·½(1 + cos(π·t/10)) + 0.1); optax.cosine_decay_schedule(.1, 10, .1) in float64
    const expected = [0.1, 0.08681980515339464, 0.055, 0.01, 0.01];
    expectClose(at(falling, [0, 2.5, 5, 10, 20]), expected, 1e-15);
  });

  test('cosineRestarts', () => {
    const waves = cosineRestarts({ initialValue: 1, firstDecaySteps: 10 });
    // Periods of 10, 20, 40 steps: ½(1 + cos(π·u)) at u = 0, ½, 0.9; 0, ½, 0.95; 0.
    // optax.sgdr_schedule([dict(init_value=1., peak_value=1., decay_steps=d, warmup_steps=0) for d in (10, 20)])
    const expected = [1, 0.5, 0.024471741852423234, 1, 0.5, 0.00615582970243117, 1];
    expectClose(at(waves, [0, 5, 9, 10, 20, 29, 30]), expected, 1e-14);
    // The second period begins at ½ of the value: ½·½(1 + cos 0), and α is left: (1 − α)·… + α.
    const lower = cosineRestarts({ initialValue: 1, firstDecaySteps: 10, tMul: 1, mMul: 0.5, alpha: 0.2 });
    expectClose(at(lower, [0, 10, 15, 20]), [1, 0.8 * 0.5 + 0.2, 0.8 * 0.25 + 0.2, 0.8 * 0.25 + 0.2], 1e-14);
  });

  test('every restart is at the peak, however long the periods', () => {
    const multiple = fc.double({ min: 1.01, max: 4, noNaN: true });
    fc.assert(
      fc.property(multiple, fc.integer({ min: 1, max: 12 }), (tMul, period) => {
        const start = (tMul ** period - 1) / (tMul - 1);
        const value = cosineRestarts({ initialValue: 1, firstDecaySteps: 1, tMul })(start);
        // One rounding before the restart the value may still be that of the end.
        expect(Math.min(value, 1 - value)).toBeLessThan(1e-6);
        expect(
          cosineRestarts({ initialValue: 1, firstDecaySteps: 1, tMul })(start * (1 + 1e-12)),
        ).toBeCloseTo(1);
      }),
    );
    const waves = cosineRestarts({ initialValue: 1, firstDecaySteps: 3, tMul: 3 });
    expect(at(waves, [3, 12, 39, 120, 363])).toEqual([1, 1, 1, 1, 1]);
  });

  test('oneCycle', () => {
    const cycle = oneCycle({ totalSteps: 100, peakValue: 1 });
    // From 1/25 to 1 at 30, to 1/(25·10⁴) at 100; optax.cosine_onecycle_schedule(100, 1., .3) in float64
    const expected = [0.04, 0.52, 1, 0.500002, 4e-6, 4e-6];
    expectClose(at(cycle, [0, 15, 30, 65, 100, 150]), expected, 1e-15);
    // optax.cosine_onecycle_schedule(10, .5, .25, 10., 100.): the rise ends at ⌊2.5⌋
    const options = { pctStart: 0.25, divFactor: 10, finalDivFactor: 100 };
    const short = oneCycle({ totalSteps: 10, peakValue: 0.5, ...options });
    expectClose(at(short, [0, 1, 2, 6, 10]), [0.05, 0.275, 0.5, 0.25025, 0.0005], 1e-15);
    expect(oneCycle({ totalSteps: 4, peakValue: 1, pctStart: 0 })(0)).toBe(1);
  });

  test('warmup', () => {
    const then = cosineDecay({ initialValue: 1, decaySteps: 10 });
    // optax.warmup_cosine_decay_schedule(0., 1., 4, 14)
    expectClose(at(warmup({ steps: 4, then }), [0, 2, 4, 9, 14]), [0, 0.5, 1, 0.5, 0], 1e-15);
    expect(warmup({ steps: 0, then })(0)).toBe(1);
  });

  test('warmup to a number', () => {
    const then = 3;
    expect(at(warmup({ initialValue: 1, steps: 2, then }), [0, 1, 2, 50])).toEqual([1, 2, 3, 3]);
  });

  test('join', () => {
    const rise = linear({ initialValue: 0, endValue: 1, transitionSteps: 4 });
    const fall = cosineDecay({ initialValue: 1, decaySteps: 10 });
    // optax.join_schedules([linear_schedule(0., 1., 4), cosine_decay_schedule(1., 10)], [4])
    expectClose(at(join([rise, fall], [4]), [0, 2, 4, 9, 14, 20]), [0, 0.5, 1, 0.5, 0, 0], 1e-15);
    expect(at(join([1, 2, (step) => step], [2, 4]), [1, 2, 3, 4, 9])).toEqual([1, 2, 2, 0, 5]);
  });
});

const then = 1;
const made: Record<string, schedules.Schedule> = {
  constant: schedules.constant(1),
  exponentialDecay: schedules.exponentialDecay({ initialValue: 1, transitionSteps: 10, decayRate: 0.9 }),
  inverseTimeDecay: schedules.inverseTimeDecay({ initialValue: 1, transitionSteps: 10, decayRate: 0.9 }),
  polynomial: schedules.polynomial({ initialValue: 1, transitionSteps: 10, power: 2 }),
  linear: linear({ initialValue: 1, transitionSteps: 10 }),
  piecewiseConstant: schedules.piecewiseConstant({ boundaries: [8], values: [1, 0] }),
  stepDecay: schedules.stepDecay({ initialValue: 1, stepSize: 10 }),
  cosineDecay: cosineDecay({ initialValue: 1, decaySteps: 10 }),
  cosineRestarts: cosineRestarts({ initialValue: 1, firstDecaySteps: 10 }),
  oneCycle: oneCycle({ totalSteps: 10, peakValue: 1 }),
  cyclic: schedules.cyclic({ initialValue: 0, peakValue: 1, stepsUp: 5 }),
  inverseSqrtDecay: schedules.inverseSqrtDecay({ initialValue: 1, transitionSteps: 10 }),
  reduceOnPlateau: schedules.reduceOnPlateau({ initialValue: 1 }),
  warmup: warmup({ steps: 10, then }),
  join: join([1, 0], [10]),
};

describe.each(Object.entries(made))('%s', (name, schedule) => {
  test('says what it is', () => {
    expect(schedule.name).toBe(name);
    const { horizon, ...description } = scheduleDescription(schedule)!;
    expect(description).toMatchObject({ name, options: expect.any(Object) });
    expect(horizon).toBeGreaterThanOrEqual(10);
  });

  test('stays between its highest and its lowest value', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (step) => {
        expect(schedule(step)).toBeGreaterThanOrEqual(0);
        expect(schedule(step)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '3', undefined])('refuses step %s', (step) => {
    expect(() => schedule(step as number)).toThrow(`${name}: step must be a finite number of at least 0`);
  });
});

describe('bad options', () => {
  const call = (make: unknown, ...given: unknown[]): unknown =>
    Reflect.apply(make as (...given: unknown[]) => unknown, undefined, given);

  test.each<[unknown, unknown[], string]>([
    [schedules.constant, [Number.NaN], 'constant: value must be a finite number; received NaN'],
    [
      cosineDecay,
      [{ initialValue: 1, decaySteps: 0 }],
      'cosineDecay: decaySteps must be a finite number above 0; received 0',
    ],
    [
      cosineDecay,
      [{ initialValue: 1 }],
      'cosineDecay: decaySteps must be a finite number above 0; received undefined',
    ],
    [
      cosineDecay,
      [{ initialValue: 1, decaySteps: 1, alpha: 2 }],
      'cosineDecay: alpha must be a finite number in [0, 1]; received 2',
    ],
    [cosineDecay, [{ initialvalue: 1 }], "did you mean 'initialValue'?"],
    [cosineDecay, [], 'cosineDecay: options must be an object'],
    [
      schedules.exponentialDecay,
      [{ initialValue: 1, transitionSteps: 1, decayRate: 1, staircase: 1 }],
      'exponentialDecay: staircase must be true or false; received 1',
    ],
    [schedules.exponentialDecay, [{ endvalue: 1 }], "did you mean 'endValue'?"],
    [
      schedules.cyclic,
      [{ initialValue: 0, peakValue: 1, stepsUp: 1, scale: 'half' }],
      "cyclic: scale must be one of 'constant', 'halving', 'exponential'",
    ],
    [linear, [{ initialValue: 1, transitionSteps: 1, power: 2 }], "options must be among 'initialValue'"],
    [
      oneCycle,
      [{ totalSteps: 1.5, peakValue: 1 }],
      'totalSteps must be an integer of at least 1; received 1.5',
    ],
    [
      schedules.piecewiseConstant,
      [{ boundaries: [3, 3], values: [1, 2, 3] }],
      'boundaries[1] must be an array of steps above 0, each larger than the one before; received 3',
    ],
    [
      schedules.piecewiseConstant,
      [{ boundaries: [3], values: [1] }],
      'values must be an array of 2 numbers, one more than there are boundaries; received [1]',
    ],
    [
      schedules.piecewiseConstant,
      [{ boundaries: [3], values: [1, 'x'] }],
      'values[1] must be a finite number; received "x"',
    ],
    [warmup, [{ steps: 3 }], 'then must be a function of the step or a finite number; received undefined'],
    [join, [[], []], 'parts must be an array of schedules, one at least; received []'],
    [join, [[1, 2], []], 'boundaries must be an array of 1, one fewer than there are schedules; received []'],
    [join, [[1, 'x'], [1]], 'parts[1] must be a function of the step or a finite number; received "x"'],
  ])('%o %j', (make, given, message) => {
    expect(() => call(make, ...given)).toThrow(message);
  });
});

onBackends('an optimizer takes a schedule', () => {
  test('sgd', () => {
    const w = variable([10]);
    const optimizer = sgd({ learningRate: linear({ initialValue: 1, transitionSteps: 4 }) });
    // The gradient of 2w is 2: 10 − 2·1, − 2·¾, − 2·½, − 2·¼, − 0
    const values = Array.from({ length: 5 }, () => {
      optimizer.minimize(() => tf.sum(tf.mul(w, 2)) as tf.Scalar);
      return w.dataSync()[0]!;
    });
    expectClose(values, [8, 6.5, 5.5, 5, 5]);
    w.dispose();
    optimizer.dispose();
  });
});
