import { beforeAll, describe, expect, it } from 'vitest';
import { scan } from '../../../kernel/cells/tokens.ts';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { isComplete } from '../../../kernel/language/isComplete.ts';
import { kernels } from '../support/kernels.ts';

/** Constructs that are whole as they stand. */
const WHOLE = `
let a = 1
const b = [1, 2]
var c
let { d, e: [f] } = g
const h = { i: 1, j() { return 1 }, get k() { return 1 }, async *l() {}, [m]: 1, ...n }
function f1(a: number, b = 1, ...c: string[]): void {}
async function f2() { await x }
function* g1() { yield* y }
async function* g2() { for await (const a of b) yield a }
const arrow = (a: number): number => a * 2
const arrow2 = async (a) => { await a }
class A {}
class B extends A implements C, D { private x = 1; static y?: number; readonly z!: string; #w = 1 }
class B1 extends A { constructor(private q: number) { super() } get v() { return 1 } set v(a) {} static { this.y = 1 } }
class B2 { m<T>(a: T): T { return a }; accessor a = 1; override b() {}; declare c: number }
abstract class Ab { abstract m(): number; protected abstract readonly p: string }
@dec class De { @dec() m() {} }
interface I { a: number; b?: string; readonly c: number; (x: number): string; new (x: number): I }
interface I2 { [k: string]: unknown; m<T>(a: T): void }
interface J extends I, K<number> {}
type T1 = string | number
type T2 = { [K in keyof T1]?: T1[K] }
type T3<T> = T extends infer U ? U : never
type T4 = \`a\${string}b\`
type T5 = (a: number) => void
type T6 = [a: number, b?: string, ...c: number[]]
type T7 = typeof import('x')
type T8 = A['b'][number]
type T9 = new () => A
enum E { A, B = 2, C = A << 1 }
const enum CE { A = 'a' }
declare enum DE { A }
namespace N { export const a = 1 }
namespace N.M { }
declare module 'x' { export const y: number }
declare global { var z: number }
declare const dc: number
declare function df(a: string): void
export const ex = 1
export default function ed() {}
export { a, b as c }
export * from 'x'
export * as ns from 'x'
export type { T } from 'x'
import 'x'
import x from 'x'
import { a, b as c } from 'x'
import * as n from 'x'
import x, { y } from 'x'
import type { T } from 'x'
import { type T, u } from 'x'
import q = require('x')
import j from './j.json' with { type: 'json' }
const im = await import('x')
if (a) b
if (a) { b } else { c }
if (a) b; else if (c) d; else e
for (let i = 0; i < 3; i++) { x }
for (const a of b) c
for (const a in b) { c }
for await (const a of b) { c }
while (a) { b }
do { a } while (b)
switch (a) { case 1: b; break; default: c }
try { a } catch { b }
try { a } catch (e) { b } finally { c }
throw new Error('x')
label: for (;;) { break label }
using u = x
await using au = x
debugger
a === b ? b : c
a || b && c
a?.b?.[c]?.(d)
a!.b
a as unknown as B
<B>a
a satisfies B
new A(1, ...b)
typeof a
void 0
delete a.b
-a + !b
a ** b
a++
a += 1
;({ a, b } = c)
[a, b] = c
a, b
f(a, b)
f\`x\${a}y\`
\`a \${b ? \`c\${d}\` : 'e'} f\`
/a[/]b/gi.test(c)
a / b / c
'str'
"str\\"x"
10n
0x1f
1_000
a instanceof B
'a' in b
(function () { return 1 })()
(() => 1)()
(async () => { await a })()
async x => x
function as(a: unknown): asserts a is string {}
function is(a: unknown): a is string { return true }
function over(a: any) { return a }
function over(a: string): string;
let fn: (a: number) => string = String
let gen: Map<string, Array<number>> = new Map<string, Array<number>>()
let un: unique symbol
class G<in out T extends object = {}> {}
function c1<const T>(a: T) {}
// comment
/* comment */ a
await Promise.all([a, b])
const { a = 1, ...r } = b
`
  .trim()
  .split('\n');

