import { describe, expect, it } from 'vitest';
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
