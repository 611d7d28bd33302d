// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the cells hold templates

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMagics } from '../../../../kernel/cells/magics/find.ts';
import { isGlobal, PRELOADED } from '../../../../kernel/cells/magics/names.ts';
import { transformCell } from '../../../../kernel/cells/transform.ts';
import { preloads } from '../../../../src/preload.ts';

/** The magics of a cell as they are written. */
const found = (code: string, known: readonly string[] = []): string[] =>
  findMagics(code, (name) => known.includes(name) || isGlobal(name)).map(({ start, end }) =>
    code.slice(start, end),
  );

describe('lines that are magics', () => {
  it.each([
    ['%pwd', ['%pwd']],
    ['  %pwd  ', ['%pwd  ']],
    ['const a = 1\n%pwd\na', ['%pwd']],
    ['const a = 1;\n\n%cd x\n%cd y', ['%cd x', '%cd y']],
    ['f()\n%pwd', ['%pwd']],
    ['{ a }\n%pwd', ['%pwd']],
    ['const d = %pwd', ['%pwd']],
    ['let d: string = %env HOME', ['%env HOME']],
    ['d = %pwd', ['%pwd']],
    ['o.d = %pwd', ['%pwd']],
    ['%env A=1 \\\n  2\n3', ['%env A=1 \\\n  2']],
    ['\n\n%%html\n<b>\n!ls', ['%%html']],
    ['%%html', ['%%html']],
    ['%%time\n!ls\nf()', ['%%time', '!ls']],
    ['%%timeit -n 1 const a = `\n%pwd\n', ['%%timeit -n 1 const a = `', '%pwd']],
    ['// note\n%pwd // here', ['%pwd // here']],
    ['/* note */\n%pwd', ['%pwd']],
    ['if (x) f()\nelse\n%pwd', ['%pwd']],
    ['i++\n%pwd', ['%pwd']],
    ['a!\n%pwd', ['%pwd']],
    ['`${1}`\n%pwd', ['%pwd']],
    ['/a/\n%pwd', ['%pwd']],
    ['const 😀 = 1\n%pwd', ['%pwd']],
    ['%pwd\r\n1', ['%pwd\r']],
  ])('%j', (code, expected) => {
    expect(found(code)).toEqual(expected);
  });

  it.each([
    ['a\n% b'],
    ['a %\nb'],
    ['`\n%pwd\n`'],
    ['`${[\n%pwd\n]}`'],
    ['/*\n%pwd\n*/'],
    ['[\n%pwd\n]'],
    ['f(\n%pwd)'],
    ['const a =\n%pwd'],
    ['a +\n%pwd'],
    ['a &&\n%pwd'],
    ['a,\n%pwd'],
    ['() =>\n%pwd'],
    ['typeof\n%pwd'],
    ["'\\\n%pwd'"],
    ['x ? y\n: z'],
    ['%'],
    ['%%'],
    ['1 % 2'],
    [''],
  ])('but not %j', (code) => {
    expect(found(code)).toEqual([]);
  });
});