/** What the parser takes for mistakes: a name may not be deleted, nor be called `in`. */
const INVALID_CUTS = new Set(['delete a', 'class G<in', 'function c1<const']);

describe('constructs', () => {
  it.each(WHOLE)('%s', (code) => {
    expect(isComplete(code)).toEqual({ status: 'complete' });
  });

  it.each(WHOLE)('%s, cut at any token', (code) => {
    const { tokens } = scan(code);
    const cuts = tokens.slice(0, -1).map(({ end }) => code.slice(0, end));
    const invalid = cuts.filter((cut) => !INVALID_CUTS.has(cut) && isComplete(cut).status === 'invalid');
    expect(invalid).toEqual([]);
  });
});

describe('what the next line may bring', () => {
  it.each([
    'const a',
    'const { a }',
    'export const a',
    'using a',
    'function f()',
    'function f(): string',
    'export default function f()',
    'async function f(a: number)',
    'function* f()',
    'class A {\n  constructor',
    'const a = {\n  get b()',
    'interface',
    'declare global',
    'import("a"',
    'let g = new Map<string, Array<number',
    'interface A {\n  [key: string]',
    'async x',
    'f(()',
  ])('%j', (code) => {
    expect(isComplete(code)).toMatchObject({ status: 'incomplete' });
  });

  it.each([
    'let 1a',
    'a b',
    'let let = 1',
    'return 1',
    'function () {}',
    'if a',
    'x ===== y',
    '({a:1,,})',
    '[1, 2))',
    'let a = 1 let b',
    'const a;',
    'const a; let b',
    '}',
  ])('%j is invalid', (code) => {
    expect(isComplete(code)).toEqual({ status: 'invalid' });
  });
});

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start({ env: { DESCENT_LANGUAGE_SERVER: 'off' } });
});

describe('the answer to is_complete_request', () => {
  const complete = [
    '1 + 1',
    '',
    'type A = { x: number }',
    'using file = open()',
    'const x = <any>y',
    '"😀"',
    '@dec class A {}',
    'await x',
  ];
  it.each(complete)('%s is complete', async (code) => {
    expect(await client.isComplete(code)).toEqual({ status: 'complete' });
  });

  it.each([
    ['for (const x of [1]) {', '  '],
    ['f(1,', ''],
    ['foo(', '  '],
    ['`a', ''],
    [`\`a \${`, '  '],
    [`\`a \${b} c`, ''],
    ['f(`a', ''],
    ['"abc\\', ''],
    ['"abc\\\n', ''],
    ['function f() { // note', '  '],
    ['  if (a) { /* note */', '    '],
    ['function f() {\n  // note', '  '],
    ['if (x)', ''],
    ['if (x) // note', ''],
    ['class A {', '  '],
    ['@dec', ''],
    ['@dec()\nclass A', ''],
    ['using x = ', ''],
    ['type A = {', '  '],
    ['x => {', '  '],
    ['(a, b) =>', ''],
    ['f(async (a, b) =>', ''],
    ['a +', ''],
    ['a?.', ''],
    ['const x = "😀" +', ''],
    ['for await (const x of y) {', '  '],
    ['/* abc', ''],
    ['export default', ''],
    ['try {}', ''],
  ])('%s goes on', async (code, indent) => {
    expect(await client.isComplete(code)).toEqual({ status: 'incomplete', indent });
  });

  const invalid = [
    ...['let 1 = 2', ')', 'let let = 1', 'const yield = 1', '"abc', '"abc\\\nd', '"abc\\\\', 'let 1 = 2; f('],
    ...['let 1 = `abc', '<div>a</div>', '😀', 'return 1', 'let x; let x', '(a, 1) =>'],
  ];
  it.each(invalid)('%s is invalid', async (code) => {
    expect(await client.isComplete(code)).toEqual({ status: 'invalid' });
  });

  it('refuses code that is nested too deep', async () => {
    expect(await client.isComplete('('.repeat(100_000))).toEqual({ status: 'invalid' });
  });
});
