import { ArgumentError } from '../core/check.ts';
import { type AdamOptions, adamLike } from './adam.ts';
import { checkOwn } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * Adam that divides by the root of the largest second moment so far: `v̂ ← max(v̂, v)`,
 * `w ← w − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v̂ + ε)`.
 *
 * @param options those of `adam` but `amsgrad`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.amsgrad({ learningRate: 0.01 });
 *
 * @see Reddi et al., "On the Convergence of Adam and Beyond", ICLR 2018
 */
export function amsgrad(options: Omit<AdamOptions, 'amsgrad'> = {}): Optimizer {
  checkOwn('amsgrad', options, ['beta1', 'beta2', 'epsilon', 'amsgrad']);
  if ((options as AdamOptions).amsgrad === false)
    throw new ArgumentError('amsgrad', 'amsgrad', 'false', 'true or left out; adam is without it');
  return adamLike('amsgrad', { ...options, amsgrad: true });
}

registerMaker('amsgrad', amsgrad);
