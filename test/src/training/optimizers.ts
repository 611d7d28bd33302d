import { tf } from '../../../src/backend/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';

type Made = ReturnType<typeof tf.train.sgd>;

/** Optimizers whose step does not blow up what rounding leaves of a gradient that is zero. */
export const optimizers: readonly (readonly [name: string, make: () => Made])[] = [
  ['sgd of tfjs', () => tf.train.sgd(0.05)],
  ['momentum of tfjs', () => tf.train.momentum(0.02, 0.9) as unknown as Made],
  ['adam of tfjs', () => tf.train.adam(0.001) as unknown as Made],
  ['rmsprop of tfjs', () => tf.train.rmsprop(0.001) as unknown as Made],
  ['sgd', () => sgd({ learningRate: 0.05 }) as unknown as Made],
  [
    'sgd with momentum and decay',
    () => sgd({ learningRate: 0.02, momentum: 0.9, nesterov: true, weightDecay: 0.01 }) as unknown as Made,
  ],
];
