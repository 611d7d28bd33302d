import { mul } from '../core/elementwise/expression.ts';
import { factorTo, squares } from './clipByNorm.ts';
import { checkThreshold } from './clipByValue.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/**
 * Scales all gradients down together, so that the norm of the whole tree is at most c. Their direction stays.
 *
 * `u = g·c/max(c, ‖g‖₂)` with the norm over all tensors. Gradients of which one has NaN all become NaN.
 *
 * @param clipNorm c > 0
 * @returns a transform without state
 * @throws ArgumentError when c is not above 0
 *
 * @example
 * const t = transforms.chain(transforms.clipByGlobalNorm(1), transforms.scaleByLearningRate(0.1));
 *
 * @see Pascanu et al., "On the difficulty of training recurrent neural networks", ICML 2013
 */
export function clipByGlobalNorm(clipNorm: number): GradientTransformation<Record<string, never>> {
  const c = checkThreshold('clipByGlobalNorm', 'clipNorm', clipNorm);
  return elementwise(
    {
      name: 'clipByGlobalNorm',
      measure: squares('tree'),
      numbers: (_, sums) => ({ factor: factorTo(c, Math.sqrt(sums.squares!)) }),
      step: ({ g, number }) => ({ update: mul(g, number('factor')) }),
    },
    [c],
  );
}
