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

type Weights = Readonly<Record<number, number>>;

/** Class weights with one for the labels that the loss of an output ignores, which tfjs demands too; it changes nothing. */
export function withIgnored(
  given: ClassWeight,
  outputs: readonly string[],
  ignored: readonly (number | undefined)[],
): ClassWeight {
  const complete = (weights: Weights, label: number | undefined): Weights =>
    label === undefined ? weights : { [label]: 1, ...weights };
  const entries: [string, number | Weights][] = Object.entries(given);
  if (entries.every(([, one]) => typeof one === 'number')) {
    return outputs.length === 1 ? complete(given as Weights, ignored[0]) : given;
  }
  if (Array.isArray(given)) return given.map((one: Weights, i) => complete(one, ignored[i]));
  const byName = entries.map(([name, one]) => [
    name,
    complete(one as Weights, ignored[outputs.indexOf(name)]),
  ]);
  return Object.fromEntries(byName) as ClassWeight;
}
