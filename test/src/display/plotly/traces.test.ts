import { expect, test } from 'vitest';
import { openPage } from '../../../../src/display/plotly/page/page.ts';
import {
  libraryFor,
  networkNeed,
  onlyInBrowser,
  stillType,
  traceTypes,
} from '../../../../src/display/plotly/traces.ts';

type Schema = { PlotSchema: { get(): { traces: Record<string, unknown> } } };

/** The trace types that a package has. */
const typesIn = (name: 'plotly-basic' | 'plotly-cartesian' | 'plotly'): string[] =>
  Object.keys((openPage(name) as unknown as Schema).PlotSchema.get().traces).sort();

test('the table of trace types is that of the packages', () => {
  const { 'plotly-basic': basic, 'plotly-cartesian': cartesian, plotly: full } = traceTypes;
  expect(typesIn('plotly-basic')).toEqual([...basic].sort());
  expect(typesIn('plotly-cartesian')).toEqual([...basic, ...cartesian].sort());
  expect(typesIn('plotly')).toEqual([...basic, ...cartesian, ...full].sort());
});

test('the smallest library that draws all traces is taken', () => {
  expect(libraryFor([])).toBe('plotly-basic');
  expect(libraryFor(['scatter', 'pie'])).toBe('plotly-basic');
  expect(libraryFor(['scatter', 'violin'])).toBe('plotly-cartesian');
  expect(libraryFor(['violin', 'scatter3d'])).toBe('plotly');
});

test('what needs a graphics card is drawn without one, or not at all', () => {
  expect(stillType('scattergl')).toBe('scatter');
  expect(onlyInBrowser('surface')).toBe('3-D, drawn by the graphics card');
  expect(onlyInBrowser('choropleth')).toContain('a map');
  expect(onlyInBrowser('heatmap')).toBeUndefined();
  expect(networkNeed('choropleth')).toContain('config.topojsonURL');
  expect(networkNeed('scattermap')).toContain('tiles');
  expect(networkNeed('surface')).toBeUndefined();
});
