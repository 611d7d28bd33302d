import { checkNumber } from '../core/check.ts';
import { addDecayedWeights, scaleByLearningRate, scaleByTrustRatio, trace } from '../transforms/index.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `lars`. */
export interface LarsOptions extends CommonOptions {
  /** The factor of the ratio of the norms, > 0; 0.001 by default. */
  trustCoefficient?: number | undefined;
  /** Guards the division, ≥ 0; 0 by default. */
  epsilon?: number | undefined;
  /** The share of the accumulated step that stays, in [0, 1); 0.9 by default. */
  momentum?: number | undefined;
  /** Whether the momentum looks one step ahead; false by default. */
  nesterov?: boolean | undefined;
}

/**
 * Momentum with steps of the size of each variable, for large batches.
 *
 * `u = g + λ·w`, `m ← μ·m + η·κ·‖w‖/(‖u‖ + ε)·u`, `w ← w − m`, each variable by itself; the ratio is 1 where a norm is 0.
 * The weight decay λ is part of the gradient here.
 *
 * @param options `learningRate` (0.1), `trustCoefficient` κ > 0 (0.001), `epsilon` ≥ 0 (0), `momentum` in [0, 1) (0.9),
 *   `nesterov` (false), and those of every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.lars({ learningRate: 1, weightDecay: 1e-4 });
 *
 * @see You et al., "Large Batch Training of Convolutional Networks", 2017
 */
export function lars(options: LarsOptions = {}): Optimizer {
  checkOwn('lars', options, ['trustCoefficient', 'epsilon', 'momentum', 'nesterov']);
  const { trustCoefficient = 0.001, epsilon = 0, momentum = 0.9, nesterov = false } = options;
  checkNumber('lars', 'momentum', momentum, { min: 0, max: 1, exclusiveMax: true });
  return makeOptimizer(
    {
      name: 'lars',
      options: { trustCoefficient, epsilon, momentum, nesterov },
      learningRate: 0.1,
      steps: () => [],
      end: (rate, weightDecay) => [
        ...(weightDecay > 0 ? [addDecayedWeights(weightDecay)] : []),
        scaleByTrustRatio({ trustCoefficient, epsilon }),
        scaleByLearningRate(rate),
        ...(momentum > 0 ? [trace({ decay: momentum, nesterov })] : []),
      ],
    },
    options,
  );
}

registerMaker('lars', lars);
