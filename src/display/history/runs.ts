import { isA, isList, readMember, shortText } from '../inspect.ts';
import { isListLike, numbersOf } from '../numbers.ts';

/** What a metric was measured on. */
export type Split = 'train' | 'validation' | 'test';

/** One metric of a run over its epochs. */
export interface Curve {
  readonly metric: string;
  readonly split: Split;
  readonly epochs: readonly number[];
  readonly values: readonly number[];
}

/** A training run. */
export interface Run {
  /** Empty for the only one. */
  readonly name: string;
  /** What its steps are called: `epoch`, if it does not say otherwise. */
  readonly step: string;
  readonly curves: readonly Curve[];
}

const stepNames = ['epoch', 'step', 'iteration', 'batch'];
const allowed =
  'allowed are what model.fit returns, lists by metric such as { loss: [1, 0.5] }, records such as [{ epoch: 1, loss: 1 }], and an object or a Map of several of them';

/** The runs of a history: one, or those of an object or a Map by their names. */
export function runsOf(data: unknown): Run[] {
  const only = runOf('', data);
  if (only) return [only];
  const members = isA(data, Map) ? [...data].map(([key, run]) => [String(key), run] as const) : entries(data);
  const runs = members.map(([name, run]) => runOf(name, run));
  const odd = runs.indexOf(undefined);
  if (members.length === 0) throw new TypeError(`history: the history is ${shortText(data)}; ${allowed}`);
  if (odd >= 0) {
    const [name, run] = members[odd] ?? ['', undefined];
    throw new TypeError(`history: ${name} is ${shortText(run)}; ${allowed}`);
  }
  return runs as Run[];
}

function entries(data: unknown): (readonly [string, unknown])[] {
  return typeof data === 'object' && data !== null && !isListLike(data) ? Object.entries(data) : [];
}

/** The run that a value is; undefined for one that is none. */
function runOf(name: string, data: unknown): Run | undefined {
  if (isList(data)) return fromRecords(name, data);
  const inner = readMember(data, 'history');
  if (typeof inner === 'object' && inner !== null && !isListLike(inner))
    return fromHistory(name, data, inner);
  const lists = isA(data, Map) ? [...data] : entries(data);
  const areLists = lists.every(([, values]) => isListLike(values) && !areRecords(values));
  return lists.length > 0 && areLists ? fromLists(name, lists as [string, unknown][]) : undefined;
}

/** What `fit` returns counts its epochs from 0; it is shown from 1, as `fit` itself prints them. */
function fromHistory(name: string, data: unknown, history: object): Run | undefined {
  const lists = Object.entries(history);
  const epochs = readMember(data, 'epoch');
  if (!isList(epochs) || epochs.length === 0) return fromLists(name, lists);
  const numbers = [...numbersOf(epochs, 'history: epoch')];
  const first = numbers[0] === 0 ? 1 : 0;
  return run(
    name,
    'epoch',
    curvesOf(lists, () => numbers.map((epoch) => epoch + first)),
  );
}

function fromLists(name: string, lists: readonly (readonly [string, unknown])[]): Run | undefined {
  const step = lists.find(([key]) => stepNames.includes(key));
  const metrics = lists.filter((list) => list !== step);
  if (!step) return run(name, 'epoch', curvesOf(metrics, count));
  const steps = [...numbersOf(step[1], `history: ${step[0]}`)];
  return run(
    name,
    step[0],
    curvesOf(metrics, () => steps),
  );
}

function count(length: number): number[] {
  return Array.from({ length }, (_, index) => index + 1);
}

function areRecords(list: unknown): boolean {
  const first = isList(list) ? list[0] : undefined;
  return typeof first === 'object' && first !== null && !isListLike(first);
}

function fromRecords(name: string, records: readonly unknown[]): Run | undefined {
  if (!records.every((record) => areRecords([record]))) return undefined;
  const keys = new Set(records.flatMap((record) => Object.keys(record as object)));
  const step = stepNames.find((key) => keys.has(key));
  const steps =
    step === undefined ? count(records.length) : records.map((record) => numberOf(readMember(record, step)));
  const metrics = [...keys].filter(
    (key) => key !== step && records.some((r) => isNumeric(readMember(r, key))),
  );
  const lists = metrics.map((key) => [key, records.map((record) => readMember(record, key))] as const);
  return run(
    name,
    step ?? 'epoch',
    lists.map(([key, values]) => measured(key, steps, values)),
  );
}

/** Records need not have every metric: what they lack is no gap. */
function measured(key: string, steps: readonly number[], values: readonly unknown[]): Curve {
  const present = values.flatMap((value, index) => (value === undefined || value === null ? [] : [index]));
  const epochs = present.map((index) => steps[index]!);
  return { ...splitOf(key), epochs, values: present.map((index) => numberOf(values[index])) };
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function numberOf(value: unknown): number {
  return isNumeric(value) ? Number(value) : Number.NaN;
}

function curvesOf(
  lists: readonly (readonly [string, unknown])[],
  epochsOf: (length: number) => readonly number[],
): Curve[] {
  return lists.map(([key, list]) => {
    const values = [...numbersOf(list, `history: ${key}`)];
    const epochs = epochsOf(values.length);
    if (epochs.length !== values.length) {
      throw new RangeError(
        `history: ${key} has ${values.length} values for ${epochs.length} epochs; allowed are as many of both`,
      );
    }
    return { ...splitOf(key), epochs, values };
  });
}

function run(name: string, step: string, curves: readonly Curve[]): Run | undefined {
  return curves.length > 0 ? { name, step, curves } : undefined;
}

const splits: readonly [RegExp, Split][] = [
  [/^val(?:idation)?(?:_|(?=[A-Z]))/, 'validation'],
  [/^test(?:_|(?=[A-Z]))/, 'test'],
  [/^train(?:ing)?(?:_|(?=[A-Z]))/, 'train'],
];

/** `val_loss` and `valLoss` are `loss` on the validation data. */
function splitOf(key: string): { metric: string; split: Split } {
  for (const [pattern, split] of splits) {
    const rest = key.replace(pattern, '');
    if (rest !== key && rest !== '') return { metric: rest.charAt(0).toLowerCase() + rest.slice(1), split };
  }
  return { metric: key, split: 'train' };
}
