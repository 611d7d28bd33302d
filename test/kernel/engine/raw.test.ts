import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { END_MARK } from '../../../kernel/engine/mark.ts';
import { RawOutput } from '../../../kernel/engine/raw.ts';

function read(chunks: readonly Buffer[]): { text: string; ended: [number, number][] } {
  let text = '';
  const ended: [number, number][] = [];
  const output = new RawOutput(
    (more) => {
      text += more;
    },
    (cell) => ended.push([cell, text.length]),
  );
  for (const chunk of chunks) output.push(chunk);
  return { text, ended };
}

describe('RawOutput', () => {
  it('cuts the marks out and gives the text between them, however the pipe cuts both', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 10 }),
      fc.constantFrom('\0', '\0descent', `${END_MARK.slice(0, -1)}x`, 'é😀漢'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.integer({ min: 1, max: 7 }), (texts, size) => {
        const whole = Buffer.from(texts.map((text, at) => `${text}${END_MARK}${at}\n`).join(''));
        const chunks = [];
        for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
        const { text, ended } = read(chunks);
        expect(text).toBe(texts.join(''));
        expect(ended.map(([cell]) => cell)).toEqual(texts.map((_, at) => at));
        // Each mark comes after all of the text before it.
        expect(ended.map(([, length]) => length)).toEqual(
          texts.map((_, at) => texts.slice(0, at + 1).join('').length),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('holds no text back that cannot become a mark', () => {
    expect(read([Buffer.from('no newline')]).text).toBe('no newline');
    expect(read([Buffer.from('a\0b')]).text).toBe('a\0b');
    expect(read([Buffer.from('a\0')]).text).toBe('a');
  });
});
