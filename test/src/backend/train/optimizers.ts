import { tf } from '../../../../src/backend/index.ts';
import type { UpdateRule } from '../../../../src/core/updates/rules.ts';

type Case = readonly [
  name: string,
  make: () => tf.Optimizer,
  /** What it is at a step, counted from 0. */
  rule: (step: number) => UpdateRule,
  /** What its slots hold at first. */
  start: readonly number[],
];

const epsilon = 1e-7;
const moments = { beta1: 0.8, beta2: 0.95, epsilon };

/** Every optimizer of tfjs. */
export const OPTIMIZERS: readonly Case[] = [
  ['sgd', () => tf.train.sgd(0.1), () => ({ name: 'sgd', learningRate: 0.1 }), []],
  [
    'momentum',
    () => tf.train.momentum(0.05, 0.9),
    () => ({ name: 'momentum', learningRate: 0.05, momentum: 0.9, nesterov: false }),
    [0],
  ],
  [
    'momentum of Nesterov',
    () => tf.train.momentum(0.05, 0.9, true),
    () => ({ name: 'momentum', learningRate: 0.05, momentum: 0.9, nesterov: true }),
    [0],
  ],
  [
    'adam',
    () => tf.train.adam(0.1, 0.8, 0.95, epsilon),
    () => ({ name: 'adam', learningRate: 0.1, ...moments }),
    [0, 0],
  ],
  [
    'adamax',
    () => tf.train.adamax(0.1, 0.8, 0.95, epsilon),
    () => ({ name: 'adamax', learningRate: 0.1, ...moments }),
    [0, 0],
  ],
  [
    'adamax with a falling rate',
    () => tf.train.adamax(0.1, 0.8, 0.95, epsilon, 0.5),
    (step) => ({ name: 'adamax', learningRate: 0.1 / (1 + 0.5 * step), ...moments }),
    [0, 0],
  ],
  [
    'adagrad',
    () => tf.train.adagrad(0.1, 0.3),
    () => ({ name: 'adagrad', learningRate: 0.1, epsilon }),
    [0.3],
  ],
  [
    'adadelta',
    () => tf.train.adadelta(0.7, 0.9, 1e-5),
    () => ({ name: 'adadelta', learningRate: 0.7, rho: 0.9, epsilon: 1e-5 }),
    [0, 0],
  ],
  [
    'rmsprop',
    () => tf.train.rmsprop(0.01, 0.8, 0, epsilon),
    () => ({ name: 'rmspropMomentum', learningRate: 0.01, decay: 0.8, momentum: 0, epsilon }),
    [0, 0],
  ],
  [
    'rmsprop with momentum',
    () => tf.train.rmsprop(0.01, 0.8, 0.5, epsilon),
    () => ({ name: 'rmspropMomentum', learningRate: 0.01, decay: 0.8, momentum: 0.5, epsilon }),
    [0, 0],
  ],
  [
    'rmsprop, centred, with momentum',
    () => tf.train.rmsprop(0.01, 0.8, 0.5, 1e-3, true),
    () => ({ name: 'rmspropCentered', learningRate: 0.01, decay: 0.8, momentum: 0.5, epsilon: 1e-3 }),
    [0, 0, 0],
  ],
];

/** One step with these gradients. */
export function apply(
  optimizer: tf.Optimizer,
  gradients: readonly (readonly [tf.Variable, readonly number[] | undefined])[],
): void {
  tf.tidy(() => {
    const list = gradients.map(([{ name, shape }, gradient]) => ({
      name,
      tensor: (gradient && tf.tensor([...gradient], shape)) as tf.Tensor,
    }));
    optimizer.applyGradients(list);
  });
}
