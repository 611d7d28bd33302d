import { describe, expect, test } from 'vitest';
import type { tf } from '../../../../src/backend/index.ts';
import { EACH } from './list.ts';
import { bytes, free, make, train } from './support.ts';

/** The learning rate is a number or a schedule, and may be set. */
export function ratesContract(): void {
  describe.each(EACH)('%s', (_, { make: create, rate, gradients }) => {
    test('takes a schedule as it takes a number, and reads it at 0, 1, 2, …', () => {
      const steps = new Set<number>();
      const schedule = (step: number): number => {
        steps.add(step);
        return rate;
      };
      const [a, b] = [make([5, -3], [2]), make([5, -3], [2])];
      const [constant, scheduled] = [create(rate), create(schedule)];
      train(constant, a, 4 * gradients);
      train(scheduled, b, 4 * gradients);
      expect(bytes(b)).toEqual(bytes(a));
      // Schedule-free optimization weighs a step by the rate of the next one, as optax does.
      expect([...steps].filter((step) => step !== 4).sort()).toEqual([0, 1, 2, 3]);
      expect(constant.learningRate).toBe(rate);
      expect(scheduled.learningRate).toBe(schedule);
      expect(scheduled.getState()).not.toHaveProperty('learningRate');
      free(constant, scheduled, ...a, ...b);
    });

    test('goes on in its schedule after setState', () => {
      const schedule = (step: number): number => rate / (1 + step);
      const [a, b] = [make([5, -3]), make([5, -3])];
      const [whole, half, resumed] = [create(schedule), create(schedule), create(schedule)];
      train(whole, a, 4);
      train(half, b, 2);
      resumed.setState(half.getState());
      train(resumed, b, 2);
      expect(bytes(b)).toEqual(bytes(a));
      free(whole, half, resumed, ...a, ...b);
    });

    test('may be set between steps', () => {
      const [x] = make([5, -3]) as [tf.Variable];
      const [set, scheduled] = [create(rate), create((step) => (step < 2 ? rate : rate / 2))];
      const [y] = make([5, -3]) as [tf.Variable];
      train(set, [x], 2 * gradients);
      set.learningRate = rate / 2;
      expect(set.learningRate).toBe(rate / 2);
      train(set, [x], 2 * gradients);
      train(scheduled, [y], 4 * gradients);
      expect(bytes([x])).toEqual(bytes([y]));
      expect(set.getState().learningRate).toBe(rate / 2);
      for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, '0.1']) {
        expect(() => Reflect.set(set, 'learningRate', wrong)).toThrow(
          'learningRate must be a finite number of at least 0 or a function of the step',
        );
      }
      expect(set.learningRate).toBe(rate / 2);
      free(set, scheduled, x, y);
    });

    test('says at which step a schedule gives no rate, and changes nothing then', () => {
      const optimizer = create((step) => (step < 3 ? rate : Number.NaN));
      const [x] = make([5, -3]) as [tf.Variable];
      train(optimizer, [x], 2 * gradients);
      let [values, state] = [bytes([x]), optimizer.getState()];
      const trainOn = (): void => {
        for (let step = 0; step < 2 * gradients; step++) {
          [values, state] = [bytes([x]), optimizer.getState()];
          train(optimizer, [x], 1);
        }
      };
      expect(trainOn).toThrow('the schedule at step 3 must be');
      expect(bytes([x])).toEqual(values);
      expect(optimizer.getState()).toEqual(state);
      free(optimizer, x);
    });
  });
}
