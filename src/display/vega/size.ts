import { shortText } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { isExpression } from './expressions.ts';

/** The longest side of a view, in pixels: above it drawing takes many seconds and shows nothing more. */
const maxSide = 10_000;

/** Check the size that a view asks for; throws a TypeError or RangeError that says what is allowed. */
export function checkSize(view: Plain, where: string): void {
  for (const side of ['width', 'height']) {
    const size = view[side];
    if (size === undefined || size === 'container' || isExpression(size)) continue;
    const step = isPlain(size) ? size.step : size;
    if (typeof step === 'number' && step >= 0 && step <= maxSide) continue;
    if (isPlain(size) && isExpression(step)) continue;
    const Refusal = typeof step === 'number' ? RangeError : TypeError;
    throw new Refusal(
      `vegaLite: the ${side} of ${where} is ${shortText(size)}; allowed are pixels from 0 to ${maxSide}, 'container' and { step: pixels }`,
    );
  }
}

/** Check the size of a drawn chart, with all its views, axes and legends; throws a RangeError. */
export function checkDrawnSize(width: number, height: number): void {
  const limit = 10 * maxSide;
  if (Math.max(width, height) <= limit) return;
  throw new RangeError(
    `vegaLite: the chart is ${Math.round(width)} × ${Math.round(height)} pixels; allowed are at most ${limit} × ${limit}`,
  );
}
