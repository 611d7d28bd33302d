import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bootstrap } from '../../../../src/display/offline/bootstrap.ts';
import { chartHtml } from '../../../../src/display/offline/chart.ts';
import { libraryId, libraryText, prepareLibrary } from '../../../../src/display/offline/libraries.ts';

test.each([
  ['plotly-basic', 545],
  ['plotly-cartesian', 680],
  ['plotly', 2000],
  ['vega', 390],
] as const)('%s is at most %i KB in the notebook', async (name, limit) => {
  await prepareLibrary(name);
  const text = libraryText(name);
  expect(text.length).toBeLessThan(limit * 1000);
  expect(() => Function(gunzipSync(Buffer.from(text, 'base64')).toString())).not.toThrow();
  expect(libraryId(name)).toMatch(new RegExp(`^${name}@\\d+\\.\\d+\\.\\d+$`));
});

test('what each chart carries to find its library is small', () => {
  expect(bootstrap.length).toBeLessThan(1700);
  expect(bootstrap.replace(/="[^"]*"/g, '=""')).toMatch(/^<div( [\w-]+="")+><\/div>$/);
});

test('a spec is compressed, and cannot end its attribute', () => {
  const html = chartHtml('vega', JSON.stringify({ title: '"></script><b>' }), '<img>');
  expect(html).not.toContain('<b>');
  const long = chartHtml('vega', JSON.stringify({ values: new Array(5000).fill(1) }), '<img>');
  expect(long.length).toBeLessThan(2500);
});
