import { checkOptions } from '../core/check.ts';
import { mix, sign } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { checkDecay } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByLion`. */
export interface ScaleByLionOptions {
  /** How much of the mean the direction has, in [0, 1); 0.9 by default. */
  beta1?: number | undefined;
  /** How much of the mean stays, in [0, 1); 0.99 by default. */
  beta2?: number | undefined;
}

/** The mean of the gradients. */
export type ScaleByLionState = { readonly m: Params };

/**
 * The sign of a mean of the gradients.
 *
 * `u = sign(β₁·m + (1 − β₁)·g)`, then `m ← β₂·m + (1 − β₂)·g`.
 *
 * @param options `beta1` (0.9) and `beta2` (0.99) in [0, 1)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const lion = transforms.chain(transforms.scaleByLion(), transforms.scaleByLearningRate(1e-4));
 *
 * @see Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023
 */
export function scaleByLion(options: ScaleByLionOptions = {}): GradientTransformation<ScaleByLionState> {
  checkOptions('scaleByLion', options, ['beta1', 'beta2']);
  const { beta1 = 0.9, beta2 = 0.99 } = options;
  checkDecay('scaleByLion', 'beta1', beta1);
  checkDecay('scaleByLion', 'beta2', beta2);
  return elementwise(
    {
      name: 'scaleByLion',
      slots: { m: 0 },
      step: ({ g, slot }) => ({
        update: sign(mix(beta1, slot('m'), 1 - beta1, g)),
        slots: { m: mix(beta2, slot('m'), 1 - beta2, g) },
      }),
    },
    { beta1, beta2 },
  );
}
