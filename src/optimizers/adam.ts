import { scaleByAdam } from '../transforms/index.ts';
import { checkMoments, type MomentOptions } from '../transforms/scaleByAdam.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `adam`. */
export interface AdamOptions extends CommonOptions, MomentOptions {
  /** Whether to divide by the largest second moment so far; false by default. */
  amsgrad?: boolean | undefined;
}

/** An optimizer with Adam's moments. */
export function adamLike(name: string, options: AdamOptions, weightDecay = 0): Optimizer {
  checkOwn(name, options, ['beta1', 'beta2', 'epsilon', 'amsgrad']);
  const { amsgrad = false } = options;
  const moments = checkMoments(name, options);
  const rest = { ...moments, epsilonHat: true };
  return makeOptimizer(
    {
      name,
      options: { ...moments, amsgrad },
      learningRate: 0.001,
      weightDecay,
      steps: () => [scaleByAdam({ ...moments, amsgrad })],
      fused: {
        rule: (learningRate, decay) => ({
          name: amsgrad ? 'amsgrad' : 'adam',
          learningRate,
          weightDecay: decay,
          ...rest,
        }),
        slots: [[0, 'm'], [0, 'v'], ...(amsgrad ? [[0, 'vhat'] as const] : [])],
      },
    },
    options,
  );
}

/**
 * Adam: steps along the mean of the gradients, divided by the root of the mean of their squares.
 *
 * `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v + (1 − β₂)·g²`,
 * `w ← w − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε)`, t counted from 1. Defaults and the place of ε are Keras's.
 *
 * @param options `learningRate` (0.001), `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7), `amsgrad`
 *   (false), and those of every optimizer: `weightDecay` (0), `clipnorm`, `clipvalue`, `globalClipnorm`,
 *   `gradientAccumulationSteps` (1), `useEma` (false), `emaMomentum` (0.99)
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const w = tf.variable(tf.tensor([1, 2, 3]));
 * optimizers.adam({ learningRate: 0.1 }).minimize(() => w.square().sum()); // w is about [0.9, 1.9, 2.9]
 *
 * @see Kingma & Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return adamLike('adam', options);
}

registerMaker('adam', adam);
