import { expect, test } from 'vitest';
import { textWidth } from '../../../src/display/textWidth.ts';

const sans = { family: 'DejaVu Sans', weight: 'normal', style: 'normal' };

test("widths are DejaVu's advances", () => {
  // hmtx of DejaVuSans.ttf, in units of 1/2048 em: i 569, W 2025, space 651, 0 1303.
  for (const [character, advance] of [
    ['i', 569],
    ['W', 2025],
    [' ', 651],
    ['0', 1303],
  ] as const) {
    expect(textWidth(character, 2048, sans)).toBeCloseTo(advance, -1);
  }
  expect(textWidth('i W', 20, sans)).toBeCloseTo(((569 + 651 + 2025) * 20) / 2048, 1);
  expect(textWidth('', 20, sans)).toBe(0);
});

test('bold is wider, markup characters are measured as characters', () => {
  expect(textWidth('mm', 12, { ...sans, weight: 'bold' })).toBeGreaterThan(textWidth('mm', 12, sans));
  expect(textWidth('<&"', 12, sans)).toBeGreaterThan(20);
});

test('a label is measured in microseconds once its characters are known', () => {
  textWidth('0123456789', 11, sans);
  const start = performance.now();
  for (let i = 0; i < 1000; i++) textWidth('0123456789', 11, sans);
  expect(performance.now() - start).toBeLessThan(50);
});
