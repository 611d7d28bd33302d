import { describe, expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

describe('pictures', () => {
  it.each([
    ['png', [0x89, 0x50, 0x4e, 0x47]],
    ['jpeg', [0xff, 0xd8, 0xff]],
    ['gif', [...Buffer.from('GIF89a')]],
    ['svg+xml', [...Buffer.from('<svg xmlns="…"/>')]],
  ])('know that they are %s', (format, bytes) => {
    expect(new widgets.Image({ value: new Uint8Array(bytes) }).format).toBe(format);
  });

  it('may be addresses', () => {
    const image = new widgets.Image('https://example.org/a.png');
    expect([image.format, Buffer.from(image.value).toString()]).toEqual(['url', 'https://example.org/a.png']);
    expect(new widgets.Image('pictures/a.png').format).toBe('url');
    expect(new widgets.Image(new Uint8Array([1, 2])).format).toBe('png');
    expect(new widgets.Image({ width: 300 }).width).toBe('300');
    expect(() => new widgets.Image({ value: 5 as never })).toThrow('allowed is a Uint8Array with the bytes');
  });
});
