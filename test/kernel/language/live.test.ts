import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { completeAt } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';

/** What is answered where there is no language server. */
const LIVE = { env: { DESCENT_LANGUAGE_SERVER: 'off' } };

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start(LIVE);
  await resultOf(
    client,
    'const object = { alpha: 1, "not a name": 2, beta() { return 1 } }; const users = [{ name: "a", age: 1 }, { name: "b", age: 2 }]; const at = 1; const dict: Record<string, { value: number }> = { k: { value: 1 } }; const key = "k"; const nested = { in: object }; function twice(x: number) { return 2 * x }',
  );
});

describe('complete', () => {
  it.each([
    ['object.al‸', ['alpha'], 'al'],
    ['let a = "😀😀"; object.al‸', ['alpha'], 'al'],
    ['"é漢😀"; object.al‸ + "😀"', ['alpha'], 'al'],
    ['/* 😀 */ twic‸', ['twice'], 'twic'],
    ['Math.sq‸', ['sqrt'], 'sq'],
    ['"text".toUpp‸', ['toUpperCase'], 'toUpp'],
    ['no_such_name.a‸', [], 'a'],
    ['3.‸', [], ''],
    ['users[at].ag‸', ['age'], 'ag'],
    ['users[users.length - 1].na‸', ['name'], 'na'],
    ['dict[key].val‸', ['value', 'valueOf'], 'val'],
    ['nested[ "in" ].al‸', ['alpha'], 'al'],
    ['nested!.in!.al‸', ['alpha'], 'al'],
    ['nested?.["in"]!.al‸', ['alpha'], 'al'],
    ['(nested.in as any).al‸', ['alpha'], 'al'],
    ['(<any>nested.in).al‸', ['alpha'], 'al'],
    ['f(1, nested.in).no‸ + (', [], 'no'],
    ['/a[/]b/g.exe‸', ['exec'], 'exe'],
    ['1 / 2 / nested.in.al‸', ['alpha'], 'al'],
    [`\`a\${nested.in.al‸`, ['alpha'], 'al'],
    [`\`a\${1}\`.toUpp‸`, ['toUpperCase'], 'toUpp'],
    ['if (1) [1].flatM‸', ['flatMap'], 'flatM'],
    ['users\n  .filter(({ age }: { age: number }) => age > 1 /* ) */)\n  .flatM‸', ['flatMap'], 'flatM'],
    ['new Map<string, number[]>([]).forE‸', ['forEach'], 'forE'],
    ['object!.Prom‸', [], 'Prom'],
    ['no_such_name().Prom‸', [], 'Prom'],
    ['(await users).Prom‸', [], 'Prom'],
    ['"in a string.‸', [], ''],
    ['// in a comment Prom‸', [], ''],
    ['nested["i‸"]', ['in'], 'i'],
    ["object['‸", ['alpha', 'not a name', 'beta'], ''],
    ['["i‸', [], ''],
  ])('%s', async (marked, expected, range) => {
    expect(await completeAt(client, marked)).toMatchObject({ matches: expected, range });
  });

  it('says the type of each match, in the experimental metadata', async () => {
    const { matches, types } = await completeAt(client, 'object.‸');
    expect(types.map(({ text }) => text)).toEqual(matches);
    expect(types).toContainEqual({ start: 7, end: 7, text: 'beta', type: 'function' });
  });

  it.each([
    ['brackets', '('.repeat(300_000)],
    ['accesses', 'a['.repeat(150_000)],
    ['regular expressions', '/['.repeat(150_000)],
    ['members', 'no_such.'.repeat(50_000)],
    ['words', 'of '.repeat(100_000)],
    ['templates', '`${'.repeat(100_000)],
    ['lone surrogates', '"\ud800".x + \udfff'],
  ])('answers in no time after %s', async (_, code) => {
    const began = performance.now();
    expect(await client.complete(`${code}.x`)).toMatchObject({ status: 'ok', matches: [] });
    expect(await client.inspect(`${code}x`)).toMatchObject({ status: 'ok', found: false });
    expect(performance.now() - began).toBeLessThan(1500);
  });

  it('takes a cursor behind the end for the end, and refuses one that is no whole number', async () => {
    expect((await client.complete('Math.sq', 100)).matches).toEqual(['sqrt']);
    for (const cursor of [-1, 1.5]) {
      expect(await client.complete('Math.sq', cursor)).toMatchObject({
        status: 'error',
        ename: 'RequestError',
      });
    }
  });

  it('knows the toolkit before anything of it was used, its functions first', async () => {
    const fresh = await set.start(LIVE);
    const timeout = 20_000;
    // On a busy machine a name is loaded when its first questions have been given up.
    const completed = async (code: string): Promise<unknown> => (await fresh.complete(code)).matches;
    await expect.poll(() => completed('losses.'), { timeout }).toContain('huber');
    const { types } = await completeAt(fresh, 'losses.‸');
    expect(types).toContainEqual({ start: 7, end: 7, text: 'huber', type: 'function' });
    await expect.poll(() => completed('tf.tens'), { timeout }).toContain('tensor2d');
    expect((await fresh.complete('(tf as any).tens')).matches).toContain('tensor2d');
    const all = (await fresh.complete('tf.')).matches as string[];
    expect(all.slice(0, 20).join('')).toMatch(/^[a-z]/);
    expect(all.indexOf('add')).toBeLessThan(all.indexOf('Add'));
    for (const name of ['vegaLite', 'optimizers.sgd']) {
      const shown = async (): Promise<string> => JSON.stringify((await fresh.inspect(name)).data);
      await expect.poll(shown, { timeout }).toContain(`function ${name}(`);
    }
  });

  it('answers the same however many questions are asked at once', async () => {
    const asked = Array.from({ length: 100 }, () => completeAt(client, 'nested.in.al‸'));
    for (const { matches } of await Promise.all(asked)) expect(matches).toEqual(['alpha']);
  });

  it('says which names are functions', async () => {
    const { types } = await completeAt(client, 'twic‸');
    expect(types).toEqual([{ start: 0, end: 4, text: 'twice', type: 'function' }]);
  });

  it('runs nothing of the user', async () => {
    await resultOf(client, 'let touched = 0; const trap = { get deep() { touched++; return { x: 1 } } }');
    await completeAt(client, 'trap.deep.‸');
    await completeAt(client, '(touched = 5).‸');
    await completeAt(client, 'trap["deep"].‸');
    await completeAt(client, '[touched++].‸');
    await completeAt(client, 'twice(1).‸');
    await client.inspect('trap.deep');
    expect(await resultOf(client, 'touched')).toBe('0');
  });

  it('gives up a call that does not end, and lets the cell that computes go on', async () => {
    await resultOf(client, 'function spin() { while (true); }; 0');
    const code = 'const end = Date.now() + 800; while (Date.now() < end); "ended"';
    const running = client.execute(code, { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await completeAt(client, 'spin().‸')).matches).toEqual([]);
    expect(await running).toMatchObject({ outputs: [{ data: { 'text/plain': "'ended'" } }] });
  });
});

