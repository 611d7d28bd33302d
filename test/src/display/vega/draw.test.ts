import { expect, test } from 'vitest';
import { compileChart, drawChart } from '../../../../src/display/vega/draw.ts';
import { vegaLibrary } from '../../../../src/display/vega/library.ts';

const values = [1, 2, 3, 4].map((x) => ({ x, y: x * x, g: x % 2 ? 'odd' : 'even' }));
const x = { field: 'x', type: 'quantitative' };
const y = { field: 'y', type: 'quantitative' };
const g = { field: 'g', type: 'nominal' };

test.each([
  { data: { values }, mark: 'line', encoding: { x, y, color: g } },
  { data: { values }, mark: 'bar', encoding: { x: g, y: { aggregate: 'count' } }, title: 'Counts' },
  { data: { values }, mark: 'point', encoding: { x, y, facet: { ...g, columns: 1 } } },
  {
    data: { values },
    hconcat: [
      { mark: 'arc', encoding: { theta: y, color: g } },
      { mark: 'area', encoding: { x, y } },
    ],
  },
  {
    data: { values },
    mark: 'line',
    encoding: { x, y },
    autosize: { type: 'fit', contains: 'padding' },
    width: 200,
    height: 90,
  },
])("drawing at once gives what Vega's own asynchronous rendering gives: %#", async (spec) => {
  const { vega } = vegaLibrary();
  const compiled = compileChart(spec);
  const drawing = drawChart(compiled);
  if (drawing instanceof Promise) throw new Error('drawn asynchronously');
  const reference = await new vega.View(vega.parse(compileChart(spec).spec), { renderer: 'none' }).toSVG();
  const withoutIds = (svg: string): string => svg.replace(/(clip|gradient_)\d+/g, '$1');
  expect(withoutIds(drawing.svg)).toBe(withoutIds(reference));
});

test('the library leaves no trace on the global object', () => {
  vegaLibrary();
  expect('vega' in globalThis || 'vegaLite' in globalThis).toBe(false);
});
