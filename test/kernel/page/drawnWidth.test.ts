import { describe, expect, it } from 'vitest';
import { drawnWidth } from '../../../kernel/page/drawnWidth.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the drawn width', () => {
  it('of a PNG stands in its header', () => {
    const header = Buffer.alloc(33);
    header.writeUInt32BE(640, 16);
    expect(drawnWidth('image/png', header.toString('base64'))).toBe(640);
    expect(drawnWidth('image/png', base64('short'))).toBeUndefined();
  });

  it('of an SVG is its width or that of its view box', () => {
    expect(drawnWidth('image/svg+xml', base64('<svg width="840px" viewBox="0 0 1 1">'))).toBe(840);
    expect(drawnWidth('image/svg+xml', base64('<svg\nviewBox="-5 0 300.5 20">'))).toBe(300.5);
    expect(drawnWidth('image/svg+xml', base64('<svg width="100%" stroke-width="2">'))).toBeUndefined();
  });

  it('of other pictures is not known', () => {
    expect(drawnWidth('image/jpeg', base64('x'.repeat(40)))).toBeUndefined();
  });
});
