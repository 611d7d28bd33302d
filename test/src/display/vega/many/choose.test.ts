import { expect, test } from 'vitest';
import { leavesOf } from '../../../../../src/display/vega/leaves.ts';
import { chooseRows } from '../../../../../src/display/vega/many/choose.ts';

const x = { field: 'x', type: 'quantitative' };
const y = { field: 'y', type: 'quantitative' };
const choose = (rows: readonly unknown[], mark: string, encoding: object, most: number): number[] => {
  const [leaf] = leavesOf({ data: { values: rows }, mark, encoding });
  if (!leaf) throw new Error('no view');
  return chooseRows(rows, leaf, most);
};
const long = Array.from({ length: 100_000 }, (_, k) => ({
  x: k,
  y: k === 54_321 ? 99 : Math.sin(k / 9000),
  run: k % 2 ? 'a' : 'b',
}));

test('of a line the outline of every column stays, for each series', () => {
  const kept = choose(long, 'line', { x, y, color: { field: 'run', type: 'nominal' } }, 2000);
  expect(kept.length).toBeLessThanOrEqual(2000);
  expect(kept.length).toBeGreaterThan(500);
  expect(kept).toContain(54_321);
  expect([kept[0], kept.at(-1)]).toEqual([0, 99_999]);
  const largest = ['a', 'b'].map((run) => {
    const ofRun = kept.filter((index) => long[index]?.run === run);
    return Math.max(...ofRun.slice(1).map((index, at) => index - (ofRun[at] ?? 0)));
  });
  for (const gap of largest) expect(gap).toBeLessThan(100_000 / 100);
  expect(kept).toEqual(kept.toSorted((one, two) => one - two));
});

test('missing values, times and logarithmic axes', () => {
  const rows = long.map(({ x: at, y: value }) => ({
    x: new Date(at * 1000).toISOString(),
    y: at % 10 === 0 ? null : value,
  }));
  const timed = choose(rows, 'line', { x: { field: 'x', type: 'temporal' }, y }, 1000);
  expect(timed.length).toBeLessThanOrEqual(1000);
  expect(timed).toContain(54_321);
  const scale = { type: 'log' };
  const logged = choose(long.slice(1), 'line', { x: { ...x, scale }, y }, 1000);
  expect(logged.slice(0, 3)).toEqual([0, 1, 2]);
});

test('of points a sample stays, always the same, with the outermost values and every category', () => {
  const rows = long.map((row, k) => ({ ...row, kind: k === 77 ? 'rare' : 'common' }));
  const encoding = { x, y, color: { field: 'kind', type: 'nominal' } };
  const kept = choose(rows, 'point', encoding, 500);
  expect(kept).toHaveLength(500);
  expect(kept).toEqual(choose(rows, 'point', encoding, 500));
  for (const index of [0, 77, 54_321, 99_999]) expect(kept).toContain(index);
  const firstHalf = kept.filter((index) => index < 50_000).length;
  expect(firstHalf).toBeGreaterThan(200);
  expect(firstHalf).toBeLessThan(300);
});

test('a line in an order of its own is sampled', () => {
  expect(choose(long, 'line', { x, y, order: { field: 'x' } }, 500)).toHaveLength(500);
});
