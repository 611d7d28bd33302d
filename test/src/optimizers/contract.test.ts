import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import { trace } from '../../../src/transforms/index.ts';
import { onBackends, variable } from '../support.ts';
import { contract } from './contract/contract.ts';

const { adam, fromTransform, ftrl } = optimizers;

/** The numbers among the options of each optimizer, beside the common ones. */
const NUMBERS = {
  sgd: ['momentum'],
  adagrad: ['initialAccumulatorValue', 'epsilon'],
  rmsprop: ['rho', 'momentum', 'epsilon'],
  adadelta: ['rho', 'epsilon'],
  adam: ['beta1', 'beta2', 'epsilon'],
  adamw: ['beta1', 'beta2', 'epsilon'],
  amsgrad: ['beta1', 'beta2', 'epsilon'],
  adamax: ['beta1', 'beta2', 'epsilon'],
  nadam: ['beta1', 'beta2', 'epsilon'],
  radam: ['beta1', 'beta2', 'epsilon', 'threshold'],
  yogi: ['beta1', 'beta2', 'epsilon', 'initialAccumulatorValue'],
  lion: ['beta1', 'beta2'],
  lamb: ['beta1', 'beta2', 'epsilon'],
  lars: ['trustCoefficient', 'epsilon', 'momentum'],
  adafactor: [
    ...['decayRate', 'decayOffset', 'minDimSizeToFactor', 'epsilon', 'clippingThreshold', 'momentum'],
  ],
  muon: [
    ...['beta', 'nsSteps', 'epsilon', 'consistentRms', 'adamBeta1', 'adamBeta2'],
    ...['adamWeightDecay', 'adamLearningRate', 'nsCoefficients'],
  ],
  shampoo: ['beta', 'epsilon', 'preconditionFrequency', 'maxPreconditionerDim', 'momentum'],
  soap: ['beta1', 'beta2', 'epsilon', 'preconditionFrequency', 'maxPreconditionerDim'],
  ftrl: [
    ...['learningRatePower', 'initialAccumulatorValue', 'l1RegularizationStrength', 'beta'],
    ...['l2RegularizationStrength', 'l2ShrinkageRegularizationStrength'],
  ],
  scheduleFree: ['warmupSteps', 'weightRatePower', 'beta1', 'beta2', 'epsilon'],
};
const COMMON = ['learningRate', 'weightDecay', 'clipnorm', 'clipvalue', 'globalClipnorm', 'emaMomentum'];

test.each(Object.entries(NUMBERS))(
  'errors of the options of %s name the optimizer and the option',
  (name, own) => {
    const make = Reflect.get(optimizers, name) as (options: object) => unknown;
    for (const option of [...own, ...COMMON])
      expect(() => make({ [option]: Number.NaN })).toThrow(
        expect.objectContaining({
          message: expect.stringMatching(new RegExp(`^${name}: ${option} must be .*received NaN$`)),
          argument: option,
        }),
      );
  },
);

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
