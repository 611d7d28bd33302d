import { expect, test } from 'vitest';
import { drawLines, lineHeight, widthOf, wrapText } from '../../../../src/display/image/text.ts';

test('text is broken between words, and shortened where it does not fit', () => {
  expect(wrapText('one two three', 60, 3)).toEqual(['one two', 'three']);
  expect(wrapText('one\ntwo', 200, 3)).toEqual(['one', 'two']);
  expect(wrapText('a b c d e f g h', 30, 2)).toEqual(['a b c', 'd e…']);
  expect(wrapText('incomprehensibilities', 60, 2)).toEqual(['incompr…']);
  expect(wrapText('  ', 60, 2)).toEqual([]);
});

test('no text is wider than it is taken for, in any script', () => {
  const width = 400;
  for (const text of ['MMMWWW', 'illicit jottings', '0123456789 × 28–1', 'Größe α−β', '<&">\u0001', '数字']) {
    const [strip] = drawLines([{ text, x: 0, y: 0, anchor: 'start' }], width, 1);
    const inked = Array.from(strip!.alpha.keys()).filter((at) => strip!.alpha[at]! > 0);
    expect(inked.length, text).toBeGreaterThan(0);
    expect(Math.max(...inked.map((at) => at % width)), text).toBeLessThanOrEqual(widthOf(text) + 1);
    expect(strip!.height).toBe(lineHeight);
  }
});