describe('inspect', () => {
  it('shows the signature, and the source at detail level 1', async () => {
    const brief = await client.inspect('twice', 3, 0);
    const full = await client.inspect('twice', 3, 1);
    expect([brief.found, full.found]).toEqual([true, true]);
    for (const { data } of [brief, full]) {
      expect(Object.keys(data as Json).sort()).toEqual(['text/html', 'text/markdown', 'text/plain']);
    }
    expect((brief.data as Json)['text/plain']).not.toContain('return');
    expect((full.data as Json)['text/plain']).toContain('return 2 * x');
  });

  it.each([
    ['const list = [3, 1, "x"]', 'list', 'list: Array\nArray(3) [ 3, 1, "x" ]'],
    ['const bytes = new Uint8Array([1, 2])', 'bytes', 'bytes: Uint8Array\nUint8Array(2) [ 1, 2 ]'],
    ['const maker = { make() {}, n: 1 }', 'maker', 'maker: Object\nObject { make: function, n: 1 }'],
    [
      'const add = (a: number, b = { c: [2] }, ...rest: number[]) => a',
      'add',
      'add: function\nfunction add(a: number, b = { c: [2] }, ...rest: number[])',
    ],
    [
      'const later = async ({ x }: { x: number }) => x',
      'later',
      'later: function\nasync function later({ x }: { x: number })',
    ],
  ])('%s', async (code, name, expected) => {
    await resultOf(client, `${code}; 0`);
    expect(((await client.inspect(name)).data as Json)['text/plain']).toBe(expected);
  });

  it('counts code points before the cursor', async () => {
    const code = '"😀😀😀"; object';
    const { data } = await client.inspect(code, [...code].length - 2);
    expect((data as Json)['text/plain']).toContain('alpha');
  });

  it('finds nothing where there is nothing', async () => {
    for (const code of ['', ' ', 'no_such_name', '1 + ', '😀']) {
      expect(await client.inspect(code)).toEqual({ status: 'ok', found: false, data: {}, metadata: {} });
    }
  });
});
