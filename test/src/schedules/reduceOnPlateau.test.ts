import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import { type PlateauOptions, type PlateauState, reduceOnPlateau } from '../../../src/schedules/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';

const options = { initialValue: 1, factor: 0.5, patience: 2 };
const report = (schedule: ReturnType<typeof reduceOnPlateau>, metrics: readonly number[]): number[] =>
  metrics.map((metric) => schedule.report(metric));

describe('reduceOnPlateau', () => {
  test('reduces at the report after the patience, and waits anew', () => {
    // 1 is the best; two others are borne, the third reduces, and so does the third after it.
    const values = report(reduceOnPlateau(options), [1, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5]);
    expect(values).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.125]);
  });

  test('minDelta is an absolute threshold by the name that Keras has for it', () => {
    // 9.5 is better than 10 by 0.5, which is not more than the threshold; relative, 0.5 of 10 would be 5.
    for (const minDelta of [0.5, 0.4]) {
      const own = reduceOnPlateau({ ...options, patience: 0, minDelta });
      const other = reduceOnPlateau({
        ...{ ...options, patience: 0 },
        ...{ threshold: minDelta, thresholdMode: 'absolute' as const },
      });
      const values = report(own, [10, 9.5]);
      expect(values).toEqual([1, minDelta === 0.5 ? 0.5 : 1]);
      expect(values).toEqual(report(other, [10, 9.5]));
    }
    const both = 'reduceOnPlateau: options must be with minDelta alone, which is an absolute threshold';
    expect(() => reduceOnPlateau({ minDelta: 0, threshold: 0 })).toThrow(both);
    expect(() => reduceOnPlateau({ minDelta: 0, thresholdMode: 'relative' })).toThrow(both);
    expect(() => reduceOnPlateau({ minDelta: -1 })).toThrow(
      'reduceOnPlateau: minDelta must be a finite number of at least 0; received -1',
    );
  });

  test('is the same value at every step', () => {
    const schedule = reduceOnPlateau(options);
    report(schedule, [1, 1, 1, 1]);
    expect([schedule(0), schedule(1e6), schedule.value]).toEqual([0.5, 0.5, 0.5]);
    expect(schedule.name).toBe('reduceOnPlateau');
    expect(() => schedule(-1)).toThrow('reduceOnPlateau: step must be a finite number of at least 0');
  });

  test('sees plateaus of negative metrics, too', () => {
    // A log-likelihood that stays: −1·(1 − 10⁻⁴) would be above −1, and −1 an improvement for ever.
    expect(report(reduceOnPlateau(options), [-1, -1, -1, -1]).at(-1)).toBe(0.5);
    expect(report(reduceOnPlateau({ ...options, mode: 'max' }), [-1, -1, -1, -1]).at(-1)).toBe(0.5);
  });

  test('NaN and infinity are no improvement, and no best', () => {
    const schedule = reduceOnPlateau({ ...options, patience: 3 });
    report(schedule, [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(schedule.getState()).toEqual({ value: 1, best: null, waited: 3, cooling: 0 });
    expect(schedule.report(2)).toBe(1);
    expect(schedule.getState()).toEqual({ value: 1, best: 2, waited: 0, cooling: 0 });
  });

  test('continues from its state as if it had not stopped, through JSON', () => {
    const metric = fc.double({ min: -2, max: 2, noNaN: true });
    const sequence = fc.array(metric, { minLength: 1, maxLength: 40 });
    const chosen = fc.record({
      patience: fc.integer({ min: 0, max: 3 }),
      cooldown: fc.integer({ min: 0, max: 3 }),
      mode: fc.constantFrom('min' as const, 'max' as const),
      factor: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
    });
    fc.assert(
      fc.property(chosen, sequence, sequence, (given: PlateauOptions, first, second) => {
        const whole = reduceOnPlateau(given);
        report(whole, first);
        const state = JSON.parse(JSON.stringify(whole.getState())) as PlateauState;
        const resumed = reduceOnPlateau(given);
        resumed.setState(state);
        expect(report(resumed, second)).toEqual(report(whole, second));
      }),
    );
  });

  test('never rises, and never falls below its least value', () => {
    const sequence = fc.array(fc.double({ noNaN: false }), { maxLength: 60 });
    fc.assert(
      fc.property(sequence, (metrics) => {
        const schedule = reduceOnPlateau({ ...options, patience: 0, minValue: 0.1 });
        const values = [1, ...report(schedule, metrics)];
        values.slice(1).forEach((value, i) => {
          expect(value).toBeLessThanOrEqual(values[i]!);
          expect(value).toBeGreaterThanOrEqual(0.1);
        });
      }),
    );
  });

  test.each<[unknown, string]>([
    [{ patiance: 3 }, "did you mean 'patience'?"],
    [{ factor: 1 }, 'factor must be a finite number in (0, 1); received 1'],
    [{ patience: 1.5 }, 'patience must be an integer of at least 0; received 1.5'],
    [{ mode: 'auto' }, "mode must be one of 'min', 'max'"],
    [{ thresholdMode: 'rel' }, "thresholdMode must be one of 'relative', 'absolute'"],
  ])('refuses %j', (given, message) => {
    expect(() => reduceOnPlateau(given as PlateauOptions)).toThrow(message);
  });

  test('refuses metrics and states that are none', () => {
    const schedule = reduceOnPlateau(options);
    expect(() => schedule.report('0.5' as never)).toThrow('report: metric must be a number; received "0.5"');
    const state = schedule.getState();
    expect(() => schedule.setState({ ...state, waited: -1 })).toThrow('setState: waited must be an integer');
    expect(() => schedule.setState({ ...state, best: Number.NaN })).toThrow(
      'setState: best must be a finite number or null; received NaN',
    );
    expect(schedule.getState()).toEqual(state);
  });
});

onBackends('an optimizer takes it', () => {
  test('sgd', () => {
    const w = variable([10]);
    const learningRate = reduceOnPlateau({ initialValue: 1, factor: 0.5, patience: 0 });
    const optimizer = sgd({ learningRate });
    // The gradient of 2w is 2: 10 − 2·1, − 2·1, − 2·½, − 2·¼
    const values = [1, 1, 1, 1].map((metric) => {
      optimizer.minimize(() => tf.sum(tf.mul(w, 2)) as tf.Scalar);
      learningRate.report(metric);
      return w.dataSync()[0]!;
    });
    expectClose(values, [8, 6, 5, 4.5]);
    w.dispose();
    optimizer.dispose();
  });
});
