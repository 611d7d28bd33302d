import { scaleByAdadelta } from '../transforms/index.ts';
import type { ScaleByAdadeltaOptions } from '../transforms/scaleByAdadelta.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of `adadelta`. */
export interface AdadeltaOptions extends CommonOptions, ScaleByAdadeltaOptions {}

/**
 * Scales the gradient to the size of the updates before, so that it needs no rate: the paper's is 1.
 *
 * `s ← ρ·s + (1 − ρ)·g²`, `u = √(d + ε)/√(s + ε)·g`, `d ← ρ·d + (1 − ρ)·u²`, `w ← w − η·u`.
 *
 * @param options `learningRate` (0.001, Keras's), `rho` in [0, 1) (0.95), `epsilon` ≥ 0 (1e-7), and those of every
 *   optimizer, see `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.adadelta({ learningRate: 1 });
 *
 * @see Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  checkOwn('adadelta', options, ['rho', 'epsilon']);
  const { rho = 0.95, epsilon = 1e-7 } = options;
  const own = { rho, epsilon };
  return makeOptimizer(
    {
      name: 'adadelta',
      options: own,
      learningRate: 0.001,
      steps: () => [scaleByAdadelta(own)],
      fused: {
        rule: (learningRate, weightDecay) => ({ name: 'adadelta', learningRate, weightDecay, ...own }),
        slots: [
          [0, 'squares'],
          [0, 'deltas'],
        ],
      },
    },
    options,
  );
}

registerMaker('adadelta', adadelta);
