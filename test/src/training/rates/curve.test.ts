import { describe, expect, it } from 'vitest';
import { steepestOf } from '../../../../src/training/rates/curve.ts';

describe('steepestOf', () => {
  /** Twenty values, of which the first stands alone, that fall fastest between the 11th and the 13th. */
  const settled = [...Array.from({ length: 10 }, () => 2), 1.9, 1.5, 1, 0.9, 0.8, 0.8, 1, 2, 3, 4];

  it('is where values fall fastest before the least of them', () => {
    expect(steepestOf(settled)).toBe(11);
  });

  it('passes over a fall of the first values, unless there is no other', () => {
    expect(steepestOf([9, ...settled.slice(1)])).toBe(11);
    expect(steepestOf([9, ...Array.from({ length: 19 }, () => 2)])).toBe(0);
  });

  it('is nowhere where values never fall', () => {
    expect(steepestOf([1, 1, 2, 3])).toBeUndefined();
    expect(steepestOf([1])).toBeUndefined();
  });
});
