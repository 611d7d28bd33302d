import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { kernels } from '../support/kernels.ts';
import { PROJECT, writeFiles } from '../support/packages.ts';
import { warningsOf } from '../support/warnings.ts';

const set = kernels();
let client: KernelClient;

/** `(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))` */
const WASM = '0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b';

beforeAll(async () => {
  writeFiles(set.folder, PROJECT);
  client = await set.start();
});

const quiet = async (...cells: string[]): Promise<void> => {
  const { warnings, errors } = await warningsOf(client, cells);
  expect([...errors, ...warnings.flat()]).toEqual([]);
};

describe('declared again', () => {
  it.each([
    [['let a = 1', 'let a = "text"', 'let a: boolean = true; a']],
    [['const b = 1', 'const b = b + 1', 'b']],
    [['let c = 1', 'let c = c + 1; let d = c; c = 5']],
    [['var e = 1; var e = 2', 'var e = "text"', 'e.length']],
    [['function f(a: number) {}', 'function f(a: string) {}', 'f("text")']],
    [['function ff() { return 1 }\nfunction ff() { return 2 }']],
    [['class G { a = 1 }', 'class G { b = 2 }', 'new G().b']],
    [['interface H { a: 1 }', 'interface H { b: 2 }', 'let h: H = { b: 2 }']],
    [['enum I { A }', 'enum I { B }', 'I.B']],
    [['namespace J { export const a = 1 }', 'namespace J { export const b = 1 }', 'J.b']],
    [['type K = number', 'type K = string', 'let k: K = "a"']],
    [
      [
        'type Z = { a: 1 }',
        'type Z = { b: 1 }\nconst z: Z = { b: 1 }',
        'interface Z { c: 1 }\nlet z: Z = { c: 1 }',
      ],
    ],
    [['class Y { a = 1 }', 'class Y { b = 1 }\nconst y: Y = new Y(), [x]: Y[] = [y]; y.b', 'x.b']],
    [['import { join } from "node:path"', 'import { join } from "node:path"', 'join("a", "b")']],
    [['import { join as m } from "node:path"', 'const m = 1', 'm + 1']],
    [['let n = 1', 'function n() {}', 'class n {}', 'const n = { deep: 1 }', 'n.deep']],
    [['const { o, p } = { o: 1, p: "a" }', 'const [o, p] = ["a", 1]', 'o.length + p']],
    [['let q = 1', 'q = q + 1', 'let q = String(q)']],
    [['function s() { return t() }', 'function t() { return 1 }', 's()']],
    [['const u = 1; u', 'const u = await Promise.resolve(u + 1)', 'u.toFixed()']],
    [['for (var v = 0; v < 3; v++);', 'v', 'for (var v = 0; v < 2; v++) { var w = v }', 'w + v']],
    [['interface X { a: 1 } class X { b = 1 }', 'new X().a']],
  ])('%j', async (cells) => {
    await quiet(...cells);
  });
});

describe('written as in a notebook', () => {
  it.each([
    [['await Promise.resolve(1)', 'const later = await fetch.length']],
    [['for await (const part of (async function* () { yield 1 })()) part.toFixed()']],
    [['try { JSON.parse("{") } catch (e) { e.message }']],
    [['function untyped(a, b) { return a + b }', 'untyped(1, 2)', 'untyped("a", "b")']],
    [['const half = (x) => x / 2; half(4)']],
    [['const made = class { a = 1 }; new made().a']],
    [['function Old() { this.v = 1 }', 'new Old().v']],
    [['var list = []; list.push(1); list.push("a"); list']],
    [['let open; open = 1; open = "a"', 'open']],
    [['let empty = null; empty = { a: 1 }', 'empty = 5']],
    [['let any2: any = 1', 'any2.whatever?.deep']],
    [['const record: Record<string, number> = {}; record.a = 1; record["b"]']],
    [['const parsed = JSON.parse("{}"); parsed.deep?.er']],
    [['if (true) { function inBlock() { return 1 } }']],
    [['label: for (const i of [1]) { continue label }']],
    [['({ a: 1 }); [1, 2]; "text"; 5']],
    [['"use strict"; 1']],
    [['void 0; debugger; ;;']],
    [['const big = 10n ** 20n; big']],
    [['/a(?<name>b)/v.exec("ab")?.groups?.name']],
    [['export const exported = 1', 'exported + 1']],
    [['export default function defaulted() { return 1 }', 'defaulted()']],
    [['const local1 = 1; export { local1 as renamed }']],
  ])('%j', async (cells) => {
    await quiet(...cells);
  });
});

