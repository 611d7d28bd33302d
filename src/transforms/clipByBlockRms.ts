import { checkNumber } from '../core/check.ts';
import { mul, square } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/**
 * Bounds the root mean square of each tensor.
 *
 * `u = g / max(1, √mean(g²) / c)`
 *
 * @param threshold the largest root mean square c > 0
 * @returns a transform without state
 * @throws ArgumentError when the threshold is not above 0
 *
 * @example
 * const t = transforms.chain(transforms.scaleByFactoredRms(), transforms.clipByBlockRms(1));
 *
 * @see Shazeer & Stern, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", ICML 2018
 */
export function clipByBlockRms(threshold: number): GradientTransformation<Record<string, never>> {
  checkNumber('clipByBlockRms', 'threshold', threshold, { min: 0, exclusiveMin: true });
  return elementwise(
    {
      name: 'clipByBlockRms',
      measure: {
        over: 'tensor',
        of: ({ g }) => ({ squares: square(g) }),
      },
      numbers: (_, { squares, elements }) => ({
        factor: 1 / Math.max(1, Math.sqrt(squares! / elements!) / threshold),
      }),
      step: ({ g, number }) => ({ update: mul(g, number('factor')) }),
    },
    [threshold],
  );
}
