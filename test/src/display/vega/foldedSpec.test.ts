import { afterEach, expect, test } from 'vitest';
import { displaySymbol, type MimeBundle, vegaLite } from '../../../../src/display/index.ts';
import { foldedSpec } from '../../../../src/display/vega/foldedSpec.ts';

const channel = Symbol.for('descent.channel');
const holder = globalThis as { [channel]?: unknown };
const x = { field: 'x', type: 'quantitative' };

afterEach(() => {
  delete holder[channel];
});

test('the spec of a chart that fails is shown folded before the error, with the named part marked', () => {
  const shown: MimeBundle[] = [];
  holder[channel] = { display: (data: MimeBundle) => shown.push(data), clear: () => undefined };
  const values = Array.from({ length: 1000 }, (_, k) => ({ x: k }));
  const chart = vegaLite({ data: { values }, mark: 'line', encoding: { x: { ...x, type: 'quantitive' } } });
  expect(() => chart[displaySymbol]()).toThrow(/encoding\.x\.type is 'quantitive'/);
  expect(shown).toHaveLength(1);
  const html = String(shown[0]?.['text/html']);
  expect(html).toMatch(/^<details><summary[^>]*>The spec of the chart<\/summary><pre/);
  expect(html).toMatch(/<span[^>]*> *&quot;type&quot;: &quot;quantitive&quot;<\/span>/);
  expect(html).toContain('… 995 more');
  expect(html).not.toContain('config');
  expect(html.length).toBeLessThan(2000);
  expect(String(shown[0]?.['text/plain'])).toMatch(/^The spec of the chart: \{.{50,120}…$/);
});

test('a failure that comes later shows the spec as well, and outside of a notebook nothing does', async () => {
  const shown: unknown[] = [];
  const missing = { data: { url: '/nowhere/points.csv' }, mark: 'point', encoding: { x } };
  await expect(vegaLite(missing)[displaySymbol]()).rejects.toThrow(/points\.csv/);
  holder[channel] = { display: (data: unknown) => shown.push(data), clear: () => undefined };
  await expect(vegaLite(missing)[displaySymbol]()).rejects.toThrow(/points\.csv/);
  expect(shown).toHaveLength(1);
});

test('markup in a spec is text', () => {
  const spec = { title: '<script>alert(1)</script>', '"><img onerror=x>': 1 };
  const { 'text/html': html } = foldedSpec(spec, 'vegaLite: title is wrong');
  expect(html).not.toMatch(/<script|<img/);
  expect(html).toMatch(/<span[^>]*> *&quot;title&quot;: &quot;&lt;script&gt;/);
});

test('what is large is cut', () => {
  const wide = Object.fromEntries(Array.from({ length: 500 }, (_, k) => [`k${k}`, 'x'.repeat(100)]));
  const { 'text/html': html } = foldedSpec({ ...wide, long: 'y'.repeat(1e6) }, '');
  expect(String(html)).toContain('… 203 more lines');
  expect(String(foldedSpec({ long: 'y'.repeat(1e6) }, '')['text/html']).length).toBeLessThan(800);
});
