// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the code asked about has templates
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { completeAt, inspectAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
  await resultOf(client, 'let shape = { second: "b" }; let point = { x: 1, y: 2 }; 0');
  await typed(client);
});

const SECOND: [string[], string] = [['second'], 'sec'];

describe('where the cursor is', () => {
  it.each<[string, string[], string]>([
    ['"😀".toUpp‸', ['toUpperCase'], 'toUpp'],
    ['let a = "😀😀"; shape.sec‸', ...SECOND],
    ['"e\u0301\u0301"; shape.sec‸', ...SECOND],
    ['"漢😀"; /* 👩‍👩‍👧 */ shape.sec‸ + "😀"', ...SECOND],
    ['`😀${shape.sec‸}😀`', ...SECOND],
    ['let a = 1;\r\nlet b = "😀";\r\nshape.sec‸', ...SECOND],
    ['let a = 1;\rshape.sec‸', ...SECOND],
    ['let a = 1; // \u2028\nshape.sec‸', ...SECOND],
    ['if (1) {\r\n\tshape.sec‸\r\n}', ...SECOND],
    ['\t\tshape.sec‸', ...SECOND],
    ['"\ud800"; shape.sec‸', ...SECOND],
    ['"\udc00\ud800"; shape.sec‸ ', ...SECOND],
    ['\ufeffshape.sec‸', ...SECOND],
    ['const 変数 = { 鍵: 1 }; 変数.‸', ['鍵'], ''],
    ['const 変数 = { 鍵: 1 }; 変‸', ['変数'], '変'],
    ['const 𝒳 = { y: 1 }; 𝒳.‸', ['y'], ''],
    ['const 𝒳𝒳 = 1; 𝒳‸', ['𝒳𝒳'], '𝒳'],
    ['shape.sec‸ond', ...SECOND],
    ['sha‸pe.second', ['shape'], 'sha'],
    ['sh‸ape', ['shape'], 'sh'],
    ['point.‸x', ['x', 'y'], ''],
    ['point.x.toFix‸ed', ['toFixed'], 'toFix'],
    ['shape . sec‸', ...SECOND],
    ['shape\n.sec‸', ...SECOND],
    ['shape.\n  sec‸', ...SECOND],
    ['shape/* a */.sec‸', ...SECOND],
    ['shape?.sec‸', ...SECOND],
    ['shape!.sec‸', ...SECOND],
    ['shape.second.length.toF‸', ['toFixed'], 'toF'],
    ['/re/.te‸', ['test'], 'te'],
    ['/[/"]/.te‸', ['test'], 'te'],
    ['1..toF‸', ['toFixed'], 'toF'],
    ['(1).toF‸', ['toFixed'], 'toF'],
    ['1n.toS‸', ['toString'], 'toS'],
    ['[1, 2].flatM‸', ['flatMap'], 'flatM'],
    ['// one\nshape.sec‸ // two', ...SECOND],
    ['const long = `\n\n${1}\n`;\n\nshape.sec‸\n\n', ...SECOND],
  ])('%j', async (marked, matches, range) => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });
});

describe('code under way', () => {
  it.each([
    ...['f({ a: [shape.‸', 'f(`x ${ [shape.‸', '`${shape.‸', '`${shape.‸}`', '`a${1}b${shape.‸} c`'],
    ...['void shape.‸;', 'return shape.‸', 'shape.second + shape.‸ * 2', '!shape.‸', '-shape.‸', '[shape.‸]'],
    ...['({ a: shape.‸ })', 'if (shape.‸', 'while (shape.‸) {', 'switch (shape.‸) {', 'throw shape.‸'],
    ...['typeof shape.‸', 'using u = shape.‸', '{ shape.‸', '} shape.‸', ') shape.‸', 'let x = ; shape.‸'],
    ...['shape.‸ }', 'shape.‸ )', 'shape.‸\nlet z = "open', 'shape.‸\nfunction (', 'let a: = 1\nshape.‸'],
    ...['const a = {\n  b: shape.‸\n', 'class A { m() { shape.‸', 'import { x } from "nowhere"; shape.‸'],
    ...[
      'for (const a of [1]) { if (a) { [1].map(() => shape.‸',
      'await shape.‸',
      'yield shape.‸',
      '@shape.‸',
    ],
    ...[
      'x = y = shape.‸',
      'shape.second, shape.‸',
      'label: shape.‸',
      'shape.‸\n\n\n',
      '<any>shape.second, shape.‸',
    ],
  ])('%j', async (marked) => {
    expect(await completeAt(client, marked)).toMatchObject({ matches: ['second'], range: '' });
  });
});

describe('where nothing is to be completed', () => {
  it.each([
    ...[
      '// shape.‸',
      '/* shape.‸',
      '/** shape.‸ */',
      '"shape.‸"',
      '`shape.‸`',
      '"a‸',
      "'sha‸'",
      '123‸',
      '1.‸',
    ],
    ...['1.5‸', '0x1‸', '1e5‸', '10n‸', '`${1} sha‸`', 'f("sha‸', '// 😀 sha‸\nshape'],
  ])('%j', async (marked) => {
    expect((await completeAt(client, marked)).matches).toEqual([]);
  });
});

describe('while a cell computes', () => {
  it('types are known, and those of the cell that computes', async () => {
    const code =
      'let busy: { state: "on" } = { state: "on" }; const end = Date.now() + 1500; while (Date.now() < end); "ended"';
    const running = client.execute(code, { timeout: 20_000 });
    await sleep(100);
    expect((await completeAt(client, 'shape.‸')).matches).toEqual(['second']);
    expect((await completeAt(client, 'busy.‸')).matches).toEqual(['state']);
    expect((await completeAt(client, 'const n: { needed: 1 } = { ‸')).matches).toEqual(['needed']);
    expect(await inspectAt(client, 'point‸')).toContain('let point: {\n    x: number;\n    y: number;\n}');
    expect(await running).toMatchObject({ outputs: [{ data: { 'text/plain': "'ended'" } }] });
  });

  it('a question runs nothing of the user', async () => {
    await resultOf(client, 'let touched = 0; const trap = { get deep() { touched++; return { x: 1 } } }; 0');
    for (const marked of ['trap.deep.‸', 'trap.‸', '(touched = 5).‸', '[touched++].‸']) {
      await completeAt(client, marked);
    }
    await inspectAt(client, 'trap.deep‸');
    expect(await resultOf(client, 'touched')).toBe('0');
  });
});
