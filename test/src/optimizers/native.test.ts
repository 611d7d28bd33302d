import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { onNativeTensorflow } from '../native.ts';
import { contract } from './contract/contract.ts';
import { CASES, expectMoved, onVariables } from './trajectories.ts';

onNativeTensorflow();

let before = 0;
beforeEach(() => {
  before = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors - before, 'tensors left behind').toBe(0);
});

describe('every optimizer on native TensorFlow', contract);

test.each(CASES)('ten steps of %s on native TensorFlow', (_, each) => {
  expectMoved(onVariables(each), each.moved, 1e-5, each.optimizer === 'shampoo' ? 1e-5 : 1e-6);
});
