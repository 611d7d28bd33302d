import { describe, expect, it } from 'vitest';
import { random } from '../../../src/core/random.ts';
import { conditionOf } from '../../../src/linear/condition.ts';
import { withFactor } from '../../../src/linear/factor.ts';
import { leastSquaresSolutions, ridgeSolutions } from '../../../src/linear/solutions.ts';
import { dot } from '../../../src/linear/vectors.ts';
import { expectClose } from '../support.ts';

const numbers = random(1, 'test');
const columnsOf = (rows: number, count: number): Float64Array[] =>
  Array.from({ length: count }, () => Float64Array.from({ length: rows }, () => numbers.normal()));

/** The products of a matrix's columns with each other. */
const products = (columns: readonly Float64Array[]): number[] =>
  columns.flatMap((a) => columns.map((b) => dot(a, b)));

/** y − X·w. */
const errorsOf = (columns: readonly Float64Array[], y: Float64Array, w: Float64Array): Float64Array =>
  y.map((value, i) => value - columns.reduce((sum, column, j) => sum + column[i]! * w[j]!, 0));

// Panels that are whole and not, and more columns than come in fours behind them.
const SIZES: [number, number][] = [
  [1, 1],
  [9, 3],
  [40, 16],
  [50, 23],
  [60, 38],
];

describe.each(SIZES)('%i × %i', (rows, count) => {
  it.each([0, 0.7])('R has the products of [√α·I; X] for α = %d', (alpha) => {
    const columns = columnsOf(rows, count);
    const expected = products(columns).map((value, at) => (at % (count + 1) === 0 ? value + alpha : value));
    withFactor(columns, rows, [], alpha, ({ r }) => {
      expectClose(products(r), expected, 1e-12);
      r.forEach((column, j) => {
        expect(column.subarray(j + 1).every((value) => value === 0)).toBe(true);
      });
    });
  });

  it('least squares leave errors that are orthogonal to each column', () => {
    const columns = columnsOf(rows, count);
    const targets = columnsOf(rows, 3);
    const copies = columns.map((column) => column.slice());
    leastSquaresSolutions(copies, rows, targets).forEach((w, t) => {
      const errors = errorsOf(columns, targets[t]!, w);
      for (const column of columns) expect(dot(column, errors)).toBeCloseTo(0, 10);
    });
  });

  it('ridge, tall and wide, has slopes of 0', () => {
    const tall = columnsOf(rows, count);
    const wide = columnsOf(count, rows);
    for (const [columns, length] of [[tall, rows] as const, [wide, count] as const]) {
      const targets = columnsOf(length, 2);
      ridgeSolutions(columns, length, targets, 0.7).forEach((w, t) => {
        const errors = errorsOf(columns, targets[t]!, w);
        columns.forEach((column, j) => {
          expect(dot(column, errors) - 0.7 * w[j]!).toBeCloseTo(0, 10);
        });
      });
    }
  });
});

it('of a rank that is not full, the shortest solution has equal parts for equal columns', () => {
  const [first, other] = columnsOf(20, 2) as [Float64Array, Float64Array];
  const y = first.map((value, i) => 2 * value - other[i]!);
  const [w] = leastSquaresSolutions([first, first.slice(), other], 20, [y]);
  expectClose(Array.from(w!), [1, 1, -1], 1e-12);
});

it.each([
  [30, 10],
  [10, 30],
])('of rank 4, %i × %i, the shortest solution is a combination of rows', (rows, count) => {
  const [left, right] = [columnsOf(rows, 4), columnsOf(count, 4)];
  const columns = Array.from({ length: count }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => left.reduce((sum, a, k) => sum + a[i]! * right[k]![j]!, 0)),
  );
  const [y] = columnsOf(rows, 1) as [Float64Array];
  const copies = columns.map((column) => column.slice());
  const [w] = leastSquaresSolutions(copies, rows, [y]) as [Float64Array];
  const errors = errorsOf(columns, y, w);
  for (const column of columns) expect(dot(column, errors)).toBeCloseTo(0, 10);
  const [parts] = leastSquaresSolutions(
    right.map((row) => row.slice()),
    count,
    [w],
  ) as [Float64Array];
  expectClose(Array.from(errorsOf(right, w, parts)), Array(count).fill(0), 1e-12);
});

describe('the condition number', () => {
  it('of a triangle is that of its norms', () => {
    // The inverse of [[1, -3], [0, 0.5]] is [[1, 6], [0, 2]]: norms of 3.5 and 8.
    expect(conditionOf([Float64Array.of(1, 0), Float64Array.of(-3, 0.5)])).toBe(28);
  });

  it('is not a finite number without an inverse', () => {
    expect(Number.isFinite(conditionOf([Float64Array.of(1, 0), Float64Array.of(2, 0)]))).toBe(false);
  });
});
