import { describe, expect, it } from 'vitest';
import { CellSyntaxError } from '../../../kernel/cells/errors.ts';
import { SessionNames } from '../../../kernel/cells/session.ts';
import { transformCell } from '../../../kernel/cells/transform.ts';
import { plain, runCells, TestSession } from './sessions.ts';

describe('results', () => {
  it.each([
    ['1 + 1', 2],
    ['const a = 1', undefined],
    ['5; const a = 1', undefined],
    ['if (true) { 5 }', undefined],
    ['function f() {}', undefined],
    ['class C {}', undefined],
    ['enum E { A }', undefined],
    ['namespace N { export const a = 1 }', undefined],
    ['function dec(c: any, _: any) {} @dec class D {}', undefined],
    ['// nothing', undefined],
    ['/* nothing */', undefined],
    ['', undefined],
    ['(1, 2)', 2],
    ['await 1; (1, 2)', 2],
    ['await 1; 1, 2', 2],
    ['5; // comment', 5],
    ['`a\nb`', 'a\nb'],
    ["'</script>'", '</script>'],
    ["'use strict'", 'use strict'],
    ['label: { break label } 3', 3],
    ['outer: for (let i = 0; i < 3; i++) for (;;) { if (i) break outer; continue outer } 4', 4],
    ['using u = { [Symbol.dispose]() {}, v: 3 }; u.v', 3],
    ['await using u = { async [Symbol.asyncDispose]() {}, v: 4 }; u.v', 4],
    ['\uFEFF8', 8],
    ['#!/usr/bin/env node\n9', 9],
    ['const a = 1\r\n\r\na +\r\n1\r\n', 2],
  ])('of %j', async (source, expected) => {
    expect(await runCells(source)).toBe(expected);
  });

  it('are the promises that they are', async () => {
    const session = new TestSession();
    const isPromise = (value: unknown): boolean =>
      Object.prototype.toString.call(value) === '[object Promise]';
    const sync = transformCell('Promise.resolve(1)', 'cell.ts');
    expect([sync.isAsync, sync.hasResult]).toEqual([false, true]);
    const value = (await session.run('await 1; [Promise.resolve(2)]')) as unknown[];
    expect(isPromise(value[0])).toBe(true);
  });
});

describe('asynchronous cells', () => {
  it.each([
    ['await 5', true],
    ['for await (const x of []) {}', true],
    ['import "node:fs"', true],
    ['async () => await 5', false],
    ['async function f() { for await (const x of []) {} }', false],
    ['class A { async m() { await 1 } }', false],
    ['import type { A } from "a"', false],
    ['import { type A } from "a"', false],
  ])('%s', (source, expected) => {
    expect(transformCell(source, 'cell.ts').isAsync).toBe(expected);
  });

  it('keep what they declare', async () => {
    const value = await runCells(
      'async function* numbers() { yield 1; yield 2 }',
      'const seen: number[] = []; for await (const n of numbers()) seen.push(n); const { a } = await { a: 3 }',
      '[seen, a]',
    );
    expect(plain(value)).toEqual([[1, 2], 3]);
  });
});

describe('imports', () => {
  it.each([
    ['import { join } from "node:path"; join("a", "b")', 'a/b'],
    ['import path, { join as j } from "node:path"; path.posix.join === j', true],
    ['import d, * as all from "node:path"; d === all.default', true],
    ['import { type ParsedPath, sep } from "node:path"; sep', '/'],
    ['import { ParsedPath, sep } from "node:path"; let p: ParsedPath; sep', '/'],
    ['sep(); import { basename as sep } from "node:path"; function f() {} sep("a/b")', 'b'],
    ['(await import("node:path")).sep', '/'],
    ['import.meta.url', 'file:///notebooks/cell.ts'],
  ])('%s', async (source, expected) => {
    expect(await runCells(source.replace('sep();', ''))).toBe(expected);
  });

  it('of types alone are dropped, bare ones are kept', () => {
    const code = (source: string): string => transformCell(source, 'cell.ts').code;
    expect(code('import { type A } from "./a"; import type B from "./b"')).not.toContain('import');
    expect(code("import './a'; import { type B } from './b'")).toContain('import("./a"');
    expect(code("import './a'; import { type B } from './b'")).not.toContain('./b');
  });

  it('asks only for names that are used as values', () => {
    const { code } = transformCell('import { A, b } from "m"; let x: A; b()', 'cell.ts');
    expect(code).toContain('import("m", undefined, ["b"])');
  });
});

