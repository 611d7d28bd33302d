import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { completeAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
let client: KernelClient;

const CELLS = [
  `interface Point { x: number; y: number; label?: string }
interface Box<T> { value: T; map<U>(f: (v: T) => U): Box<U>; readonly tags: string[] }
let point: Point = { x: 1, y: 2 }; let maybe: Point | undefined = undefined;
let either: { kind: 'a'; alpha: number } | { kind: 'b'; beta: string } = JSON.parse('{"kind":"a","alpha":1}');
const points: Point[] = [point]; const byName = new Map<string, Point>([['p', point]]);
const unique = new Set<Point>(); const fn = (a: Point) => a;
async function load(): Promise<Point> { return point }
async function* each(): AsyncGenerator<{ part: number }> { yield { part: 1 } }
function boxOf<T>(value: T): Box<T> { return { value, map: (f) => boxOf(f(value)), tags: [] } }
const { x: px, ...others } = point; const [first, ...moreOf] = points; const pair: [Point, string] = [point, 's'];
class Account { #secret = { pin: 1 }; static count = 0; static make(): Account { return new Account() }
  private hidden = 1; protected kept = 2; owner = { name: 'a' };
  get balance(): Point { return point } deposit(amount: number): this { return this } }
class Savings extends Account { rate = 1 }
const account = new Account(); const savings = new Savings();
const text = 'abc'; const tuple = [1, 'a'] as const; 0`,
  `const mark = Symbol('mark'); namespace inside { export const held = 1; export function f() {} } class Marked { [mark] = 1; shown = 2; [Symbol.iterator]() {} } const marked = new Marked();
const anything: any = { dynamic: { deep: 1 }, other: 2 }; const parsed = JSON.parse('{"alpha": {"beta": 1}}'); 0`,
  `function untyped(a, b) { return { sum: a + b } } var old = { k: 1 }; var Old = function () { this.v = 1 }; 0`,
];

beforeAll(async () => {
  client = await set.start();
  for (const cell of CELLS) await resultOf(client, cell);
  await typed(client);
});

const POINT = ['label', 'x', 'y'];

describe('members of a value', () => {
  it.each<[string, string[], string?]>([
    ['point.‸', POINT],
    ['marked.‸', ['shown']],
    ['inside.‸', ['f', 'held']],
    ['table([]).‸', ['toString']],
    ['point.la‸', ['label'], 'la'],
    ['maybe?.‸', POINT],
    ['maybe!.‸', POINT],
    ['(maybe ?? point).‸', POINT],
    ['(maybe || point).‸', POINT],
    ['(maybe ? maybe : point).‸', POINT],
    ['either.‸', ['kind']],
    ['if (either.kind === "a") either.‸', ['alpha', 'kind']],
    ['switch (either.kind) { case "b": either.‸ }', ['beta', 'kind']],
    ['points[0].‸', POINT],
    ['points[0]!.‸', POINT],
    ['points.at(-1)?.‸', POINT],
    ['byName.get("p")!.‸', POINT],
    ['byName.get("p")?.‸', POINT],
    ['(await load()).‸', POINT],
    ['load().the‸', ['then'], 'the'],
    ['load().then((p) => p.‸', POINT],
    ['(await Promise.all([load()]))[0].‸', POINT],
    ['Promise.all([load(), 1]).then(([p]) => p.‸', POINT],
    ['for await (const e of each()) e.‸', ['part']],
    ['boxOf(1).‸', ['map', 'tags', 'value']],
    ['boxOf(point).value.‸', POINT],
    ['boxOf(point).map((v) => v.x).value.toF‸', ['toFixed'], 'toF'],
    ['others.‸', ['label', 'y']],
    ['first!.‸', POINT],
    ['moreOf[0]!.‸', POINT],
    ['pair[0].‸', POINT],
    ['pair[1].toUpp‸', ['toUpperCase'], 'toUpp'],
    ['tuple[0].toF‸', ['toFixed'], 'toF'],
    ['text.toUpp‸', ['toUpperCase'], 'toUpp'],
    ['new Map([["a", point]]).get("a")?.‸', POINT],
    ['Object.entries({ a: point }).map(([k, v]) => v.‸', POINT],
    ['Object.fromEntries(byName).z.‸', POINT],
    ['(point as Point).‸', POINT],
    ['(<Point>point).‸', POINT],
    ['(point satisfies Point).‸', POINT],
    ['fn(point).‸', POINT],
    ['(0, point).‸', POINT],
    ['let q = point;\nlet r = q;\nr.‸\nlet z = 1', POINT],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });
});

describe('members of classes', () => {
  it.each<[string, string[], string?]>([
    ['account.‸', ['balance', 'deposit', 'owner']],
    ['account.owner.‸', ['name']],
    ['account.balance.‸', POINT],
    ['account.deposit(1).ow‸', ['owner'], 'ow'],
    ['savings.deposit(1).ra‸', ['rate'], 'ra'],
    ['new Savings().‸', ['balance', 'deposit', 'owner', 'rate']],
    ['account["own‸', ['owner'], 'own'],
    ['account?.["own‸"]', ['owner'], 'own'],
    ['class Other extends Account { test() { this.‸ } }', ['balance', 'deposit', 'kept', 'owner', 'test']],
    ['class Q { #a = 1; b = 2; m() { this.‸', ['b', 'm', '#a']],
    ['class Q { #abc = 1; abd = 2; m() { this.#‸ } }', ['#abc'], '#'],
    ['class Q { #abc = 1; #b = 2; m() { this.#ab‸ } }', ['#abc'], '#ab'],
    ['Account.make().own‸', ['owner'], 'own'],
    ['({ a: 1, m() { return this.‸ } })', ['a', 'm']],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });

  it.each([
    ['Account.‸', ['count', 'make']],
    ['class Q { static s = 1; static m() { this.‸ } }', ['m', 's']],
  ])('%s: own static members come before those of all functions', async (marked, expected) => {
    const { matches } = await completeAt(client, marked);
    expect(matches.slice(0, expected.length)).toEqual(expected);
    expect(matches).toContain('apply');
  });
});

describe('members of parameters and local names', () => {
  it.each<[string, string[], string?]>([
    ['points.map((p) => p.‸', POINT],
    ['points.map(p => p.‸)', POINT],
    ['points.map(function (p) { return p.‸ })', POINT],
    ['points.filter(({ x }) => x.toF‸', ['toFixed'], 'toF'],
    ['points.reduce((sum, p) => sum + p.‸, 0)', POINT],
    ['[...points].sort((a, b) => a.x - b.‸', POINT],
    ['unique.forEach((u) => u.‸', POINT],
    ['for (const p of points) { p.‸', POINT],
    ['for (const [k, v] of byName) { v.‸ }', POINT],
    ['for (const [k, v] of byName) { k.toUpp‸ }', ['toUpperCase'], 'toUpp'],
    ['function outer() { function inner(q: Point) { return q.‸ } }', POINT],
    ['function outer(q: Point) { const local = { here: q }; local.‸ }', ['here']],
    ['const f = (p: Point) => { const t = p; t.‸', POINT],
    ['(async () => { const p = await load(); p.‸ })', POINT],
    ['const fns: Record<string, (o: Point) => void> = { a(o) { o.‸ } }', POINT],
    ['const { ‸ } = point', ['x', 'y', 'label']],
    ['const { x, ‸ } = point', ['y', 'label']],
    ['const { la‸ } = point', ['label'], 'la'],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });
});

describe('members of what has no types', () => {
  it.each<[string, string[], string?]>([
    ['anything.dyn‸', ['dynamic'], 'dyn'],
    ['anything.dynamic.de‸', ['deep'], 'de'],
    ['parsed.al‸', ['alpha'], 'al'],
    ['parsed.alpha.be‸', ['beta'], 'be'],
    ['untyped(1, 2).‸', ['sum']],
    ['old.‸', ['k']],
    ['new Old().v‸', ['v', 'valueOf'], 'v'],
    ['point.nope.‸', []],
    ['nope.‸', []],
    ['nope().‸', []],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });
});
