import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitLines } from '../../../kernel/notebook/lines.ts';

it.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a\n']],
  ['\n\n', ['\n', '\n']],
  ['a\r\nb\rc', ['a\r\n', 'b\r', 'c']],
  // Python 3: 'a\x0bb\x0cc\x1cd\x85e\u2028f'.splitlines(True)
  ['a\vb\fc\u001cd\u0085e\u2028f', ['a\v', 'b\f', 'c\u001c', 'd\u0085', 'e\u2028', 'f']],
])('splits %j as Python does', (text, lines) => {
  expect(splitLines(text)).toEqual(lines);
});

it('loses nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => splitLines(text).join('') === text));
});
