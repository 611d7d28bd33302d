import { mul, square } from '../core/elementwise/expression.ts';
import { checkThreshold } from './clipByValue.ts';
import { elementwise } from './elementwise.ts';
import type { Measure } from './stage.ts';
import type { GradientTransformation } from './types.ts';

/** The factor that brings a norm to at most c: 1 for a norm below it, NaN for NaN. */
export const factorTo = (c: number, norm: number): number => c / Math.max(c, norm);

/** The sum of the squares of the gradient. */
export const squares = (over: Measure['over']): Measure => ({
  over,
  of: ({ g }) => ({ squares: square(g) }),
});

/**
 * Scales each tensor of the gradients down to a norm of at most c. Its direction stays.
 *
 * `u = g·c/max(c, ‖g‖₂)`, each tensor by itself. A gradient with NaN becomes NaN.
 *
 * @param clipNorm c > 0
 * @returns a transform without state
 * @throws ArgumentError when c is not above 0
 *
 * @example
 * const t = transforms.chain(transforms.clipByNorm(1), transforms.scaleByLearningRate(0.1));
 *
 * @see Pascanu et al., "On the difficulty of training recurrent neural networks", ICML 2013
 */
export function clipByNorm(clipNorm: number): GradientTransformation<Record<string, never>> {
  const c = checkThreshold('clipByNorm', 'clipNorm', clipNorm);
  return elementwise(
    {
      name: 'clipByNorm',
      measure: squares('tensor'),
      numbers: (_, sums) => ({ factor: factorTo(c, Math.sqrt(sums.squares!)) }),
      step: ({ g, number }) => ({ update: mul(g, number('factor')) }),
    },
    [c],
  );
}
