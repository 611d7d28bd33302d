import { sam as around, type GradientTransformation, type SamOptions } from '../transforms/index.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';
import { savedInner, wrapped } from './wrapped.ts';

/**
 * Sharpness-aware minimization around an optimizer: each step takes two gradients, the second where the loss nearby is
 * about largest, ρ uphill.
 *
 * @param inner the optimizer
 * @param options `rho` ρ ≥ 0 (0.05)
 * @returns an optimizer, whose steps in `minimize` and `fit` compute the loss twice
 * @throws ArgumentError when an argument is out of range
 *
 * @example
 * const optimizer = optimizers.sam(optimizers.sgd({ learningRate: 0.1, momentum: 0.9 }), { rho: 0.05 });
 *
 * @see Foret et al., "Sharpness-Aware Minimization for Efficiently Improving Generalization", ICLR 2021
 */
export function sam(inner: GradientTransformation, options: SamOptions = {}): Optimizer {
  return wrapped('sam', inner, around(inner, options), options);
}

registerMaker('sam', (saved) => {
  const { inner, options } = savedInner(saved);
  return sam(inner, options);
});
