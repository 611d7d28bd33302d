import { describe, expect, it } from 'vitest';
import { CellSyntaxError } from '../../../kernel/cells/errors.ts';
import { SessionNames } from '../../../kernel/cells/session.ts';
import { transformCell } from '../../../kernel/cells/transform.ts';
import { plain, runCells, TestSession } from './sessions.ts';

const KINDS = {
  const: 'const thing = { kind: "const" };',
  let: 'let thing = { kind: "let" };',
  var: 'var thing = { kind: "var" };',
  function: 'function thing() {} thing.kind = "function";',
  generator: 'function* thing() {} (thing as any).kind = "generator";',
  class: 'class thing { static kind = "class" }',
  enum: 'enum thing { kind = "enum" }',
  'const enum': 'const enum thing { kind = "const enum" }',
  namespace: 'namespace thing { export const kind = "namespace" }',
  import: 'import * as thing from "node:path";',
  destructured: 'const { thing } = { thing: { kind: "destructured" } };',
  nested: 'if (true) { var thing = { kind: "nested" } }',
};

describe('declarations', () => {
  it.each(
    Object.keys(KINDS).flatMap((first) => Object.keys(KINDS).map((second) => [first, second] as const)),
  )('%s can be declared again as %s', async (first, second) => {
    const kinds = KINDS as Record<string, string>;
    const value = await runCells(kinds[first] ?? '', kinds[second] ?? '', 'typeof thing.join + thing.kind');
    expect(value).toBe(second === 'import' ? 'functionundefined' : `undefined${second}`);
  });

  it('closures of earlier cells see new values', async () => {
    const value = await runCells(
      'let a = 1; const read = () => a; class Reader { get a() { return a } }',
      'const a = 2',
      '[read(), new Reader().a]',
    );
    expect(plain(value)).toEqual([2, 2]);
  });

  it('a name of a global keeps its own name, and means the global until it has a value', async () => {
    const session = new TestSession();
    await session.run('class Request { a = 1 } function fetch() {}');
    expect(plain(await session.run('[new Request().constructor.name, fetch.name, new Request()]'))).toEqual([
      'Request',
      'fetch',
      { a: 1 },
    ]);
  });

  it('a rerun may use the earlier value', async () => {
    expect(await runCells('let x = 1', 'let x = x + 1', 'let x = x + 1; x')).toBe(3);
  });

  it.each([
    [
      'const { a, b: { c = 3, ...d } = {} as any, ["e" + 1]: f = 5, ...g } = { a: 1, e1: 2, h: 9 }; [a, c, d, f, g]',
      [1, 3, {}, 2, { h: 9 }],
    ],
    ['const [a, , b = 8, ...c] = [1, 2, undefined, 4, 5]; [a, b, c]', [1, 8, [4, 5]]],
    ['let { length } = "abc", twice = length * 2; twice', 6],
    ['let a = 1, b, c = 3; [a, b === undefined, c]', [1, true, 3]],
    ['const [{ x: [y] }, z = y] = [{ x: [1] }] as any; [y, z]', [1, 1]],
    ['let a: number; ({ a } = { a: 4 }); a', 4],
    ['let a = 1, b = 2; [a, b] = [b, a]; [a, b]', [2, 1]],
    [
      'const { async, of, get, type } = { async: 1, of: 2, get: 3, type: 4 }; [async, of, get, type]',
      [1, 2, 3, 4],
    ],
    [
      'if (true) { var a = 5; for (var i = 0, n = 3; i < n; i++) { var { b } = { b: i } } } [a, i, b]',
      [5, 3, 2],
    ],
    ['for (var k in { x: 1, y: 2 }); for (var v of [7, 8]) {} [k, v]', ['y', 8]],
    ['for (var [p, q] of [[1, 2]]); [p, q]', [1, 2]],
    [
      'try { throw 1 } catch { var caught = true } switch (1) { case 1: var chosen = 9 } [caught, chosen]',
      [true, 9],
    ],
    ['var v = 1; var v = 2; v', 2],
    ['early(); function early() { return "hoisted" } [early()]', ['hoisted']],
    ['const first = later(); function later() { return other() } function other() { return 3 } first', 3],
    ['function twice() { return 1 } function twice() { return 2 } twice()', 2],
    [
      'class A { static one = new A(); static count = A.one ? 1 : 0; static { (this as any).tag = 2 } } [A.count, (A as any).tag]',
      [1, 2],
    ],
    [
      'class A { #p = 1; get p() { return this.#p } static is(o: object) { return #p in o } } [new A().p, A.is(new A())]',
      [1, true],
    ],
    [
      'abstract class A { constructor(readonly n: number, protected m = 2) {} abstract f(): number } class B extends A { f() { return this.n + this.m } } new B(1).f()',
      3,
    ],
    [
      'function* g() { const got: number = yield 1; yield got * 2 } const it = g(); it.next(); it.next(4).value',
      8,
    ],
    ['enum E { A, B = 5, C } [E.C, E[5]]', [6, 'B']],
    ['enum E { A = 1 } enum E { B = 2 } Object.keys(E)', ['1', '2', 'A', 'B']],
    ['const enum E { A = 1, B = A << 3 } E.B', 8],
    ['namespace N { export const x = 1; export namespace M { export const y = x + 1 } } N.M.y', 2],
    ['namespace N { export const z = 1 } namespace N { export const w = z + 1 } N.w', 2],
    ['namespace N { export let n = 0; export function up() { n++ } } N.up(); N.n', 1],
    ['class K { static v = 1 } namespace K { export const w = 2 } [K.v, K.w]', [1, 2]],
    [
      'function over(a: string): string; function over(a: number): number; function over(a: any) { return a } over(4)',
      4,
    ],
    ['const naïve = 1, π = 3, 変数 = 4; [naïve, π, 変数]', [1, 3, 4]],
    ['export const e = 4; export { e as f }; e', 4],
    ['export default function named() { return 1 } named()', 1],
    ['export default { a: 1 }; 5', 5],
    ['export default function () {} 5', 5],
    ['export default class {} 5', 5],
    ['declare const ambient: number; interface I {} type T = I; abstract class Q {} 7', 7],
    ['const s = { a: 1 } satisfies object; <any>s.a! as number', 1],
    ['console.log\nconst [a1, b1] = [1, 2]\na1', 1],
    ['const c1 = [3]\nc1.sort()\nconst { length } = c1\nlength', 1],
    ['for (const n of [1, 2]) {\n  String(n)\n  var { length } = String(n)\n}\nlength', 1],
    ['f1()\nfunction f1() { return [10, 20] }\n[1, 2].map((n) => n * 2)', [2, 4]],
    ['f2()\nfunction g2() { return 1 }\nfunction f2() { return 1 }\n(5 + 5)', 10],
    ['f3()\nfunction f3() { return 1 }\nfunction f3() { return 2 }\n`t`.length', 1],
    ['var kept = 1; var kept; kept', 1],
    ['var kept = 1\nvar kept\nkept', 1],
    ['export namespace NN { export namespace MM { export const z = 1 } }\nNN.MM.z', 1],
  ])('%s', async (source, expected) => {
    expect(plain(await runCells(source))).toEqual(expected);
  });

  it.each([
    ['const c = 1; c = 2'],
    ['const c = 1; c += 2'],
    ['const c = 1; c++'],
    ['const c = 1; [c] = [2]'],
    ['const c = 1; ({ c } = { c: 2 })'],
    ['const c = 1; for (c of [2]);'],
    ['const c = 1; (() => { c = 2 })()'],
    ['import c from "node:path"; c = 2'],
    ['const { c } = { c: 1 }; c = 2'],
  ])('throws a TypeError: %s', async (source) => {
    await expect(runCells(source)).rejects.toThrow('Assignment to constant variable.');
  });

  it('a constant may be shadowed, and assigned by another cell', async () => {
    expect(await runCells('const c = 1; { let c = 2; c = 3 } (function (c) { c = 4 })(5); c')).toBe(1);
    expect(await runCells('const c = 1', 'c = 2', 'c')).toBe(2);
    expect(await runCells('const c = 1; c ??= 2; c')).toBe(1);
  });
});

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
