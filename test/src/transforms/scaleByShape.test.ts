import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { scaleByShape } from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

onBackends('scaleByShape', () => {
  test.each([
    // √(8 / 2), √max(1, 2 / 8), √max(1, 3 / 12)
    [[2, 8], undefined, 2],
    [[8, 2], undefined, 1],
    [[2, 2, 3, 3], undefined, 1],
    // 0.2·√8, 0.2·√12
    [[2, 8], 0.2, 0.2 * Math.sqrt(8)],
    [[2, 2, 3, 3], 0.2, 0.2 * Math.sqrt(12)],
  ])('%j with consistentRms %s: %s', (shape, consistentRms, factor) => {
    const g = tf.ones(shape);
    const { updates } = scaleByShape({ consistentRms }).update(g, {});
    g.dispose();
    expectClose(read(updates as tf.Tensor), Array(shape.reduce((a, b) => a * b)).fill(factor));
  });

  test('names a root mean square below 0', () => {
    expect(() => scaleByShape({ consistentRms: -1 })).toThrow(
      'consistentRms must be a finite number of at least 0',
    );
  });
});
