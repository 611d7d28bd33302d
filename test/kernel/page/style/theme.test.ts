import { describe, expect, it } from 'vitest';
import { contrast, readable } from '../../../../kernel/page/colour.ts';
import { DARK, LIGHT, type Theme } from '../../../../kernel/page/style/theme.ts';

type Rgb = [number, number, number];

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as Rgb;
}

/** What stands on the page or on code: everything but grounds and rules. */
function inks(theme: Theme): [string, string][] {
  return Object.entries(theme).filter(([name]) => !['page', 'code', 'line', 'paper'].includes(name));
}

it('contrast is that of WCAG', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
});

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('the %s theme', (name, theme) => {
  it.each(inks(theme))('has %s legible on the page and on code', (_, colour) => {
    expect(contrast(rgb(colour), rgb(theme.page!))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(rgb(colour), rgb(theme.code!))).toBeGreaterThanOrEqual(4.5);
  });

  it('has its exact terminal colours legible', () => {
    for (const colour of [
      [255, 255, 0],
      [0, 0, 128],
      [128, 128, 128],
      [0, 0, 0],
      [255, 255, 255],
    ] as Rgb[]) {
      expect(contrast(readable(colour, name), rgb(theme.page!))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(readable(colour, name), rgb(theme.code!))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