describe("names that are Node's globals", () => {
  it('are not taken from modules', async () => {
    const session = new TestSession();
    const own =
      'const setTimeout = () => "mine"; const f = () => setTimeout(); const o = { setTimeout }; [f(), o.setTimeout(), typeof globalThis.setTimeout]';
    expect(plain(await session.run(own))).toEqual(['mine', 'mine', 'function']);
    expect(await session.run('setTimeout()')).toBe('mine');
    expect(await session.run('((setTimeout) => setTimeout)(5)')).toBe(5);
    expect(await session.run('typeof this.setTimeout + ({ setTimeout: 1 }).setTimeout')).toBe('function1');
    expect(await session.run('function URL() { return URL === undefined ? 1 : 2 } URL()')).toBe(2);
    expect(await session.run('class Event { static n = 1 } Event.n')).toBe(1);
    expect(await session.run('const undefined = 4; undefined')).toBe(4);
  });
});

describe('standard decorators', () => {
  it('run on classes, members and accessors', async () => {
    const value = await runCells(
      'const seen: string[] = []; function log(_: unknown, context: any) { seen.push(context.kind + " " + context.name) }',
      '@log class C { @log m() {} @log accessor a = 1; @log f = 2; @log static s() {} }\nconst made = new C()',
      '[seen.sort(), made.a, made.f]',
    );
    expect(plain(value)).toEqual([['accessor a', 'class C', 'field f', 'method m', 'method s'], 1, 2]);
  });
});

describe('using', () => {
  it('disposes in reverse, at the end of the cell, block or function', async () => {
    const open =
      'const log: string[] = []; const open = (name: string) => ({ name, [Symbol.dispose]() { log.push(name) } });';
    const cell =
      'using a = open("a"); { using b = open("b"); log.push("in " + b.name) } function f() { using c = open("c"); return c.name } const kept = f(); using d = open("d")';
    expect(plain(await runCells(open, cell, '[log, kept]'))).toEqual([['in b', 'b', 'c', 'd', 'a'], 'c']);
  });
});

describe('syntax errors', () => {
  const failure = (source: string): CellSyntaxError => {
    try {
      transformCell(source, '/n/cell-7.ts', new SessionNames());
    } catch (error) {
      if (error instanceof CellSyntaxError) return error;
    }
    throw new Error('no syntax error');
  };

  it.each([
    ['let x = ;', 1, 9],
    ['const ok = 1\nfoo(]', 2, 5],
    ['const é = "ü😀";\n  foo(]', 2, 7],
    ['let a = 1;\nlet a = 2;', 1, 5],
    ['await\n', 1, 6],
    ['return 5', 1, 1],
    ['type A = ;', 1, 10],
    ['\uFEFFlet x = ;', 1, 10],
    ['@dec(] class A {}', 1, 6],
    ['let a\r\nlet b = ;', 2, 9],
  ])('%j at %i:%i', (source, line, column) => {
    const { line: foundLine, column: foundColumn } = failure(source);
    expect([foundLine, foundColumn]).toEqual([line, column]);
  });
});

it('transforms a cell of ten thousand lines without quadratic work', () => {
  const lines = Array.from(
    { length: 10_000 },
    (_, i) => `const value${i}: number = f(${i}); if (value${i} > 3) { g(value${i}) }`,
  );
  const begin = performance.now();
  expect(transformCell(lines.join('\n'), 'cell.ts').names).toHaveLength(10_000);
  // Measured 0.7 s; quadratic work would take a minute.
  expect(performance.now() - begin).toBeLessThan(15_000);
});
