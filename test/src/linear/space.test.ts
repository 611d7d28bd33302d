import { describe, expect, it } from 'vitest';
import { random } from '../../../src/core/random.ts';
import { lasso, ridge } from '../../../src/linear/index.ts';
import { bytesOf, type Columns, inSpace, type Space } from '../../../src/linear/space.ts';
import { expectClose } from '../support.ts';

const numbers = random(1, 'test');
const normals = (count: number): number[] => Array.from({ length: count }, () => numbers.normal());
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Columns of normal numbers about `mean`, in memory that was full of others. */
function inUsedSpace(
  rows: number,
  count: number,
  mean: number,
  use: (space: Space, x: Columns) => void,
): void {
  const bytes = bytesOf(rows, count) + bytesOf(rows) + 8 * bytesOf(count);
  inSpace(bytes, (space) => space.columns(rows, count).values.fill(Number.NaN));
  inSpace(bytes, (space) => {
    const x = space.columns(rows, count);
    for (let j = 0; j < count; j++) x.column(j).set(normals(rows).map((value) => value + mean));
    use(space, x);
  });
}

// Lengths with padding and without, and numbers of features that are whole fours and not.
describe.each([
  [1, 1],
  [7, 4],
  [8, 5],
  [30, 9],
])('the kernels on %i rows of %i columns', (rows, count) => {
  it.each([0, 1e8])('centre what lies about %d', (mean) => {
    inUsedSpace(rows, count, mean, ({ kernels, doubles }, x) => {
      const before = Array.from({ length: count }, (_, j) => Array.from(x.column(j)));
      const [means, squares] = [doubles(count), doubles(count)];
      kernels.centre(x.address, count, rows, x.step, means.byteOffset, squares.byteOffset);
      before.forEach((column, j) => {
        const offset = column.reduce((sum, value) => sum + (value - mean), 0) / rows;
        expect(means[j]).toBeCloseTo(mean + offset, mean === 0 ? 12 : 6);
        const centred = column.map((value) => value - mean - offset);
        expectClose(Array.from(x.column(j)), centred, 1e-7);
        expectClose([squares[j]!], [dot(centred, centred)], 1e-7);
      });
      expect(x.values.filter(Number.isNaN)).toHaveLength(0);
    });
  });

  it('multiply columns by a vector', () => {
    inUsedSpace(rows, count, 0, ({ kernels, doubles, integers }, x) => {
      const [v, slopes, list] = [doubles(rows), doubles(count), integers(count)];
      v.set(normals(rows));
      list.set(Array.from(list, (_, i) => count - 1 - i));
      kernels.slopes(list.byteOffset, count, x.address, x.step, v.byteOffset, slopes.byteOffset);
      expectClose(
        Array.from(slopes),
        Array.from(slopes, (_, j) => dot(x.column(j), v)),
        1e-12,
      );
    });
  });

  it('go one round of coordinate descent', () => {
    inUsedSpace(rows, count, 0, ({ kernels, doubles, integers }, x) => {
      const [l1, l2] = [0.3, 0.5];
      const [residual, w, squares, list] = [doubles(rows), doubles(count), doubles(count), integers(count)];
      residual.set(normals(rows));
      w.set(normals(count));
      squares.set(Array.from(squares, (_, j) => dot(x.column(j), x.column(j))));
      list.set(Array.from(list, (_, j) => j));
      const expected = { r: Array.from(residual), w: Array.from(w) };
      const objective = (r: number[], at: number[]): number =>
        0.5 * dot(r, r) + l1 * at.reduce((sum, value) => sum + Math.abs(value), 0) + 0.5 * l2 * dot(at, at);
      const first = objective(expected.r, expected.w);
      for (let j = 0; j < count; j++) {
        const pull = dot(x.column(j), expected.r) + squares[j]! * expected.w[j]!;
        const after = (Math.sign(pull) * Math.max(0, Math.abs(pull) - l1)) / (squares[j]! + l2);
        const change = after - expected.w[j]!;
        expected.r = expected.r.map((value, i) => value - change * x.column(j)[i]!);
        expected.w[j] = after;
      }
      const at = [list, squares, w, residual].map(({ byteOffset }) => byteOffset);
      const fall = kernels.descentRound(at[0]!, count, x.address, x.step, at[1]!, l1, l2, at[2]!, at[3]!);
      expectClose(Array.from(w), expected.w, 1e-12);
      expectClose(Array.from(residual), expected.r, 1e-12);
      const fallen = first - objective(expected.r, expected.w);
      expect(fall).toBeGreaterThan(0);
      expect(fall).toBeLessThanOrEqual(fallen + 1e-12);
    });
  });
});

describe('the memory of a problem', () => {
  it('is one of its own for a problem that is solved meanwhile', () => {
    inSpace(bytesOf(8), ({ doubles }) => {
      const outer = doubles(8).fill(1);
      inSpace(bytesOf(8), (space) => space.doubles(8).fill(2));
      expect(Array.from(outer)).toEqual(Array(8).fill(1));
    });
  });

  it('is not kept by a problem that has failed', () => {
    const fail = (): never => {
      throw new Error('failed');
    };
    expect(() => inSpace(bytesOf(8), fail)).toThrow('failed');
    expect(Array.from(inSpace(bytesOf(8), ({ doubles }) => doubles(8)))).toEqual(Array(8).fill(0));
  });

  it('has an end', () => {
    expect(() => inSpace(2 ** 33, () => 0)).toThrow(
      'linear: 8589934592 bytes for a problem; there are 4294967296 at most',
    );
  });

  it('leaves nothing of one problem to the next', () => {
    const small = Array.from({ length: 11 }, () => normals(3));
    const y = normals(11);
    const solve = (): number[] => [
      ...lasso(small, y, { alpha: 0.01 }).coefficients,
      ...ridge(small, y).coefficients,
    ];
    const before = solve();
    const large = Array.from({ length: 50 }, () => normals(20));
    lasso(large, normals(50), { alpha: 0.01 });
    expect(solve()).toEqual(before);
  });
});
