import * as vl from 'vega-lite-api';
import { expect, test } from 'vitest';
import { type Rendered, toBundle, vegaLite } from '../../../src/display/index.ts';

const points = vl
  .markPoint()
  .data([
    { a: 1, b: 2 },
    { a: 2, b: 3 },
  ])
  .encode(vl.x().fieldQ('a'), vl.y().fieldQ('b'));

test('a chart of vega-lite-api is shown as a chart, by itself and by vegaLite', () => {
  for (const { data } of [toBundle(points), toBundle(vegaLite(points))] as Rendered[]) {
    expect(Object.keys(data)).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain']);
    expect(data['text/plain']).toContain('x: a, y: b');
  }
});

test('layers and views side by side are charts as well', () => {
  const line = vl.markLine().encode(vl.x().fieldQ('a'), vl.y().fieldQ('b'));
  for (const chart of [vl.layer(points, line.data([{ a: 1, b: 2 }])), vl.hconcat(points, points)]) {
    const { data } = toBundle(chart) as Rendered;
    expect(Object.keys(data)).toContain('image/png');
  }
});

test('a part of a chart is text', () => {
  const { data } = toBundle(vl.x().fieldQ('a')) as Rendered;
  expect(Object.keys(data)).toEqual(['text/plain']);
});
