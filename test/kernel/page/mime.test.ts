import { describe, expect, it } from 'vitest';
import { chooseMime, sizeOf } from '../../../kernel/page/mime.ts';

describe('chooseMime', () => {
  it.each([
    [{ 'text/plain': 'x', 'text/html': '<b>' }, 'text/html'],
    [{ 'text/plain': 'x', 'image/png': 'AA', 'application/vnd.vegalite.v5+json': {} }, 'image/png'],
    [
      { 'text/plain': 'x', 'image/png': 'AA', 'text/html': '<div>', 'application/vnd.plotly.v1+json': {} },
      'text/html',
    ],
    [{ 'text/plain': 'x', 'image/png': 'AA', 'image/svg+xml': '<svg/>' }, 'image/svg+xml'],
    // Some converters empty the SVG: the PNG beside it must show.
    [{ 'text/plain': 'x', 'image/png': 'AA', 'image/svg+xml': ' \n' }, 'image/png'],
    [{ 'text/plain': 'x', 'text/markdown': 'y', 'text/latex': '$z$' }, 'text/markdown'],
    [{ 'text/plain': 'x', 'text/latex': '$z$' }, 'text/latex'],
    [{ 'text/plain': 'x', 'application/json': null }, 'application/json'],
    [{ 'text/plain': 'x', 'application/javascript': 'alert(1)' }, 'text/plain'],
    [{ 'text/plain': 'x', 'application/vnd.jupyter.widget-view+json': {} }, 'text/plain'],
    [{ 'text/plain': '' }, 'text/plain'],
    [{ 'application/vnd.x+json': {} }, undefined],
    [{}, undefined],
    [JSON.parse('{"__proto__": {"text/html": "x"}}'), undefined],
  ])('of %j is %s', (data, mime) => {
    expect(chooseMime(data)?.mime).toBe(mime);
  });
});

describe('sizeOf', () => {
  it('reads the size by MIME type, or of the whole output', () => {
    expect(sizeOf({ 'image/png': { width: 580 } }, 'image/png', 'width')).toBe(580);
    expect(sizeOf({ 'image/png': { width: '580' } }, 'image/png', 'width')).toBe(580);
    expect(sizeOf({ width: 20 }, 'image/png', 'width')).toBe(20);
    expect(sizeOf({ 'image/png': { width: '"><b>' } }, 'image/png', 'width')).toBeUndefined();
    expect(sizeOf({ 'image/png': { width: -1 } }, 'image/png', 'width')).toBeUndefined();
    expect(sizeOf({}, 'image/png', 'width')).toBeUndefined();
  });
});
