import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { adam, fromTransform, ftrl } from '../../../src/optimizers/index.ts';
import { trace } from '../../../src/transforms/index.ts';
import { onBackends, variable } from '../support.ts';
import { contract } from './contract/contract.ts';

onBackends('every optimizer', contract);

test('a chain without a learning rate says so', () => {
  expect(() => fromTransform(trace()).learningRate).toThrow('put scaleByLearningRate into it');
});

test('errors name what was called', () => {
  expect(() => adam({ learningRate: -1 })).toThrow(
    'adam: learningRate must be a finite number of at least 0',
  );
  expect(() => ftrl({ rate: 1 } as object)).not.toThrow(/'learningRate'.*'learningRate'/);
  expect(() => adam().init({ w: [1, 2] } as never)).toThrow('init: params.w[0] must be a tensor; received 1');
  expect(() => fromTransform({} as never)).toThrow(
    'fromTransform: transform must be a gradient transform, with init and update; received a Object',
  );
});

test('minimize leaves no tensor behind where tfjs rejects the function', () => {
  const w = variable([1, 2]);
  const before = tf.memory().numTensors;
  const optimizer = adam();
  expect(() => optimizer.minimize(() => tf.scalar(1), true, [w])).toThrow('Cannot find a connection');
  expect(() => optimizer.minimize(() => w.square() as tf.Scalar, true, [w])).toThrow('must return a scalar');
  expect(tf.memory().numTensors).toBe(before);
  w.dispose();
});
