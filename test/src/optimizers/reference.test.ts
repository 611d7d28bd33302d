import { describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { onBackends, variable } from '../support.ts';
import { CASES, expectMoved, functionally, type Made, make, onVariables } from './trajectories.ts';
import { flat, readCases } from './trees.ts';

/** How much single precision may leave of an update, whatever its size. */
const ROUNDING: Readonly<Record<string, number>> = {
  // Differences of parameters of up to about 1.
  lookahead: 1e-6,
  scheduleFree: 1e-6,
  // Sums of products over a matrix; for Shampoo of one that is nearly singular.
  muon: 1e-6,
  soap: 1e-6,
  shampoo: 1e-5,
};

onBackends('ten steps of every optimizer', () => {
  describe.each(CASES)('%s', (_, each) => {
    test('by update', () => {
      expectMoved(functionally(each), each.moved, 1e-5, ROUNDING[each.optimizer] ?? 1e-9);
    });

    test('by applyGradients', () => {
      // Each step rounds a parameter of up to about 1 to single precision.
      expectMoved(onVariables(each), each.moved, 1e-5, Math.max(1e-6, ROUNDING[each.optimizer] ?? 0));
    });
  });
});

interface Descent extends Made {
  readonly source: string;
  /** Σ x² after each step from [1, 2, 3]. */
  readonly losses: readonly number[];
}

onBackends('optax’s example', () => {
  const descents = readCases<Descent>('descents');
  test.each(descents.map((each) => [each.source, each] as const))('%s', (_, { losses, ...made }) => {
    const x = variable([1, 2, 3]);
    const optimizer = make(made);
    for (const loss of losses) {
      optimizer.minimize(() => x.square().sum());
      const value = flat({ x }).reduce((sum, v) => sum + v * v, 0);
      expect(Math.abs(value - loss), `${value} should be ${loss}`).toBeLessThanOrEqual(1e-5 * 14);
    }
    tf.dispose(x);
    optimizer.dispose();
  });
});
