import { isList, readMember } from '../inspect.ts';

/** The curves of a training, by their names. */
export type Curves = Readonly<Record<string, readonly number[]>>;

const isCurve = (value: unknown): value is number[] =>
  isList(value) && value.length > 0 && value.every((item) => typeof item === 'number');

/** The curves of what `fit` returns, or of the `history` in it; undefined for anything else. */
export function curvesOf(value: unknown): Curves | undefined {
  const inner = readMember(value, 'history');
  const isHistory = inner !== undefined && isList(readMember(value, 'epoch'));
  const record: unknown = isHistory ? inner : value;
  if (!isCurve(readMember(record, 'loss'))) return undefined;
  const entries = Object.entries(record as object);
  const length = (readMember(record, 'loss') as number[]).length;
  return entries.every(([, curve]) => isCurve(curve) && curve.length === length)
    ? Object.fromEntries(entries)
    : undefined;
}
