import { expect, test } from 'vitest';
import { decimate } from '../../../../src/display/plotly/decimate.ts';

const million = 1_000_000;
const wave = Float32Array.from({ length: million }, (_, at) => Math.sin(at / 1000));
const noise = Float64Array.from({ length: million }, (_, at) => Math.sin(at * 12.9898) * 10);
const list = (value: unknown): number[] => Array.from(value as number[]);

test('few points stay as they are', () => {
  const trace = { x: [1, 2], y: [3, 4] };
  expect(decimate(trace, 'data[0]')).toEqual({ trace });
});

test('a line keeps its outline, with its peaks', () => {
  const y = wave.slice();
  y[123_456] = 50;
  const { trace, remark } = decimate({ y, customdata: wave, marker: { size: wave } }, 'data[0]');
  expect(list(trace.y).length).toBeLessThan(8100);
  expect(list(trace.y)).toContain(50);
  expect(list(trace.customdata)).toHaveLength(list(trace.y).length);
  expect(list((trace.marker as Record<string, unknown>).size)).toHaveLength(list(trace.y).length);
  expect(remark).toContain('data[0] is drawn with');
  expect(remark).toContain('of its 1,000,000 points: first, lowest, highest and last of each column');
});

test('a line that has no x of its own keeps the places of its points', () => {
  const { trace } = decimate({ y: wave }, 'data[0]');
  expect(list(trace.x).slice(-1)).toEqual([million - 1]);
});

test('of bars the longest stay, which are as wide as they then can be', () => {
  const y = wave.slice();
  y[123_456] = -50;
  const { trace, remark } = decimate({ type: 'bar', y }, 'data[0]');
  expect(list(trace.y).length).toBeLessThan(2100);
  expect(list(trace.y)).toContain(-50);
  expect(list(trace.x)).toContain(123_456);
  expect(remark).toContain('of its 1,000,000 bars: the longest of each column');
  expect(decimate({ type: 'bar', x: Array.from(wave, String), y }, 'data[0]').remark).toBeUndefined();
});

test('a scatter is sampled, always alike', () => {
  const scatter = { mode: 'markers', x: noise, y: wave };
  const { trace, remark } = decimate(scatter, 'data[2]');
  expect(list(trace.x)).toHaveLength(20_000);
  expect(list(trace.y)).toHaveLength(20_000);
  expect(decimate(scatter, 'data[2]').trace).toEqual(trace);
  expect(remark).toBe('data[2] is drawn with a sample of 20,000 of its 1,000,000 points');
});

test('histograms are counted: nothing is lost', () => {
  const { trace } = decimate({ type: 'histogram', x: noise }, 'data[0]');
  expect(trace).toMatchObject({ type: 'histogram', histfunc: 'sum' });
  expect(list(trace.y).reduce((sum, one) => sum + one, 0)).toBe(million);
  const both = decimate({ type: 'histogram2d', x: noise, y: wave }, 'data[0]').trace;
  expect(list(both.z).reduce((sum, one) => sum + one, 0)).toBe(million);
  const bins = decimate({ type: 'histogram', y: noise, ybins: { start: -10, end: 10, size: 5 } }, 'd').trace;
  expect(bins.y).toEqual([-7.5, -2.5, 2.5, 7.5]);
});

test('words, weights and dates are not counted here', () => {
  const words = Array.from({ length: 30_000 }, (_, at) => `w${at % 3}`);
  expect(decimate({ type: 'histogram', x: words }, 'd').trace.x).toBe(words);
});

test('a large grid is averaged, with its axes', () => {
  const z = Array.from({ length: 1000 }, () => Float32Array.from({ length: 1000 }, (_, at) => at));
  const x = Array.from({ length: 1000 }, (_, at) => at);
  const edges = Array.from({ length: 1001 }, (_, at) => at);
  const { trace, remark } = decimate({ type: 'heatmap', z, x, y: edges }, 'data[0]');
  expect((trace.z as number[][])[0]?.slice(0, 3)).toEqual([0.5, 2.5, 4.5]);
  expect(list(trace.x).slice(0, 3)).toEqual([0.5, 2.5, 4.5]);
  expect(list(trace.y).slice(-2)).toEqual([998, 1000]);
  expect(remark).toBe('data[0]: its grid of 1000 × 1000 is averaged to 500 × 500');
});
