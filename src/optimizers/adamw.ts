import { type AdamOptions, adamLike } from './adam.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * Adam with weight decay that is decoupled from the gradient: `w ← w − η·(m̂/(√v̂ + ε) + λ·w)`.
 *
 * An L2 penalty in the loss is something else under Adam: it is divided by √v̂ as the rest of the gradient is.
 *
 * @param options `weightDecay` λ ≥ 0 (0.004); the others are those of `adam`
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * model.compile({ optimizer: optimizers.adamw({ weightDecay: 0.01 }), loss: losses.meanSquaredError });
 *
 * @see Loshchilov & Hutter, "Decoupled Weight Decay Regularization", ICLR 2019
 */
export function adamw(options: AdamOptions = {}): Optimizer {
  return adamLike('adamw', options, 0.004);
}

registerMaker('adamw', adamw);
