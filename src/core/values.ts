import { ArgumentError } from './check.ts';

/** How far a float32 sum or quotient may leave the range of its exact value. */
const ROUNDING = 1e-5;

/**
 * Rejects values outside [low, high]; NaN passes, and shows in the result. Reading the
 * values takes little beside a gradient, of which a training step has one.
 *
 * @param allowed what they must be, for the error message
 */
export function checkWithin(
  where: string,
  argument: string,
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  allowed: string,
): void {
  const [least, most] = [low - ROUNDING, high + ROUNDING];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least || value > most) throw new ArgumentError(where, argument, String(value), allowed);
  }
}

/** Rejects predictions that are no probabilities. */
export const checkProbabilities = (where: string, yPred: ArrayLike<number>): void =>
  checkWithin(
    where,
    'yPred',
    yPred,
    [0, 1],
    'made of probabilities in [0, 1] (logits are taken with { fromLogits: true })',
  );

/** Rejects labels, or shares of them, outside [0, 1]. */
export const checkLabels = (where: string, yTrue: ArrayLike<number>): void =>
  checkWithin(where, 'yTrue', yTrue, [0, 1], 'made of labels in [0, 1]');

/** Rejects a label that names none of the classes. */
export function checkIndex(where: string, label: number, classes: number, ignored = ''): void {
  if (Number.isInteger(label) && label >= 0 && label < classes) return;
  throw new ArgumentError(where, 'yTrue', String(label), `made of integers in [0, ${classes - 1}]${ignored}`);
}
