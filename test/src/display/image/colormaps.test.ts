import { expect, test } from 'vitest';
import { checkColormap, colormapColours } from '../../../../src/display/image/colormaps.ts';

// Ends and middle as matplotlib 3.10 gives them: `matplotlib.colormaps['viridis'](128, bytes=True)` and so on.
test.each([
  ['viridis', '440154', '21918c', 'fde725'],
  ['magma', '000004', 'b73779', 'fcfdbf'],
  ['inferno', '000004', 'bc3754', 'fcffa4'],
  ['plasma', '0d0887', 'cc4778', 'f0f921'],
  ['cividis', '00224e', '7d7c78', 'fee838'],
  ['coolwarm', '3b4cc0', 'dddcdc', 'b40426'],
  ['gray', '000000', '808080', 'ffffff'],
])('%s', (name, ...expected) => {
  const colours = Buffer.from(colormapColours(checkColormap(name)!));
  expect(colours.length).toBe(768);
  expect([0, 128, 255].map((at) => colours.toString('hex', 3 * at, 3 * at + 3))).toEqual(expected);
});

test('grey is spelt in two ways', () => {
  expect(checkColormap('grey')).toBe('gray');
  expect(checkColormap(undefined)).toBeUndefined();
});
