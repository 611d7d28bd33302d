import * as Plot from '@observablehq/plot';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { html, type Rendered, table, toBundle } from '../../../src/display/index.ts';
import { countPixels, decodePng, isInk } from './png.ts';

const { document } = new JSDOM().window;
const points = Array.from({ length: 40 }, (_, x) => ({
  x,
  y: Math.sin(x / 5),
  kind: x % 2 ? 'odd' : 'even',
}));

const shown = (value: unknown): Record<string, string> => (toBundle(value) as Rendered).data as never;

function element(markup: string): Element {
  const { body } = new JSDOM(`<body>${markup}</body>`).window.document;
  return body.firstElementChild as Element;
}

test('a chart of Observable Plot is shown as it is, with a picture of it', () => {
  const bundle = shown(Plot.plot({ document, marks: [Plot.dot(points, { x: 'x', y: 'y' })] }));
  expect(Object.keys(bundle)).toEqual(['text/html', 'image/png', 'text/plain']);
  expect(bundle['text/html']).toMatch(
    /^<div data-descent-markup="<svg class=&quot;plot-[^>]*fill=&quot;currentColor&quot;[^>]*><style>:where/,
  );
  expect(bundle['text/plain']).toBe('[svg 640×400]');
  const pixels = decodePng(bundle['image/png']);
  expect([pixels.width, pixels.height]).toEqual([1280, 800]);
  expect(countPixels(pixels, [0, 0, 1, 1], isInk)).toBeGreaterThan(1000);
});

test('its tips have the background of the page, in the picture white', () => {
  const tip = Plot.tip([{ x: 20, y: 0 }], { x: 'x', y: 'y', title: () => 'here' });
  const bundle = shown(Plot.plot({ document, marks: [tip] }));
  expect(bundle['text/html']).toContain('--plot-background: var(--jp-layout-color0,');
  const black = countPixels(
    decodePng(bundle['image/png']),
    [0, 0, 1, 1],
    (red, green, blue) => red + green + blue < 60,
  );
  expect(black).toBeLessThan(4000);
});

test('a figure has its title, key and caption in the picture', () => {
  const marks = [Plot.line(points, { x: 'x', y: 'y', stroke: 'kind' })];
  const titles = { title: 'A <title>', subtitle: 'below', caption: 'source' };
  const figure = Plot.plot({ document, color: { legend: true }, ...titles, marks });
  const { data, metadata } = toBundle(figure) as Rendered;
  const bundle = data as Record<string, string>;
  expect(bundle['text/html']).toMatch(/^<div data-descent-markup="<figure/);
  expect(bundle['text/plain']).toMatch(/^\[figure 640×\d+: A <title>\]$/);
  const pixels = decodePng(bundle['image/png']);
  const alt = '[figure 640×499: A <title>]';
  expect(metadata['image/png']).toEqual({ width: pixels.width / 2, height: pixels.height / 2, alt });
  expect(pixels.height).toBeGreaterThan(900);
  const title = countPixels(pixels, [0, 0, 0.4, 0.05], isInk);
  expect(title).toBeGreaterThan(200);
});

test('a key for numbers is drawn as well', () => {
  const figure = Plot.plot({
    ...{ document, color: { legend: true, type: 'quantize', scheme: 'viridis' } as const },
    marks: [Plot.dot(points, { x: 'x', y: 'y', stroke: 'x' })],
  });
  expect(Object.keys(shown(figure))).toContain('image/png');
});

test('elements lose what could act in the page of the notebook; their copy does, not they', () => {
  const page = element(`<div id="a" onclick="x()"><b style="color:red">bold</b><script>steal()</script>
    <a href=" java
script:x()">a</a><a href="https://example.org/">b</a><img src="x.png" onerror="x()">
    <iframe srcdoc="<script>1</script>"></iframe><svg><a xlink:href="javascript:x()">c</a></svg></div>`);
  const { 'text/html': markup } = shown(page);
  expect(markup).not.toMatch(/script|onclick|onerror|iframe|srcdoc/i);
  expect(markup).toContain('<b style="color:red">bold</b>');
  expect(markup).toContain('<a href="https://example.org/">b</a>');
  expect(page.querySelector('script')).not.toBeNull();
  expect(String(html`${page}`)).not.toContain('script');
  expect(String(html(page.outerHTML))).toContain('<script>');
});

test('what says its own markup is trusted, as html is', () => {
  const own = { outerHTML: '<b onclick="x()">x</b>' };
  expect(shown(own)).toEqual({ 'text/html': own.outerHTML, 'text/plain': 'x' });
});

test('an SVG element is a drawing, in a table a cell', () => {
  const circle = element('<svg width="20" height="20"><circle r="9" cx="10" cy="10"></circle></svg>');
  expect(Object.keys(shown(circle))).toEqual(['text/html', 'image/png', 'text/plain']);
  expect(String(table([{ circle, n: 1 }]))).toContain('circle  n');
});
