import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { displaySymbol, metadataSymbol, svg } from '../../../src/display/index.ts';
import { countPixels, decodePng, isInk } from './png.ts';

const dot = svg`<svg width="60" height="20"><text x="2" y="15">${'a < b'}</text></svg>`;

test('a picture is sent as inline html, PNG at twice the size and text, never as image/svg+xml', () => {
  const bundle = dot[displaySymbol]() as Record<string, string>;
  expect(Object.keys(bundle)).toEqual(['text/html', 'image/png', 'text/plain']);
  const { firstElementChild: host } = new JSDOM(bundle['text/html']).window.document.body;
  expect(host?.getAttribute('data-descent-markup')).toBe(String(dot));
  expect(host?.firstElementChild?.getAttribute('aria-label')).toBe('[svg 60×20]');
  expect(bundle['text/plain']).toBe('[svg 60×20]');
  expect(dot[metadataSymbol]?.()).toEqual({ 'image/png': { width: 60, height: 20 } });
  const pixels = decodePng(bundle['image/png']);
  expect([pixels.width, pixels.height]).toEqual([120, 40]);
});

test('text is drawn whatever font it asks for', () => {
  for (const family of ['Arial', 'Some Font That Is Nowhere', 'serif', 'monospace', 'sans-serif']) {
    const text = svg`<svg width="60" height="20"><text x="2" y="15" font-family="${family}">text</text></svg>`;
    const pixels = decodePng((text[displaySymbol]() as Record<string, string>)['image/png']);
    expect(countPixels(pixels, [0, 0, 1, 1], isInk), family).toBeGreaterThan(50);
  }
});

test('parts are assembled; a part alone says what it lacks', () => {
  const part = svg`<circle cx="${5}" cy="5" r="4"/>`;
  expect(String(svg`<svg viewBox="0 0 10 10">${[part, part]}</svg>`)).toContain('r="4"/><circle');
  expect(() => part[displaySymbol]()).toThrow(/no <svg> element/);
});

test('markup that is not well formed is an error that names the place', () => {
  expect(() => svg`<svg width="9" height="9"><g></svg>`[displaySymbol]()).toThrow(
    /svg: the picture cannot be drawn: .*g/,
  );
});
