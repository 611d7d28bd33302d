import { checkNumber } from '../core/check.ts';
import { max, min } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** A threshold of a clipping, checked. */
export const checkThreshold = (where: string, name: string, value: unknown): number =>
  checkNumber(where, name, value, { min: 0, exclusiveMin: true });

/**
 * Clamps each element of the gradients to [−c, c]. The direction of the gradient changes with it.
 *
 * @param clipValue c > 0
 * @returns a transform without state
 * @throws ArgumentError when c is not above 0
 *
 * @example
 * const t = transforms.chain(transforms.clipByValue(0.5), transforms.scaleByLearningRate(0.1));
 *
 * @see Mikolov, "Statistical Language Models Based on Neural Networks", PhD thesis, Brno 2012
 */
export function clipByValue(clipValue: number): GradientTransformation<Record<string, never>> {
  const c = checkThreshold('clipByValue', 'clipValue', clipValue);
  return elementwise({ name: 'clipByValue', step: ({ g }) => ({ update: max(min(g, c), -c) }) }, [c]);
}
