import { checkNumber } from '../core/check.ts';
import { mul } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/**
 * Multiplies the updates with a number.
 *
 * @param factor any finite number; −1 turns gradients into steps downhill
 * @returns a transform without state
 * @throws ArgumentError when it is no finite number
 *
 * @example
 * const half = transforms.scale(0.5);
 */
export function scale(factor: number): GradientTransformation<Record<string, never>> {
  checkNumber('scale', 'factor', factor);
  return elementwise({ name: 'scale', step: ({ g }) => ({ update: mul(g, factor) }) }, [factor]);
}
