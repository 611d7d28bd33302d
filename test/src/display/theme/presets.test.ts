import { expect, test } from 'vitest';
import { luminance, parseColour } from '../../../../src/display/colour/colour.ts';
import { presets } from '../../../../src/display/theme/presets.ts';
import { distance, visions } from '../colour/vision.ts';

const rgbOf = (colour: string): readonly [number, number, number] => {
  const parsed = parseColour(colour);
  if (!parsed) throw new Error(`no colour: ${colour}`);
  return parsed.rgb;
};
/** The contrast ratio of WCAG 2.2. */
const contrast = (one: string, two: string): number => {
  const [dark = 0, light = 0] = [one, two].map((colour) => luminance(rgbOf(colour))).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
/** White paper, and the pages of JupyterLab's dark theme. */
const pages = ['#ffffff', '#111111'];

test('the contrast of known pairs', () => {
  expect(contrast('#000', 'white')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#fff')).toBeCloseTo(4.54, 2);
});

test.each(Object.entries(presets))('%s: text is readable and marks are visible', (name, tokens) => {
  const isOpen = name === 'transparent';
  for (const page of isOpen ? pages : [tokens.background]) {
    for (const text of [tokens.foreground, tokens.softForeground]) {
      // No colour is at 4.5:1 on white and on #111: the best is at √(18.9) on both.
      expect(contrast(text, page), `${text} on ${page}`).toBeGreaterThanOrEqual(isOpen ? 4.3 : 4.5);
    }
    for (const mark of [...tokens.colors, tokens.axis]) {
      expect(contrast(mark, page), `${mark} on ${page}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test.each(Object.entries(presets))('%s: no two colours of the palette look alike to anyone', (_, tokens) => {
  for (const vision of visions) {
    const least = vision === 'normal' ? 16 : 8;
    for (const [index, one] of tokens.colors.entries()) {
      for (const two of tokens.colors.slice(index + 1)) {
        const apart = distance(rgbOf(one), rgbOf(two), vision);
        expect(apart, `${one} and ${two}, ${vision}`).toBeGreaterThanOrEqual(least);
      }
    }
  }
});

test('the distances tell what is known to be confused: red and green of equal lightness', () => {
  const [red, green] = [rgbOf('#d7191c'), rgbOf('#6b8e23')];
  expect(distance(red, green, 'normal')).toBeGreaterThan(25);
  expect(distance(red, green, 'deuteranopia')).toBeLessThan(8);
});
