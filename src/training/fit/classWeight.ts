import { ArgumentError, describe } from '../../core/check.ts';

/** What the losses of the samples of each class are multiplied by; for several outputs a list, or by name. */
export type ClassWeight =
  | Readonly<Record<number, number>>
  | readonly Readonly<Record<number, number>>[]
  | Readonly<Record<string, Readonly<Record<number, number>>>>;

/** Class weights, checked. */
export function checkClassWeight(given: unknown): ClassWeight | undefined {
  if (given === undefined) return undefined;
  const isWeights = (value: unknown): boolean =>
    value !== null &&
    typeof value === 'object' &&
    Object.values(value).every((one) =>
      typeof one === 'number' ? one >= 0 && Number.isFinite(one) : isWeights(one),
    );
  if (isWeights(given)) return given as ClassWeight;
  const allowed = 'numbers of at least 0 by class, such as { 0: 1, 1: 5 }';
  throw new ArgumentError('fit', 'classWeight', describe(given), allowed);
}
