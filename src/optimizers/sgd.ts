import { checkNumber } from '../core/check.ts';
import { trace } from '../transforms/index.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `sgd`. */
export interface SgdOptions extends CommonOptions {
  /** The share μ of the accumulated gradient that stays, in [0, 1); 0 by default. */
  momentum?: number | undefined;
  /** Whether the momentum looks one step ahead; false by default. */
  nesterov?: boolean | undefined;
}

/**
 * Gradient descent, with momentum if asked for. It is stochastic when each gradient is that of a batch.
 *
 * `m ← g + μ·m`, `w ← w − η·(m + λ·w)`; with `nesterov`, `g + μ·m` takes the place of `m`. The rate
 * multiplies the momentum as it is used, not as it is gathered; under a constant rate that is Keras's
 * rule as well.
 *
 * @param options `learningRate` (0.01), `momentum` in [0, 1) (0), `nesterov` (false), and those of every optimizer, see
 *   `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const w = tf.variable(tf.tensor([1, 2, 3]));
 * optimizers.sgd({ learningRate: 0.1 }).minimize(() => w.square().sum());
 *
 * @see Robbins & Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22, 1951
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  checkOwn('sgd', options, ['momentum', 'nesterov']);
  const { momentum = 0, nesterov = false } = options;
  checkNumber('sgd', 'momentum', momentum, { min: 0, max: 1, exclusiveMax: true });
  return makeOptimizer(
    {
      name: 'sgd',
      options: { momentum, nesterov },
      learningRate: 0.01,
      steps: () => (momentum > 0 ? [trace({ decay: momentum, nesterov })] : []),
      fused: {
        rule: (learningRate, weightDecay) =>
          momentum > 0
            ? { name: 'momentum', learningRate, momentum, nesterov, weightDecay }
            : { name: 'sgd', learningRate, weightDecay },
        slots: momentum > 0 ? [[0, 'trace']] : [],
      },
    },
    options,
  );
}

registerMaker('sgd', sgd);
