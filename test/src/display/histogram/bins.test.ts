import { expect, test } from 'vitest';
import { histogram } from '../../../../src/display/index.ts';

/** The data of reference.py, which printed the numbers below. */
function numbers(): { uniform: number[]; normal: number[] } {
  let state = 1;
  const uniform = Array.from({ length: 4000 }, () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  });
  const normal = Array.from({ length: 1000 }, (_, i) => {
    return uniform.slice(4 * i, 4 * i + 4).reduce((sum, x) => sum + x, 0) - 2;
  });
  return { uniform, normal };
}

const { uniform, normal } = numbers();
const data = {
  normal,
  skewed: uniform.slice(0, 1000).map((x) => x ** 4),
  few: normal.slice(0, 12),
};

test.each<[keyof typeof data, 'auto', number, number[], number]>([
  ['normal', 'auto', 21, [5, 6, 16, 20, 43, 48], -1.3432684506646366],
  ['normal', 'fd', 21, [5, 6, 16, 20, 43, 48], -1.3432684506646366],
  ['normal', 'sturges', 11, [11, 36, 82, 108, 181, 204], -1.209531668628856],
  ['normal', 'doane', 12, [11, 26, 65, 94, 140, 192], -1.2329356054851175],
  ['normal', 'scott', 16, [7, 17, 23, 55, 67, 90], -1.297296431839837],
  ['normal', 'sqrt', 32, [4, 3, 4, 13, 10, 13], -1.393837671371916],
  ['normal', 'rice', 20, [6, 7, 16, 26, 47, 50], -1.3359129276526687],
  ['skewed', 'auto', 17, [487, 85, 72, 49, 38, 44], 0.058236213888049976],
  ['skewed', 'fd', 17, [487, 85, 72, 49, 38, 44], 0.058236213888049976],
  ['skewed', 'sturges', 11, [532, 118, 69, 60, 41, 38], 0.09000142146334997],
  ['skewed', 'doane', 16, [494, 92, 68, 48, 51, 33], 0.0618759772560531],
  ['skewed', 'scott', 11, [532, 118, 69, 60, 41, 38], 0.09000142146334997],
  ['skewed', 'sqrt', 32, [419, 75, 47, 45, 39, 29], 0.03093798862802655],
  ['skewed', 'rice', 20, [468, 80, 70, 48, 36, 41], 0.04950078180484248],
  ['few', 'auto', 5, [4, 3, 3, 1, 1], -0.06409220894057899],
  ['few', 'fd', 4, [5, 4, 2, 1], 0.037697400798879954],
  ['few', 'sturges', 5, [4, 3, 3, 1, 1], -0.06409220894057899],
  ['few', 'doane', 6, [3, 3, 3, 2, 0, 1], -0.13195194876688493],
  ['few', 'scott', 3, [6, 5, 1], 0.20734675036464478],
  ['few', 'sqrt', 4, [5, 4, 2, 1], 0.037697400798879954],
  ['few', 'rice', 5, [4, 3, 3, 1, 1], -0.06409220894057899],
] as never)('%s values by the rule %s, as numpy has them', (name, bins, count, first, edge) => {
  const { edges, series } = histogram(data[name], { bins });
  expect(series[0]?.counts).toHaveLength(count);
  expect(series[0]?.counts.slice(0, 6)).toEqual(first);
  expect(edges[1]).toBeCloseTo(edge, 12);
});

test('a range and edges that are given, as numpy has them', () => {
  const inside = histogram(normal, { bins: 5, range: [-1, 0.5] });
  expect(inside.series[0]?.counts).toEqual([74, 113, 187, 217, 172]);
  expect(inside.edges[1]).toBeCloseTo(-0.7, 12);
  const edges = histogram([1, 2, 2.5, 3, 4, 9], { bins: [1, 2, 3, 4] });
  expect(edges.series[0]?.counts).toEqual([1, 2, 2]);
  expect(edges.edges).toEqual([1, 2, 3, 4]);
});

test('the rule that was taken is named', () => {
  expect(histogram(normal).rule).toBe('Freedman–Diaconis');
  expect(histogram(data.few).rule).toBe('Sturges');
  expect(histogram(normal, { bins: 'doane' }).rule).toBe('Doane');
  expect(histogram([1, 2, 2, 3]).rule).toBe('one for each whole number');
  expect(histogram(normal, { bins: 7 }).rule).toBe('as given');
});

test('rules give at most 200 bins', () => {
  // (max − min) / h = 1e6 / (2 · 0.5 · 1000^(−1/3)) = 10⁷ bins by Freedman and Diaconis, and it says so.
  const values = [...Array.from({ length: 1000 }, (_, i) => i / 1000), 1e6];
  const { edges, rule } = histogram(values, { bins: 'fd' });
  expect(edges).toHaveLength(201);
  expect(rule).toBe('Freedman–Diaconis, limited to 200');
});

test('whole numbers have a bin each, and one bin is not narrower than one', () => {
  const { edges, series } = histogram([3, 1, 1, 5]);
  expect(edges).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
  expect(series[0]?.counts).toEqual([2, 0, 1, 0, 1]);
  const many = histogram(
    Array.from({ length: 10_000 }, (_, i) => i % 60),
    { bins: 'sqrt' },
  );
  expect(many.edges).toHaveLength(60);
});

test('equal values and none have one bin', () => {
  expect(histogram([0.3, 0.3]).edges).toEqual([-0.2, 0.8]);
  expect(histogram([]).series[0]).toMatchObject({ counts: [0], total: 0 });
});

test.each([
  [0, /histogram: bins must be an integer in \[1, 1000\]; received 0/],
  [1.5, /received 1.5/],
  ['best', /bins must be one of 'auto', 'fd', .*; received "best"/],
  [[1, 1], /rising edges.*received \[1,1\]/],
  [[1], /rising edges/],
  [{}, /received a Object/],
])('bins %o are refused', (bins, message) => {
  expect(() => histogram([1, 2], { bins: bins as never })).toThrow(message);
});
