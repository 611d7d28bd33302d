import { counted } from '../counts.ts';
import { isList, shortText } from '../inspect.ts';
import { isListLike, numbersOf } from '../numbers.ts';
import { type ClassLabel, classesOf } from './classes.ts';

/** How often each class was predicted for each: a row for what is true, a column for what was predicted. */
export interface CountedMatrix {
  readonly names: readonly string[];
  readonly counts: readonly (readonly number[])[];
  readonly notes: readonly string[];
}

const maxClasses = 300;

/** Count classes, in the order of `labels`, or in ascending order. */
export function countClasses(
  yTrue: unknown,
  yPred: unknown,
  labels: readonly ClassLabel[] | undefined,
): CountedMatrix {
  const [actual, predicted] = [classesOf(yTrue, 'yTrue'), classesOf(yPred, 'yPred')];
  checkPair(actual.labels, predicted.labels);
  const seen = ascending([...new Set([...actual.labels, ...predicted.labels])]);
  const { order, names } = orderOf(seen, labels);
  checkCount(order.length);
  const places = new Map(order.map((label, index) => [label, index]));
  const counts = order.map(() => new Array<number>(order.length).fill(0));
  let others = 0;
  for (const [index, label] of actual.labels.entries()) {
    const [row, column] = [places.get(label), places.get(predicted.labels[index]!)];
    if (row === undefined || column === undefined) others += 1;
    else counts[row]![column]! += 1;
  }
  const notes = [
    predicted.note,
    others > 0 ? `${counted(others, 'sample')} of other classes left out` : undefined,
  ];
  return { names, counts, notes: notes.filter((note) => note !== undefined) };
}

function checkPair(actual: readonly ClassLabel[], predicted: readonly ClassLabel[]): void {
  if (actual.length !== predicted.length) {
    const sizes = `yTrue has ${actual.length} samples, yPred ${predicted.length}`;
    throw new RangeError(`confusionMatrix: ${sizes}; allowed are as many of both`);
  }
  const [first, second] = [typeof actual[0], typeof predicted[0]];
  const odd = [...actual, ...predicted].find((label) => typeof label !== first);
  if (actual.length > 0 && odd !== undefined) {
    throw new TypeError(
      `confusionMatrix: yTrue begins with a ${first}, yPred with a ${second}, and ${shortText(odd)} is among them; allowed are classes of one type`,
    );
  }
}

function ascending(labels: ClassLabel[]): ClassLabel[] {
  return labels.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Names for classes that are numbered, or the classes to count, in their order. */
function orderOf(
  seen: readonly ClassLabel[],
  labels: readonly ClassLabel[] | undefined,
): { order: readonly ClassLabel[]; names: readonly string[] } {
  if (!labels) return { order: seen, names: seen.map(String) };
  const areNames =
    seen.every((label) => typeof label === 'number') && labels.every((label) => typeof label === 'string');
  if (!areNames) {
    if (seen.length > 0 && !labels.some((label) => seen.includes(label))) {
      const allowed = seen.slice(0, 20).map((label) => shortText(label));
      throw new RangeError(
        `confusionMatrix: none of labels is among the classes, which are ${allowed.join(', ')}`,
      );
    }
    return { order: labels, names: labels.map(String) };
  }
  const beyond = seen.find((label) => !((label as number) >= 0 && (label as number) < labels.length));
  if (beyond === undefined) return { order: labels.map((_, index) => index), names: labels.map(String) };
  throw new RangeError(
    `confusionMatrix: the class ${beyond} has no name in labels, which has ${labels.length}; allowed are classes from 0 to ${labels.length - 1}`,
  );
}

/** A matrix that was counted elsewhere. */
export function readMatrix(data: unknown, labels: readonly ClassLabel[] | undefined): CountedMatrix {
  const rows = matrixRows(data);
  const size = rows.length;
  const odd = rows.find((row) => row.length !== size);
  if (size === 0 || odd) {
    const shape =
      size === 0
        ? shortText(data)
        : `of ${counted(size, 'row')}, one of ${counted(odd?.length ?? 0, 'value')}`;
    throw new RangeError(`confusionMatrix: the matrix is ${shape}; allowed are as many rows as columns`);
  }
  const bad = rows.flat().find((count) => !(count >= 0 && Number.isFinite(count)));
  if (bad !== undefined)
    throw new RangeError(`confusionMatrix: the matrix holds ${bad}; allowed are counts from 0`);
  if (labels && labels.length !== size) {
    throw new RangeError(
      `confusionMatrix: labels has ${labels.length} names; allowed are ${size}, one for each row`,
    );
  }
  checkCount(size);
  const names = labels ? labels.map(String) : rows.map((_, index) => `${index}`);
  return { names, counts: rows, notes: [] };
}

function matrixRows(data: unknown): number[][] {
  const where = 'confusionMatrix: the matrix';
  if (isList(data)) return data.map((row, index) => [...numbersOf(row, `${where}[${index}]`)]);
  const values = numbersOf(data, where);
  const shape = (data as { shape?: readonly number[] }).shape ?? [values.length];
  const [count = 0, width = 0] = shape.length === 2 ? shape : [1, values.length];
  return Array.from({ length: count }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
}

function checkCount(count: number): void {
  if (count <= maxClasses) return;
  throw new RangeError(
    `confusionMatrix: there are ${count} classes; allowed are up to ${maxClasses}: choose some by labels`,
  );
}

/** Whether the second argument is predictions, rather than options. */
export function isPredictions(value: unknown): boolean {
  return isListLike(value);
}
