import { checkNumber, checkOptions } from '../core/check.ts';
import { mul, square } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByTrustRatio`. */
export interface ScaleByTrustRatioOptions {
  /** The factor η of the ratio, > 0; 1 by default. */
  trustCoefficient?: number | undefined;
  /** Guards the division, ≥ 0; 0 by default. */
  epsilon?: number | undefined;
}

/**
 * Scales each tensor of the updates to the size of its parameter.
 *
 * `u = g·η·‖w‖/(‖g‖ + ε)`, each tensor by itself; a tensor stays as it is where one of the norms is 0.
 *
 * @param options `trustCoefficient` η > 0 (1), `epsilon` ≥ 0 (0)
 * @returns a transform without state; its `update` needs `params`
 * @throws ArgumentError when an option is out of range, or `update` gets no `params` of the structure and shapes of `grads`
 *
 * @example
 * const lamb = transforms.chain(
 *   transforms.scaleByAdam(), transforms.scaleByTrustRatio(), transforms.scaleByLearningRate(0.01),
 * );
 *
 * @see You et al., "Large Batch Training of Convolutional Networks", 2017
 */
export function scaleByTrustRatio(
  options: ScaleByTrustRatioOptions = {},
): GradientTransformation<Record<string, never>> {
  checkOptions('scaleByTrustRatio', options, ['trustCoefficient', 'epsilon']);
  const { trustCoefficient = 1, epsilon = 0 } = options;
  checkNumber('scaleByTrustRatio', 'trustCoefficient', trustCoefficient, { min: 0, exclusiveMin: true });
  checkNumber('scaleByTrustRatio', 'epsilon', epsilon, { min: 0 });
  return elementwise(
    {
      name: 'scaleByTrustRatio',
      needsParams: true,
      measure: { over: 'tensor', of: ({ g, w }) => ({ updates: square(g), parameters: square(w) }) },
      numbers: (_, sums) => {
        const [update, parameter] = [Math.sqrt(sums.updates!), Math.sqrt(sums.parameters!)];
        if (update === 0 || parameter === 0) return { ratio: 1 };
        return { ratio: (trustCoefficient * parameter) / (update + epsilon) };
      },
      step: ({ g, number }) => ({ update: mul(g, number('ratio')) }),
    },
    { trustCoefficient, epsilon },
  );
}