describe('types at work', () => {
  it.each([
    [['function first<T>(of: readonly T[]): T | undefined { return of[0] }', 'first([1])?.toFixed()']],
    [['const checked = { a: 1 } satisfies Record<string, number>; checked.a']],
    [['class D1 { @((v: unknown, c: ClassMethodDecoratorContext) => {}) m() {} }']],
    [['function decorate(v: unknown, c: ClassDecoratorContext) {}', '@decorate class D2 {}']],
    [['{ using file = { [Symbol.dispose]() {} }; file }']],
    [['{ await using file = { async [Symbol.asyncDispose]() {} }; file }']],
    [['enum Numbers { One = 1, Two }', 'Numbers[1]', 'Numbers.Two + 1']],
    [
      [
        'abstract class Base { abstract m(): number }',
        'class Sub extends Base { m() { return 1 } }',
        'new Sub().m()',
      ],
    ],
    [
      [
        'class P { #a = 1; static s = 2; constructor(readonly b: number) {} get c() { return this.#a } }',
        'new P(1).c',
      ],
    ],
    [['declare global { interface Array<T> { added?: T } var declared: number }', '[1].added']],
    [
      [
        'declare module "nobody" { export const there: number }',
        'type Nobody = typeof import("nobody").there',
      ],
    ],
    [['namespace Outer { export namespace Inner { export const deep = 1 } }', 'Outer.Inner.deep']],
    [['type Tree = { left?: Tree; value: number }', 'const tree: Tree = { left: { value: 1 }, value: 2 }']],
    [
      [
        'function over(a: string): string; function over(a: number): number; function over(a: any) { return a }',
        'over(1)',
      ],
    ],
    [['const tupled = [1, "a"] as const; tupled[1].length']],
    [
      [
        'let narrowed: string | number = Math.random() > 2 ? 1 : "a"',
        'if (typeof narrowed === "string") narrowed.length',
      ],
    ],
  ])('%j', async (cells) => {
    await quiet(...cells);
  });
});

describe('modules', () => {
  it.each([
    [['import plain from "@scope/plain"', 'plain.plainly().deep']],
    [['import { packed } from "typed-pack"', 'packed(1).packing.length']],
    [['import rows from "./data.json"', 'rows.rows[0]?.toFixed()']],
    [['import rows2 from "./data.json" with { type: "json" }', 'rows2.title.length']],
    [['import { help } from "./helpers.ts"', 'help(1).length']],
    [['import kit from "./lib/tools.ts"', 'new kit().part']],
    [['import old from "./old.js"', 'old']],
    [['import * as everything from "./helpers.ts"', 'everything.helper']],
    [['import fs1 = require("node:fs")', 'fs1.existsSync("a")']],
    [['const path1 = require("node:path")', 'path1.join("a", "b")']],
    [['const { join: join3 } = await import("node:path")', 'join3("a")']],
    [['__dirname.length + __filename.length', 'import.meta.url.length', 'import.meta.dirname']],
    [
      [
        'import "./helpers.ts"',
        'import type { Shape } from "./helpers.ts"',
        'let shaped: Shape = { sides: 3 }',
      ],
    ],
    [
      [
        'import process1 from "node:process"; import { setTimeout as wait } from "node:timers/promises"',
        'await wait(1)',
      ],
    ],
    [['import os from "os"', 'os.cpus().length']],
    [['export * from "node:path"']],
    [['require.resolve("typed-pack")']],
  ])('%j', async (cells) => {
    await quiet(...cells);
  });

  it('WebAssembly', async () => {
    const load = `const { instance } = await WebAssembly.instantiate(Buffer.from("${WASM}", "hex"))`;
    await quiet(load, '(instance.exports.add as (a: number, b: number) => number)(1, 2)');
  });
});

describe('names that only the runtime knows', () => {
  it.each([
    [['globalThis.put = 1', 'put + 1']],
    [['(0, eval)("var evaluated = 1")', 'evaluated + 1']],
    [['Object.assign(globalThis, { assigned: { deep: 1 } })', 'assigned.deep']],
  ])('%j', async (cells) => {
    await quiet(...cells);
  });

  it('a name of a cell that is run again later', async () => {
    const use = 'const used = typeof settled === "undefined" ? 0 : settled';
    await quiet('const settled = 1', use, 'const settled = "text"', use, 'const settled = 1', use);
  });
});

describe('what is preloaded', () => {
  it.each([
    ...['tf.tensor([1]).dispose()', 'tf.tidy(() => tf.scalar(1).dataSync()[0])', 'backend', 'losses.huber'],
    ...[
      'losses.meanSquaredError([1], [2]).dataSync()',
      'optimizers.sgd({ learningRate: 0.1 })',
      'transforms',
      'liveChart().push({ loss: 1 })',
      'for (const i of progress(3)) i;',
      'schedules.cosineDecay({ initialValue: 0.1, decaySteps: 10 })(5)',
    ],
    ...[
      'datasets',
      'display(1)',
      'html`<b>a</b>`',
      'md`**a**`',
      'svg`<svg></svg>`',
      'table([{ a: 1 }])',
      'vegaLite',
    ],
    ...['typeof prompt', 'typeof confirm', 'typeof input', 'comms', 'let typed1: tf.Tensor = tf.scalar(1)'],
  ])('%s', async (cell) => {
    await quiet(cell);
  });

  it('a whole chapter', async () => {
    const { cells } = JSON.parse(readFileSync('notebooks/01-loss-functions.ipynb', 'utf8')) as {
      cells: { cell_type: string; source: string | string[] }[];
    };
    const code = cells.filter(({ cell_type }) => cell_type === 'code');
    await quiet(...code.map(({ source }) => [source].flat().join('')));
  });
});
