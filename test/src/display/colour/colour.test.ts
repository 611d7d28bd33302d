import { expect, test } from 'vitest';
import { mixColours, parseColour } from '../../../../src/display/colour/colour.ts';

const bytes = (text: string): number[] | undefined =>
  parseColour(text)?.rgb.map((value) => Math.round(255 * value));

test.each([
  ['#f80', [255, 136, 0]],
  ['#FF8800', [255, 136, 0]],
  ['tomato', [255, 99, 71]],
  ['RebeccaPurple', [102, 51, 153]],
  ['rgb(1, 2, 3)', [1, 2, 3]],
  ['rgb(100% 0% 50% / 20%)', [255, 0, 128]],
  ['hsl(120, 100%, 25%)', [0, 128, 0]],
  ['hsla(-90deg, 50%, 50%, 0.5)', [128, 64, 191]],
])('%s is understood', (text, expected) => {
  expect(bytes(text)).toEqual(expected);
});

test('how opaque a colour is', () => {
  const alphas = ['#f808', '#ff880080', 'rgba(1, 2, 3, 0.5)', 'rgb(1 2 3 / 50%)', 'transparent', 'red'].map(
    (text) => parseColour(text)?.alpha ?? Number.NaN,
  );
  expect(alphas.map((alpha) => Math.round(10 * alpha))).toEqual([5, 5, 5, 5, 0, 10]);
});

test.each(['', 'redd', '#12', '#gggggg', 'rgb(a, b, c)', 'rgb(1, 2, 3, 4, 5)', 'url(#x)'])(
  '%j is no colour',
  (text) => {
    expect(parseColour(text)).toBeUndefined();
  },
);

test('colours mix', () => {
  expect(mixColours('black', 'white', 0.5)).toBe('#808080');
  expect(mixColours('#102030', 'red', 0)).toBe('#102030');
});
