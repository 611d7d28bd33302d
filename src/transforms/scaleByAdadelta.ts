import { checkNumber, checkOptions } from '../core/check.ts';
import { add, div, mix, mul, sqrt, square } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { checkDecay } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByAdadelta`. */
export interface ScaleByAdadeltaOptions {
  /** How much of the means stays, in [0, 1); 0.95 by default. */
  rho?: number | undefined;
  /** Guards the division and starts the first step, ≥ 0; 1e-7 by default. */
  epsilon?: number | undefined;
}

/** The means of the squares of the gradients, and of the updates. */
export type ScaleByAdadeltaState = { readonly squares: Params; readonly deltas: Params };

/**
 * Scales the gradients to the size of the updates before.
 *
 * `s ← ρ·s + (1 − ρ)·g²`; the update is `u = √(d + ε)/√(s + ε)·g`, then `d ← ρ·d + (1 − ρ)·u²`.
 *
 * @param options `rho` in [0, 1) (0.95), `epsilon` ≥ 0 (1e-7)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const adadelta = transforms.chain(transforms.scaleByAdadelta(), transforms.scaleByLearningRate(1));
 *
 * @see Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012
 */
export function scaleByAdadelta(
  options: ScaleByAdadeltaOptions = {},
): GradientTransformation<ScaleByAdadeltaState> {
  checkOptions('scaleByAdadelta', options, ['rho', 'epsilon']);
  const { rho = 0.95, epsilon = 1e-7 } = options;
  checkDecay('scaleByAdadelta', 'rho', rho);
  checkNumber('scaleByAdadelta', 'epsilon', epsilon, { min: 0 });
  return elementwise(
    {
      name: 'scaleByAdadelta',
      slots: { squares: 0, deltas: 0 },
      step: ({ g, slot }) => {
        const squares = mix(rho, slot('squares'), 1 - rho, square(g));
        const update = mul(div(sqrt(add(slot('deltas'), epsilon)), sqrt(add(squares, epsilon))), g);
        return { update, slots: { squares, deltas: mix(rho, slot('deltas'), 1 - rho, square(update)) } };
      },
    },
    { rho, epsilon },
  );
}
