import { describe, test } from 'vitest';
import { onBackends } from '../support.ts';
import { CASES, expectMoved, functionally, make, onVariables, sums } from './trajectories.ts';

onBackends('ten steps of every optimizer', () => {
  describe.each(CASES)('%s', (_, each) => {
    test('by update', () => {
      expectMoved(sums(functionally(make(each), each.tree)), each.moved, 1e-5, 1e-9);
    });

    test('by applyGradients', () => {
      const optimizer = make(each);
      // Each step rounds a parameter of up to about 1 to single precision.
      expectMoved(onVariables(optimizer, each.tree), each.moved, 1e-5, 1e-6);
      optimizer.dispose();
    });
  });
});
