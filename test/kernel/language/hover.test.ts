import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { inspectAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import { PROJECT, writeFiles } from '../support/packages.ts';

const set = kernels();
let client: KernelClient;

const SCALE = `/**
 * Scales a number, \`a < b\`.
 *
 * @param value what is scaled
 * @param factor by how much
 * @returns the product
 * @example scale(2, 3)
 * @deprecated use times
 */
function scale(value: number, factor = 2): number {
  return value * factor;
}`;

const CELLS = [
  SCALE,
  `function pick(key: 'a'): number; function pick(key: string): string; function pick(key: string): unknown { return key }
/** Wraps. */
const wrap = <T extends object>(value: T): { wrapped: T } => ({ wrapped: value });
/** A dog. */
class Dog<T> extends Array<T> {
  /** Its name. */
  name = 'rex';
  static kind = 'dog';
  constructor(readonly legs: number) { super() }
  /** Barks. */
  bark(times: number): string { return 'wuff' }
  get loud(): boolean { return true }
}
/** A place. */
interface Place {
  /** In metres. */
  height: number;
  label?: string;
}
/** Either. */
type Either<A, B = string> = { left: A } | { right: B };
/** Colours. */
enum Colour {
  /** As blood. */
  Red,
  Green = 'g',
}
/** A space. */
namespace Geo {
  /** Ours. */
  export const earth = 1;
}
0`,
  `const fixed = 5; let loose = 5; let text = 'a<b>&"c"'; const list = [3, 1, 2];
const object = { a: 1, b: { c: [1] } }; let place: Place = { height: 1 }; const dog = new Dog<number>(4);
const nil = null; const big = 10n; const map = new Map([['a', 1]]); const bytes = new Uint8Array([1, 2]);
let any1: any = { z: 1 }; const t = tf.tensor2d([[1, 2], [3, 4]]); const long = 'x'.repeat(5000);
import path, { join } from 'node:path'; import { packed } from 'typed-pack'; import plain from '@scope/plain'; 0`,
];

beforeAll(async () => {
  writeFiles(set.folder, PROJECT);
  client = await set.start();
  for (const cell of CELLS) await resultOf(client, cell);
  await typed(client, 'tf');
});

const DOCUMENTED = `function scale(value: number, factor?: number): number

Scales a number, \`a < b\`.

@param value — what is scaled

@param factor — by how much

@returns — the product

@example
\`\`\`tsx
scale(2, 3)
\`\`\`


@deprecated — use times`;

const WRAP = `const wrap: <{
    a: number;
}>(value: {
    a: number;
}) => {
    wrapped: {
        a: number;
    };
}

Wraps.`;

describe('functions', () => {
  it.each([
    ['scale‸', DOCUMENTED],
    ['sca‸le(1, 2)', DOCUMENTED],
    ['‸scale(1, 2)', DOCUMENTED],
    ['scale(1, ‸', DOCUMENTED],
    ['scale(scale(1), ‸)', DOCUMENTED],
    ['scale(pick("a‸', "function pick(key: 'a'): number"],
    ['let q = "😀"; scale‸', DOCUMENTED],
    ['let a = 1;\r\nlet b = scale‸(1)', DOCUMENTED],
    ['type X = ReturnType<typeof sca‸le>', DOCUMENTED],
    ['pick‸', "function pick(key: 'a'): number\nfunction pick(key: string): string"],
    ['pick‸("b")', 'function pick(key: string): string'],
    ['wrap‸', 'const wrap: <T extends object>(value: T) => {\n    wrapped: T;\n}\n\nWraps.'],
    ['wrap‸({ a: 1 })', WRAP],
    ['function local(a: string): number { return 1 }; local‸', 'function local(a: string): number'],
    ['Math.sqrt‸', /^\(method\) Math\.sqrt\(x: number\): number\n\nReturns the square root/],
    ['Math.max(1, ‸', /^\(method\) Math\.max\(\.\.\.values: number\[\]\): number/],
    ['list.map‸((n) => n)', /^\(method\) Array<number>\.map<number>\(callbackfn: /],
    ['join‸', /^\(method\) path\.PlatformPath\.join\(\.\.\.paths: string\[\]\): string\n\nJoin all/],
    ['import { joi‸n } from "node:path"', /^\(method\) path\.PlatformPath\.join/],
    ['packed‸', 'function packed(a: number): {\n    packing: string;\n}\n\nPacks.'],
    ['tf.tensor2d‸', /^function tensor2d\(values: TensorLike2D, shape\?: \[number, number\]/],
    ['tf.linalg.eigh‸', /eigh\(x: TensorLike\): \[.*\n\nThe eigenvalues and eigenvectors/],
    ['losses.huber‸', /^function huber\((?:.*\n){3}\nHuber's loss: .*\n\n`L = mean/],
    ['losses.huber(‸', /^function huber\(.*\n\nHuber's loss: /],
    ['prompt‸', /^function prompt\(message\?: string, initial\?: string\): string \| null\n\nAsks the user/],
    ['display‸', /^const display: Display\n\nShow a value at once/],
  ])('%j', async (marked, expected) => {
    const shown = await inspectAt(client, marked);
    if (typeof expected === 'string') expect(shown).toBe(expected);
    else expect(shown).toMatch(expected);
  });
});

describe('classes, types and their members', () => {
  it.each([
    ['Dog‸', 'class Dog<T>\n\nA dog.'],
    ['new Dog‸<number>(4)', 'constructor Dog<number>(legs: number): Dog<number>\n\nA dog.'],
    ['new Dog(‸', 'constructor Dog<unknown>(legs: number): Dog<unknown>\n\nA dog.'],
    ['dog.bark‸', '(method) Dog<number>.bark(times: number): string\n\nBarks.'],
    ['dog.bark(‸', '(method) Dog<number>.bark(times: number): string\n\nBarks.'],
    ['dog.name‸', '(property) Dog<number>.name: string\n\nIts name.\n\nValue: "rex"'],
    ['dog.legs‸', '(property) Dog<number>.legs: number\n\nValue: 4'],
    ['dog.loud‸', '(accessor) Dog<number>.loud: boolean\n\nValue: true'],
    ['Dog.kind‸', '(property) Dog<T>.kind: string\n\nValue: "dog"'],
    ['Place‸', 'interface Place\n\nA place.'],
    ['let p: Pla‸ce', 'interface Place\n\nA place.'],
    ['({ height: 1 } satisfies Pla‸ce)', 'interface Place\n\nA place.'],
    ['let p: Place = { hei‸ght: 1 }', '(property) Place.height: number\n\nIn metres.'],
    ['place.height‸', '(property) Place.height: number\n\nIn metres.\n\nValue: 1'],
    ['place?.hei‸ght', '(property) Place.height: number\n\nIn metres.\n\nValue: 1'],
    ['place.label‸', '(property) Place.label?: string | undefined'],
    [
      'let e: Either‸<number>',
      'type Either<A, B = string> = {\n    left: A;\n} | {\n    right: B;\n}\n\nEither.',
    ],
    ['Colour‸', 'enum Colour\n\nColours.'],
    ['let c: Col‸our', 'enum Colour\n\nColours.'],
    ['Colour.Red‸', '(enum member) Colour.Red = 0\n\nAs blood.\n\nValue: 0'],
    ['Colour.Green‸', '(enum member) Colour.Green = "g"\n\nValue: "g"'],
    ['Geo‸', 'namespace Geo\n\nA space.'],
    ['Geo.earth‸', 'const Geo.earth: 1\n\nOurs.'],
    ['class K { prop‸ = 1 }', '(property) K.prop: number'],
    ['class K { #priv = 1; m() { return this.#pri‸v } }', '(property) K.#priv: number'],
  ])('%j', async (marked, expected) => {
    expect(await inspectAt(client, marked)).toBe(expected);
  });
});

describe('values', () => {
  it.each([
    ['fixed‸', 'const fixed: 5'],
    ['typeof fix‸ed', 'const fixed: 5'],
    ['loose‸', 'let loose: number\n\nValue: 5'],
    ['loose‸ = 6', 'let loose: number\n\nValue: 5'],
    ['text‸', 'let text: string\n\nValue: "a<b>&\\"c\\""'],
    ['list‸', 'const list: number[]\n\nValue: Array(3) [ 3, 1, 2 ]'],
    ['list[0]‸', 'list[0]: number\n3'],
    ['object.b‸', '(property) b: {\n    c: number[];\n}\n\nValue: Object { c: Array(1) }'],
    ['object.b.c‸', '(property) c: number[]\n\nValue: Array(1) [ 1 ]'],
    ['place‸', 'let place: Place\n\nValue: Object { height: 1 }'],
    ['dog‸', 'const dog: Dog<number>\n\nValue: Dog(0) [  ]'],
    ['nil‸', 'const nil: null'],
    ['big‸', 'const big: 10n'],
    ['map‸', 'const map: Map<string, number>\n\nValue: Map(1) { size: 1 }'],
    ['bytes‸', 'const bytes: Uint8Array<ArrayBuffer>\n\nValue: Uint8Array(2) [ 1, 2 ]'],
    ['any1‸', 'let any1: any\n\nValue: Object { z: 1 }'],
    ['any1.z‸', 'any1.z: number\n1'],
    ['t‸', /^const t: Tensor2D\n\nValue: Tensor \{ .*shape: Array\(2\), dtype: "float32"/],
    [
      't.shape‸',
      /^\(property\) Tensor<Rank\.R2>\.shape: \[number, number\]\n\nThe shape .*\n\nValue: Array\(2\)/,
    ],
    ['path‸', /^const path: path\.PlatformPath\n\nValue: Object /],
    ['plain‸', 'plain: Object\nObject { plainly: function, size: 3 }'],
    ['plain.size‸', 'plain.size: number\n3'],
    ['tf‸', 'namespace tf'],
    ['losses‸', 'namespace losses'],
    ['function g(param: Place) { return par‸am }', '(parameter) param: Place'],
    ['function g(par‸am: Place) {}', '(parameter) param: Place'],
    ['list.map((n) => n‸ * 2)', '(parameter) n: number'],
    ['const local = fixed * 2; loc‸al', 'const local: number'],
    ['const w‸ = wrap({ a: 1 })', /^const w: \{\n {4}wrapped: \{/],
    ['{ const inner = "a"; inn‸er }', 'const inner: "a"'],
  ])('%j', async (marked, expected) => {
    const shown = await inspectAt(client, marked);
    if (typeof expected === 'string') expect(shown).toBe(expected);
    else expect(shown).toMatch(expected);
  });

  it('a long value is cut', async () => {
    const shown = await inspectAt(client, 'long‸');
    expect(shown).toMatch(/^const long: string\n\nValue: "xxx/);
    expect(shown?.length).toBeLessThan(2100);
  });

  it.each([
    '"te‸xt"',
    '5‸',
    'nope‸',
    '// sca‸le',
    '"sca‸le"',
    'const‸ x = 1',
    '',
    ' ‸',
    '1 + ‸',
    'lab‸el: 1',
  ])('nothing of %j', async (marked) => {
    expect(await inspectAt(client, marked.includes('‸') ? marked : '‸')).toBeUndefined();
  });

  it('names no file of this machine', async () => {
    await resultOf(client, 'import * as fs from "node:fs"; 0');
    const shown = await inspectAt(client, 'fs.readFileSync‸');
    expect(shown).toContain('the asynchronous version of\nthis API: `readFile`.');
    expect(shown).not.toContain('file:');
  });
});

describe('the formats', () => {
  const data = async (code: string, detail: 0 | 1 = 0): Promise<Json> =>
    (await client.inspect(code, [...code].length, detail)).data as Json;

  it('are three, the source at detail level 1 in each', async () => {
    for (const detail of [0, 1] as const) {
      const formats = await data('scale', detail);
      expect(Object.keys(formats).sort()).toEqual(['text/html', 'text/markdown', 'text/plain']);
      for (const text of Object.values(formats) as string[]) {
        expect(text).toContain('function scale(value: number, factor?: number): number');
        expect(text).toContain('what is scaled');
        expect(text.includes('return value * factor;')).toBe(detail === 1);
      }
    }
    expect((await data('scale', 1))['text/plain']).toBe(`${DOCUMENTED}\n\n${SCALE}`);
  });

  it('markdown has code in fences, HTML has nothing of the user as tags', async () => {
    const { 'text/markdown': markdown, 'text/html': html } = await data('scale');
    expect(markdown).toMatch(/^```typescript\nfunction scale\(.*\n```\n\nScales a number, `a < b`\./);
    expect(html).toContain('<p>Scales a number, <code>a &lt; b</code>.</p>');
    const { 'text/html': value } = await data('text');
    expect(value).toBe(
      '<pre>let text: string</pre><p>Value: <code>&quot;a&lt;b&gt;&amp;\\&quot;c\\&quot;&quot;</code></p>',
    );
    const { 'text/html': generic } = await data('Dog');
    expect(generic).toBe('<pre>class Dog&lt;T&gt;</pre><p>A dog.</p>');
  });
});
