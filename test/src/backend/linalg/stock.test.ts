import { expect, test } from 'vitest';
import { stock } from '../layers/stock.ts';

test('stock has no svd, and qr and gramSchmidt for full rank alone', async () => {
  expect(await stock('linalg', 'linalg')).toEqual({
    svd: 'undefined',
    eigh: 'undefined',
    zero: 'NaN',
    batch: expect.stringContaining('Size(8) must match the product of shape 2,3,2'),
    dependent: 'NaN',
    none: expect.stringContaining('stack'),
  });
});
