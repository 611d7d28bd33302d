import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { expect, test } from 'vitest';
import { logarithmic } from '../../../src/core/logarithmic.ts';

/** The labels of the axis of values between two powers of ten. */
async function labels(low: number, high: number): Promise<string[]> {
  const y = { field: 'y', type: 'quantitative' as const, ...logarithmic };
  const { spec } = compile({
    data: { values: [{ y: low }, { y: high }] },
    mark: 'point',
    encoding: { y },
    height: 300,
  });
  const svg = await new View(parse(spec), { renderer: 'none' }).toSVG();
  return [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)]
    .map(([, text]) => text!)
    .filter((text) => text !== 'y');
}

test('small powers of ten are written alike', async () => {
  expect(await labels(1e-7, 1)).toEqual(['1e-7', '1e-6', '1e-5', '1e-4', '0.001', '0.01', '0.1', '1']);
});

test('others are as Vega writes them', async () => {
  expect(await labels(0.01, 1000)).toEqual([
    '0.01',
    '0.02',
    '0.1',
    '0.2',
    '1',
    '2',
    '10',
    '20',
    '100',
    '200',
    '1,000',
  ]);
});
