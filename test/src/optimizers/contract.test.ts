import { expect, test } from 'vitest';
import { fromTransform } from '../../../src/optimizers/index.ts';
import { trace } from '../../../src/transforms/index.ts';
import { onBackends } from '../support.ts';
import { contract } from './contract/contract.ts';

onBackends('every optimizer', contract);

test('a chain without a learning rate says so', () => {
  expect(() => fromTransform(trace()).learningRate).toThrow('put scaleByLearningRate into it');
});
