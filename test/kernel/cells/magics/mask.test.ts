import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsContinued, maskMagics } from '../../../../kernel/cells/magics/mask.ts';

const known = (): boolean => false;

describe('the mask', () => {
  it.each([
    ['const a = 1', 'const a = 1'],
    ['%pwd\na', '    \na'],
    ['a\n!ls -la \\\r\n -x\nb', 'a\n         \r\n   \nb'],
    ['const f = !ls -la', 'const f = []     '],
    ['const d: string = %pwd', "const d: string = ''  "],
    ['%time const a = 1', '      const a = 1'],
    ['%timeit -n 10 -q f(a)', '                 f(a)'],
    ['%timeit -z f(a)', '               '],
    ['%%time\nconst a = 1', '      \nconst a = 1'],
    ['%%timeit -n 1 let s = 0\ns += 1', '              let s = 0\ns += 1'],
    ['%time !ls -la', '             '],
    ['%time !(a)', '      !(a)'],
    ['%%capture out\nout', 'let       out\nout'],
    ['%%capture\n1', '         \n1'],
    ['%%time\n!ls\na', '      \n   \na'],
    ['%%html\n<b>\n😀', '      \n   \n  '],
    ['a?\nb', '  \nb'],
    ['`\n%pwd`', '`\n%pwd`'],
  ])('of %j', (code, masked) => {
    expect(maskMagics(code, known)).toBe(masked);
  });

  it('is as long and has the same lines', () => {
    const piece = fc.constantFrom(
      ...[
        '%',
        '%%',
        '!',
        '?',
        'time ',
        'timeit -n 1 ',
        'html',
        'ls',
        ' ',
        '\n',
        '\r\n',
        '\\\n',
        'a',
        '= ',
        '`',
        '{',
        '}',
        '😀',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const code = pieces.join('');
        const masked = maskMagics(code, known);
        expect(masked.length).toBe(code.length);
        expect(masked.replace(/[^\n\r]/g, ' ')).toBe(code.replace(/[^\n\r]/g, ' '));
      }),
    );
  });
});

it.each([
  ['!ls \\', true],
  ['!ls \\\n', true],
  ['!ls \\\\', false],
  ['!ls', false],
  ['!ls \\\n -la', false],
  ['!ls \\\n\n1', false],
  ['a \\', false],
  ['%%html', true],
  ['%%html\n', false],
  ['%%html\n<b> \\', false],
])('%j ends in the middle of a magic: %s', (code, expected) => {
  expect(endsContinued(code, known)).toBe(expected);
});
