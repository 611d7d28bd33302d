import { checkNumber, checkOptions } from '../core/check.ts';
import { mul, square } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByParamBlockRms`. */
export interface ScaleByParamBlockRmsOptions {
  /** The least factor > 0, so that zeros can be left; 1e-3 by default. */
  minScale?: number | undefined;
}

const WHERE = 'scaleByParamBlockRms';

/**
 * Makes steps relative to the size of each parameter.
 *
 * `u = g · max(√mean(w²), s)`
 *
 * @param options `minScale` s > 0 (1e-3)
 * @returns a transform without state; its `update` needs `params`
 * @throws ArgumentError when `minScale` is not above 0, or `update` gets no `params` of the structure and shapes of
 * `grads`
 *
 * @example
 * const t = transforms.chain(transforms.scaleByParamBlockRms(), transforms.scaleByLearningRate(0.01));
 *
 * @see Shazeer & Stern, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", ICML 2018
 */
export function scaleByParamBlockRms(
  options: ScaleByParamBlockRmsOptions = {},
): GradientTransformation<Record<string, never>> {
  checkOptions(WHERE, options, ['minScale']);
  const { minScale = 1e-3 } = options;
  checkNumber(WHERE, 'minScale', minScale, { min: 0, exclusiveMin: true });
  return elementwise(
    {
      name: WHERE,
      needsParams: true,
      measure: {
        over: 'tensor',
        ofParameters: true,
        of: ({ w }) => ({ squares: square(w) }),
      },
      numbers: (_, { squares, elements }) => ({
        factor: Math.max(Math.sqrt(squares! / elements!), minScale),
      }),
      step: ({ g, number }) => ({ update: mul(g, number('factor')) }),
    },
    { minScale },
  );
}
