import { alignNumbers, padStart } from './numbers.ts';

/** Numbers or other values with a shape. */
export interface Nested {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** The values, row by row; of complex64 the real and imaginary parts in turn. */
  readonly values: ArrayLike<unknown>;
}

/** More values than these are shown by the ends of their axes. */
const mostWhole = 200;
const lineWidth = 100;
const longestString = 24;

/** How many values are kept at each end of an axis: fewer where there are more axes. */
const edgeFor = (rank: number): number => (rank <= 2 ? 3 : rank === 3 ? 2 : 1);

const gapMark = Symbol('…');

/** Values in the brackets of their axes, aligned in columns, as numpy prints them. */
export function nestedText(nested: Nested): string {
  const { shape } = nested;
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === 0) return '[]';
  const ones = trailingOnes(shape);
  const edge = size > mostWhole ? edgeFor(shape.length - ones) : Number.POSITIVE_INFINITY;
  const shown = shownIndices(shape, edge);
  const texts = valueTexts(nested, shown.flat).map((text) => '['.repeat(ones) + text + ']'.repeat(ones));
  const byIndex = new Map(shown.flat.map((index, at) => [index, texts[at]!]));
  return write(ones === 0 ? shape : shape.slice(0, -ones), edge, 0, 0, byIndex);
}

/** Axes of one value at the end: their brackets stay on the line of the axis before them. */
function trailingOnes(shape: readonly number[]): number {
  const last = shape.findLastIndex((length) => length !== 1);
  return Math.min(shape.length - 1, shape.length - 1 - last) * (shape.length > 1 ? 1 : 0);
}

/** The positions along an axis that are shown, with a mark where some are left out. */
function kept(length: number, edge: number): (number | typeof gapMark)[] {
  if (length <= 2 * edge) return Array.from({ length }, (_, index) => index);
  const ends = Array.from({ length: edge }, (_, index) => index);
  return [...ends, gapMark, ...ends.map((index) => length - edge + index)];
}

function shownIndices(shape: readonly number[], edge: number): { flat: number[] } {
  let flat = [0];
  for (const length of shape) {
    const along = kept(length, edge).filter((index) => index !== gapMark) as number[];
    flat = flat.flatMap((start) => along.map((index) => start * length + index));
  }
  return { flat };
}

function valueTexts({ dtype, values }: Nested, indices: readonly number[]): string[] {
  if (dtype === 'string') return padEnds(indices.map((index) => stringText(values[index])));
  if (dtype === 'bool') return padStart(indices.map((index) => String(Boolean(values[index]))));
  if (dtype === 'complex64') {
    const real = alignNumbers(indices.map((index) => Number(values[2 * index])));
    const imaginary = alignNumbers(indices.map((index) => Math.abs(Number(values[2 * index + 1]))));
    return real.map((text, at) => {
      const isNegative = Number(values[2 * indices[at]! + 1]) < 0;
      return `${text} ${isNegative ? '-' : '+'} ${imaginary[at]!}i`;
    });
  }
  return alignNumbers(indices.map((index) => Number(values[index])));
}

function stringText(value: unknown): string {
  const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
  return JSON.stringify(text.length > longestString ? `${text.slice(0, longestString - 1)}…` : text);
}

function padEnds(texts: readonly string[]): string[] {
  const width = texts.reduce((widest, text) => Math.max(widest, text.length), 0);
  return texts.map((text) => text.padEnd(width));
}

function write(
  shape: readonly number[],
  edge: number,
  depth: number,
  start: number,
  texts: ReadonlyMap<number, string>,
): string {
  const length = shape[depth];
  if (length === undefined) return texts.get(start)!.trim();
  const parts = kept(length, edge);
  const isInner = depth === shape.length - 1;
  const items = parts.map((index) => {
    if (index === gapMark) return '…';
    const at = start * length + (index as number);
    return isInner ? texts.get(at)! : write(shape, edge, depth + 1, at, texts);
  });
  if (isInner) return `[${wrap(items, depth + 1)}]`;
  // A blank line where more than a row ends.
  const separator = `,${'\n'.repeat(Math.min(2, shape.length - depth - 1))}${' '.repeat(depth + 1)}`;
  return `[${items.join(separator)}]`;
}

/** The values of one row, broken where it is too long. */
function wrap(items: readonly string[], indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const [at, item] of items.entries()) {
    const text = at === items.length - 1 ? item.trimEnd() : `${item},`;
    if (line !== '' && indent + line.length + 1 + text.length > lineWidth) {
      lines.push(line);
      line = text;
    } else line = line === '' ? text : `${line} ${text}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
