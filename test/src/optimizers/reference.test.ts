import { describe, test } from 'vitest';
import { onBackends } from '../support.ts';
import { type Case, expectMoved, functionally, make, onVariables, readCases, sums } from './trajectories.ts';

const NAMES = ['sgd'];
const cases = readCases<Case>('optimizers').filter(
  ({ optimizer, options }) => NAMES.includes(optimizer) && !JSON.stringify(options).includes('lip'),
);

const titled = cases.map((each): [string, Case] => [
  `${each.optimizer} ${JSON.stringify(each.options)} as ${each.source} on the ${each.tree} tree`,
  each,
]);

onBackends('ten steps of every optimizer', () => {
  describe.each(titled)('%s', (_, each) => {
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
