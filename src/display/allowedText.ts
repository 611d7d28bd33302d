import { nearest } from '../core/nearest.ts';

/** The end of an error message: what was probably meant, or else all that is allowed. */
export function allowedText(value: unknown, allowed: readonly string[]): string {
  const meant = typeof value === 'string' ? nearest(value, allowed) : undefined;
  return meant ? `did you mean '${meant}'?` : `allowed are ${allowed.join(', ')}`;
}
