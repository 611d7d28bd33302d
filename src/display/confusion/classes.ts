import { isList, readMember, shortText } from '../inspect.ts';
import { isListLike, numbersOf } from '../numbers.ts';

/** The class of a sample: its number or its name. */
export type ClassLabel = string | number | boolean;

/** Classes of samples, and what had to be done to find them. */
export interface Classes {
  readonly labels: readonly ClassLabel[];
  readonly note?: string;
}

/**
 * The classes of samples: labels as they are, the largest of each row of probabilities or one-hot codes, and 0 or 1
 * for single probabilities.
 */
export function classesOf(data: unknown, name: string): Classes {
  const where = `confusionMatrix: ${name}`;
  const shape = readMember(data, 'shape');
  if (isList(shape)) return fromNumbers(numbersOf(data, where), shape as number[], where);
  if (ArrayBuffer.isView(data)) {
    const values = numbersOf(data, where);
    return fromNumbers(values, [values.length], where);
  }
  if (!isList(data)) {
    throw new TypeError(
      `${where} is ${shortText(data)}; allowed are a list of classes, a typed array and a tensor`,
    );
  }
  if (data.length > 0 && data.every(isListLike)) return fromRows(data, where);
  const labels = data.map((label, index) => checkLabel(label, `${where}[${index}]`));
  return labels.every((label) => typeof label === 'number')
    ? fromNumbers(Float64Array.from(labels as number[]), [labels.length], where)
    : { labels };
}

function fromRows(rows: readonly unknown[], where: string): Classes {
  const lists = rows.map((row, index) => numbersOf(row, `${where}[${index}]`));
  const width = lists[0]?.length ?? 0;
  const odd = lists.findIndex((list) => list.length !== width);
  if (odd >= 0) {
    throw new RangeError(
      `${where}[${odd}] has ${lists[odd]?.length} values; allowed are ${width}, as in the first row`,
    );
  }
  const flat = new Float64Array(lists.length * width);
  for (const [index, list] of lists.entries()) flat.set(list, index * width);
  return fromNumbers(flat, [lists.length, width], where);
}

function fromNumbers(values: Float64Array, shape: readonly number[], where: string): Classes {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new TypeError(`${where} holds ${values[bad]} at ${bad}; allowed are finite numbers`);
  const [count = 1, width = 1, ...rest] = shape;
  if (rest.some((size) => size !== 1)) {
    throw new RangeError(
      `${where} has shape [${shape.join(', ')}]; allowed are [samples] and [samples, classes]`,
    );
  }
  if (width > 1)
    return { labels: Array.from({ length: count }, (_, row) => largest(values, row * width, width)) };
  if (values.every(Number.isInteger)) return { labels: [...values] };
  if (values.every((value) => value >= 0 && value <= 1)) {
    return {
      labels: Array.from(values, (value) => Number(value >= 0.5)),
      note: 'probabilities from 0.5 count as 1',
    };
  }
  const odd = values.findIndex((value) => !Number.isInteger(value));
  throw new TypeError(
    `${where} holds ${values[odd]} at ${odd}; allowed are whole numbers, probabilities from 0 to 1, and rows of them`,
  );
}

/** The first of equal ones, as argMax has it. */
function largest(values: Float64Array, from: number, width: number): number {
  let best = 0;
  for (let index = 1; index < width; index++) if (values[from + index]! > values[from + best]!) best = index;
  return best;
}

function checkLabel(label: unknown, where: string): ClassLabel {
  if (typeof label === 'string' || typeof label === 'boolean' || typeof label === 'number') return label;
  if (typeof label === 'bigint') return Number(label);
  throw new TypeError(`${where} is ${shortText(label)}; allowed are numbers, text and booleans`);
}
