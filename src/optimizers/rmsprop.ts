import { checkNumber } from '../core/check.ts';
import type { UpdateRule } from '../core/updates/rules.ts';
import { decayByRate } from '../transforms/decayByRate.ts';
import {
  type GradientTransformation,
  type Rate,
  scale,
  scaleByLearningRate,
  scaleByRms,
  trace,
} from '../transforms/index.ts';
import { type CommonOptions, checkOwn, makeOptimizer, type Recipe } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `rmsprop`. */
export interface RmspropOptions extends CommonOptions {
  /** How much of the mean of the squares stays, in [0, 1); 0.9 by default. */
  rho?: number | undefined;
  /** The share of the accumulated step that stays, in [0, 1); 0 by default. */
  momentum?: number | undefined;
  /** Guards the division, ≥ 0; 1e-7 by default. */
  epsilon?: number | undefined;
  /** Whether to divide by the standard deviation; false by default. */
  centered?: boolean | undefined;
}

type Own = { rho: number; momentum: number; epsilon: number; centered: boolean };

/** The rate multiplies each gradient as it goes into the momentum. */
function momentumEnd(momentum: number): NonNullable<Recipe['end']> {
  return (rate: Rate, weightDecay: number): GradientTransformation[] => {
    const rated = scaleByLearningRate(rate, { flipSign: false });
    const decay = weightDecay > 0 ? [decayByRate(weightDecay, () => rated.learningRate)] : [];
    return [rated, trace({ decay: momentum }), ...decay, scale(-1)];
  };
}

function fusedOf({ rho: decay, momentum, epsilon, centered }: Own): NonNullable<Recipe['fused']> {
  const rest = { decay, momentum, epsilon };
  return {
    rule: (learningRate, weightDecay): UpdateRule => {
      if (momentum === 0 && !centered) return { name: 'rmsprop', learningRate, weightDecay, decay, epsilon };
      const name = centered ? 'rmspropCentered' : 'rmspropMomentum';
      return { name, learningRate, weightDecay, ...rest };
    },
    slots: [
      [0, 'v'],
      ...(momentum > 0 ? [[2, 'trace'] as const] : []),
      ...(centered ? [[0, 'mean'] as const] : []),
    ],
  };
}

/**
 * Divides the gradient by the root of the decaying mean of its squares.
 *
 * `v ← ρ·v + (1 − ρ)·g²`, `w ← w − η·g/√(v + ε)`; with a momentum `m ← μ·m + η·g/√(v + ε)`, `w ← w − m`; `centered`
 * divides by √(v − a² + ε) with the mean a of the gradients.
 *
 * @param options `learningRate` (0.001), `rho` in [0, 1) (0.9), `momentum` in [0, 1) (0), `epsilon` ≥ 0 (1e-7),
 *   `centered` (false), and those of every optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.rmsprop({ learningRate: 0.01, momentum: 0.9 });
 *
 * @see Hinton, "Neural Networks for Machine Learning", lecture 6e, 2012; Graves, "Generating Sequences With Recurrent
 * Neural Networks", 2013 (centered)
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  checkOwn('rmsprop', options, ['rho', 'momentum', 'epsilon', 'centered']);
  const { rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false } = options;
  checkNumber('rmsprop', 'momentum', momentum, { min: 0, max: 1, exclusiveMax: true });
  const own = { rho, momentum, epsilon, centered };
  // The rule of centered steps has a momentum in any case.
  const isOneRule = momentum > 0 || !centered;
  return makeOptimizer(
    {
      name: 'rmsprop',
      options: own,
      learningRate: 0.001,
      steps: () => [scaleByRms({ rho, epsilon, centered })],
      ...(momentum > 0 && { end: momentumEnd(momentum) }),
      ...(isOneRule && { fused: fusedOf(own) }),
    },
    options,
  );
}

registerMaker('rmsprop', rmsprop);