describe('shell commands', () => {
  it.each([
    ['!ls'],
    ['!ls -la'],
    ['! ls -la'],
    ["!echo it's"],
    ['!ls \\\n -la'],
    ['!./run.sh'],
    ['!../run.sh'],
    ['!/bin/ls'],
    ['!~/run.sh'],
    ['!$HOME/run.sh'],
    ['!git status'],
    ['!npm i foo@1'],
    ['!echo `date`'],
    ['!tf plan x'],
  ])('%j', (code) => {
    expect(found(code)).toEqual([code]);
    expect(found(`const a = 1\n${code}\n`)).toEqual([code]);
    expect(found(`const a = ${code}`)).toEqual([code]);
  });

  it.each([
    ['!(a)'],
    ['!!a'],
    ['!{}'],
    ['![]'],
    ['!"a"'],
    ["!'a'"],
    ['!`a`'],
    ['!function () {}()'],
    ['!await f()'],
    ['!new A()'],
    ['!typeof a'],
    ['!this'],
    ['!null'],
    ['!true'],
    ['!0'],
    ['!-a'],
    ['!/a+/.test("b")'],
    ['!known'],
    ['!known && f()'],
    ['!known.a'],
    ['!known in o'],
    ['!known instanceof A'],
    ['!Array.isArray(a)'],
    ['!tf'],
    ['const ok = !_exit_code'],
    ['const done = 1\n!done'],
    ['const { done } = f()\n!done && f()'],
    ['const { a: done, ...rest } = f()\n!done\n!rest'],
    ['!late() && f()\nfunction late() {}'],
    ['import { a as done, b } from "m"\n!done\n!b'],
    ['class Done {}\n!Done'],
    ['let a = 1, done = 2\n!done'],
  ])('but not %j', (code) => {
    expect(found(code, ['known'])).toEqual([]);
  });

  it('are told from expressions by a second word', () => {
    expect(found('!known status', ['known'])).toEqual(['!known status']);
    expect(found('// ls\n!ls')).toEqual(['!ls']);
    expect(found('o.ls = 1\n!ls')).toEqual(['!ls']);
  });
});

describe('blocks', () => {
  it.each([
    ['for (const a of b) {\n  !echo ${a}\n}', ['!echo ${a}']],
    ['if (a) {\n  %cd x\n} else {\n  !ls -la\n}', ['%cd x', '!ls -la']],
    ['async function f() {\n  const x = !ls\n  return x\n}', ['!ls']],
    ['const f = async () => {\n  !ls\n}', ['!ls']],
    ['function f(done) {\n  !done && g()\n  !done\n}', []],
    ['for (const done of a) {\n  !done\n}', []],
    ['function f(a, b) {\n  return a\n  %b\n}', []],
    ['const o = {\n  a\n  %pwd\n}', []],
    ['class A {\n  a\n  !ls\n}', []],
    ['f(() => {\n  !ls x\n})', []],
    ['{\n  a?\n}', []],
  ])('%j', (code, expected) => {
    expect(found(code)).toEqual(expected);
  });
});

describe('code that goes on below its magic', () => {
  it.each([
    ['%time f(\n  1,\n)\n2', ['%time f(\n  1,\n)']],
    ['%time `\n%pwd`\n2', ['%time `\n%pwd`']],
    ['%time f(\n2', ['%time f(']],
    ['%pwd (\n2', ['%pwd (']],
  ])('%j', (code, expected) => {
    expect(found(code)).toEqual(expected);
  });
});

describe('questions', () => {
  it.each([
    ['a\nb?\nc', ['b?']],
    ['a\n?b.c\n', ['?b.c']],
    ['a\nb??', ['b??']],
    ['const c = a\n  ? b\n  : d', []],
    ['a ?\n b : c', []],
    ['a?\n  b : c', []],
    ['f(\na?\n)', []],
  ])('%j', (code, expected) => {
    expect(found(code)).toEqual(expected);
  });
});

describe('code without magics', () => {
  it('is left alone', () => {
    const piece = fc.constantFrom(
      ...[
        'const a = 1',
        'a % b',
        '`x\n%pwd ${1}`',
        '/* %pwd */',
        "'!ls'",
        'x ? y : z',
        '[1,\n!a]',
        'f(!a)',
        '\n',
      ],
      ...['// !ls', 'if (!a) {}', '!a', '!(b)', 'a!', '/x?/', 'type T = { a?: number }', '😀'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(found(pieces.join('\n'), ['a', 'b'])).toEqual([]);
      }),
    );
  });

  it('is transformed as ever', () => {
    const code = 'const a = 3\nconst b = a\n  % 2\nconst c = !b';
    expect(transformCell(code, 'cell.ts').code).not.toContain('magics');
  });
});

it('every preloaded name of the toolkit is known', () => {
  expect([...PRELOADED]).toEqual(expect.arrayContaining(Object.keys(preloads)));
});
