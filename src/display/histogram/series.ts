import { countText } from '../../core/text/numbers.ts';
import { counted } from '../counts.ts';
import { isA, readMethod, shortText } from '../inspect.ts';
import { isListLike, numbersOf } from '../numbers.ts';

/** The numbers of one series without those that have no place on an axis. */
export interface Sample {
  /** Empty for the only one. */
  readonly name: string;
  readonly values: Float64Array;
  readonly nan: number;
  readonly infinite: number;
}

/** The samples of data: one, or one for each member of an object or a Map. */
export function samplesOf(data: unknown): Sample[] {
  const members = membersOf(data);
  if (!members) return [sample('', numbersOf(data, 'histogram: the data'))];
  if (members.length === 0) {
    throw new TypeError(
      `histogram: the data is ${shortText(data)}; allowed is an object with at least one series`,
    );
  }
  return members.map(([name, values]) => sample(name, numbersOf(values, `histogram: ${name}`)));
}

function membersOf(data: unknown): [string, unknown][] | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (isA(data, Map)) return [...data].map(([key, value]) => [String(key), value]);
  if (isListLike(data) || readMethod(data, Symbol.iterator)) return undefined;
  return Object.entries(data);
}

function sample(name: string, values: Float64Array): Sample {
  let nan = 0;
  let kept = 0;
  const finite = new Float64Array(values.length);
  for (const value of values) {
    if (Number.isFinite(value)) finite[kept++] = value;
    else if (Number.isNaN(value)) nan += 1;
  }
  return { name, values: finite.subarray(0, kept), nan, infinite: values.length - kept - nan };
}

/** `2 NaN and 1 infinite value left out`; nothing where all are finite. */
export function leftOut(samples: readonly Sample[]): string {
  const sum = (of: (one: Sample) => number): number => samples.reduce((total, one) => total + of(one), 0);
  const [nan, infinite] = [sum((one) => one.nan), sum((one) => one.infinite)];
  const parts = [...(nan > 0 ? [`${countText(nan)} NaN`] : [])];
  if (infinite > 0) parts.push(counted(infinite, 'infinite value'));
  return parts.length === 0 ? '' : `${parts.join(' and ')} left out`;
}

/** A copy of all values of the samples. */
export function pooled(samples: readonly Sample[]): Float64Array {
  const all = new Float64Array(samples.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const { values } of samples) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}
