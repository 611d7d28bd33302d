import { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../core/check.ts';
import { numbersOf } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';
import { sum } from './vectors.ts';

/** A matrix of doubles, each column in one piece. */
export interface Matrix {
  readonly rows: number;
  readonly columns: Float64Array[];
}

/** Targets of one or several models over the same samples, each in one piece. */
interface Targets {
  readonly columns: Float64Array[];
  /** Whether they were given as a vector. */
  readonly isVector: boolean;
}

const isRow = (row: unknown): row is Float64Array | Float32Array | number[] =>
  row instanceof Float64Array ||
  row instanceof Float32Array ||
  (Array.isArray(row) && row.every((item) => typeof item === 'number'));

/** The rows of a list of numbers' lists, as doubles; undefined for anything else. */
function plainRows(value: TensorLike): Float64Array[] | undefined {
  if (value instanceof Tensor || !Array.isArray(value) || !value.every(isRow)) return undefined;
  const length = value[0]?.length;
  if (value.some((row) => row.length !== length)) return undefined;
  return value.map((row) => (row instanceof Float64Array ? row : new Float64Array(row)));
}

interface Rows {
  readonly rows: readonly Float64Array[];
  readonly shape: readonly number[];
}

/** The rows of a matrix, or the elements of a vector as rows of one. */
function readRows(where: string, argument: string, value: TensorLike): Rows {
  const plain = plainRows(value);
  if (plain && plain.length > 0) return { rows: plain, shape: [plain.length, plain[0]!.length] };
  const { values, shape } = numbersOf(where, argument, value);
  const doubles = Float64Array.from(values);
  const [length = 0, width = 1] = shape;
  const rows = Array.from({ length }, (_, i) => doubles.subarray(i * width, (i + 1) * width));
  return { rows, shape };
}

/** Writes the columns of rows of one length, `step` from each other; four rows at a time fill lines of the cache. */
export function writeColumns(
  rows: readonly Float64Array[],
  to: Float64Array,
  count: number,
  step: number,
): void {
  const length = rows.length;
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i += 4) {
    const [a, b, c, d] = [rows[i]!, rows[i + 1]!, rows[i + 2]!, rows[i + 3]!];
    for (let j = 0, at = i; j < count; j++, at += step) {
      to[at] = a[j]!;
      to[at + 1] = b[j]!;
      to[at + 2] = c[j]!;
      to[at + 3] = d[j]!;
    }
  }
  for (let i = whole; i < length; i++) {
    for (let j = 0; j < count; j++) to[j * step + i] = rows[i]![j]!;
  }
}

/** The columns of rows of one length, one after the other in memory. */
function toColumns(rows: readonly Float64Array[], count: number): Float64Array[] {
  const length = rows.length;
  const all = new Float64Array(length * count);
  writeColumns(rows, all, count, length);
  return Array.from({ length: count }, (_, j) => all.subarray(j * length, (j + 1) * length));
}

function checkFinite(where: string, argument: string, rows: readonly Float64Array[]): void {
  for (const [i, row] of rows.entries()) {
    if (Number.isFinite(sum(row))) continue;
    const j = row.findIndex((number) => !Number.isFinite(number));
    // The sum of finite numbers may overflow.
    if (j < 0) continue;
    const place = row.length > 1 ? `row ${i}, column ${j}` : `element ${i}`;
    throw new ArgumentError(where, argument, `${row[j]} at ${place}`, 'of finite numbers');
  }
}

const shapeText = (value: TensorLike, shape: readonly number[]): string =>
  shape.length === 0 ? describe(value) : `the shape [${shape}]`;

/** The samples of a model by rows, [samples, features], at least one of each. */
export function readSampleRows(where: string, value: TensorLike): readonly Float64Array[] {
  const { rows, shape } = readRows(where, 'x', value);
  const [length = 0, count = 0] = shape;
  if (shape.length !== 2 || length === 0 || count === 0) {
    throw new ArgumentError(where, 'x', shapeText(value, shape), 'of the shape [samples, features]');
  }
  checkFinite(where, 'x', rows);
  return rows;
}

/** The samples of a model by columns. */
export function readSamples(where: string, value: TensorLike): Matrix {
  const rows = readSampleRows(where, value);
  return { rows: rows.length, columns: toColumns(rows, rows[0]!.length) };
}

/** The targets of `rows` samples: [samples], or [samples, targets] of several models at once. */
export function readTargets(where: string, value: TensorLike, rows: number): Targets {
  const { rows: given, shape } = readRows(where, 'y', value);
  const [length, count = 1] = shape;
  if (shape.length === 0 || shape.length > 2 || length !== rows || count === 0) {
    const allowed = `of the shape [${rows}] or [${rows}, targets], one for each row of x`;
    throw new ArgumentError(where, 'y', shapeText(value, shape), allowed);
  }
  checkFinite(where, 'y', given);
  return { columns: toColumns(given, count), isVector: shape.length === 1 };
}

/** The targets of `rows` samples of one model, [samples]. */
export function readTarget(where: string, value: TensorLike, rows: number): Float64Array {
  const { columns, isVector } = readTargets(where, value, rows);
  if (!isVector) {
    const received = `the shape [${rows},${columns.length}]`;
    throw new ArgumentError(where, 'y', received, `of the shape [${rows}], one for each row of x`);
  }
  return columns[0]!;
}

/** The samples to predict for, as `readSamples`, of the model's number of features. */
export function readNewSamples(where: string, value: TensorLike, features: number): Matrix {
  const matrix = readSamples(where, value);
  if (matrix.columns.length !== features) {
    const received = `the shape [${matrix.rows},${matrix.columns.length}]`;
    throw new ArgumentError(where, 'x', received, `of the shape [samples, ${features}], as in training`);
  }
  return matrix;
}
