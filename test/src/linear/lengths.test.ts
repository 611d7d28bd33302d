import { expect, it } from 'vitest';
import { random } from '../../../src/core/random.ts';
import { Lengths } from '../../../src/linear/lengths.ts';
import { norm } from '../../../src/linear/vectors.ts';

it('finds the longest column below each row, also where little is left of them', () => {
  const numbers = random(1, 'test');
  // From row to row a tenth is left: after 8 rows differences of squares have lost all digits.
  const columns = Array.from({ length: 12 }, () =>
    Float64Array.from({ length: 12 }, (_, i) => numbers.normal() * 0.1 ** i),
  );
  const lengths = new Lengths(columns);
  for (let row = 0; row < columns.length; row++) {
    const rest = columns.map((column, j) => (j < row ? -1 : norm(column, row)));
    const longest = lengths.longest(row);
    expect(rest[longest]).toBeCloseTo(Math.max(...rest), 12 + row);
    lengths.swap(row, longest);
    [columns[row], columns[longest]] = [columns[longest]!, columns[row]!];
    lengths.leaveOut(columns, row);
  }
});

it('takes columns of zeros', () => {
  const columns = [Float64Array.of(0, 0), Float64Array.of(3, 0)];
  const lengths = new Lengths(columns);
  expect(lengths.longest(0)).toBe(1);
  lengths.leaveOut(columns, 0);
  expect(lengths.longest(1)).toBe(1);
});
