import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../kernel/client/client.ts';
import type { Output } from '../../kernel/notebook/notebook.ts';
import { descent } from './cli/program.ts';
import { completeAt, typed } from './support/asking.ts';
import { kernels, resultOf, streamText } from './support/kernels.ts';
import { writeFiles } from './support/packages.ts';

/** What users of other TypeScript and JavaScript kernels have asked for most, each as they tell it. */

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

const dataOf = (outputs: readonly Output[]): Record<string, unknown>[] =>
  outputs.flatMap((output) => ('data' in output ? [output.data as Record<string, unknown>] : []));

describe('packages', () => {
  it('a package that is installed while the notebook runs is there without a restart (deno #23218)', async () => {
    const missing = await client.execute('import { late } from "late-package"', { timeout: 20_000 });
    expect(missing.error?.evalue).toContain('late-package');
    writeFiles(set.folder, {
      'node_modules/late-package/package.json':
        '{"name":"late-package","version":"1.0.0","main":"index.js","types":"index.d.ts"}',
      'node_modules/late-package/index.js': 'exports.late = { answer: 42 };',
      'node_modules/late-package/index.d.ts': 'export declare const late: { answer: number };',
    });
    expect(await resultOf(client, 'import { late } from "late-package"; late.answer')).toBe('42');
    await typed(client);
    expect((await completeAt(client, 'late.‸')).matches).toEqual(['answer']);
  });

  it('packages of ES modules only, and import() (tslab #72, ijavascript #267)', async () => {
    writeFiles(set.folder, {
      'node_modules/modern/package.json':
        '{"name":"modern","version":"1.0.0","type":"module","exports":{".":{"import":"./index.js"}}}',
      'node_modules/modern/index.js':
        'await null; export const sum = (a, b) => a + b; export default "modern";',
    });
    expect(await resultOf(client, 'import modern, { sum } from "modern"; modern + sum(1, 2)')).toBe(
      "'modern3'",
    );
    expect(await resultOf(client, 'const loaded = await import("modern"); loaded.sum(2, 3)')).toBe('5');
    expect(await resultOf(client, 'await import("modern").then((found) => found.default)')).toBe("'modern'");
  });
});

describe('running cells', () => {
  it.each(['await new Promise((done) => setTimeout(done, 60_000))', 'while (true);', 'for (;;) await null;'])(
    'Stop keeps the variables: %s (deno #24491)',
    async (code) => {
      await resultOf(client, 'var server = "foo"; let port = 80; 0');
      const running = client.execute(code, { timeout: 30_000 });
      await sleep(300);
      await client.interrupt();
      expect((await running).error).toMatchObject({ ename: 'Interrupted' });
      expect(await resultOf(client, 'server + ":" + port')).toBe("'foo:80'");
    },
  );

  it('an error is shown, and the cell has failed (deno #35356)', async () => {
    const code = 'function inner() {\n  throw new RangeError("too much");\n}\ninner();';
    const { status, error, outputs } = await client.execute(code, { timeout: 20_000 });
    expect(status).toBe('error');
    expect(error).toMatchObject({ ename: 'RangeError', evalue: 'too much' });
    expect(error?.traceback.join('\n')).toMatch(/:2:\d+/);
    expect(outputs.map(({ output_type: type }) => type)).toEqual(['error']);
  });

  it('what a timer prints goes to its own cell, also while others run (ijavascript #58)', async () => {
    const outputs: Output[] = [];
    const start =
      'let ticks = 0; const timer = setInterval(() => { console.log("tick", ++ticks); if (ticks === 3) clearInterval(timer) }, 50)';
    await client.execute(start, { outputs });
    const other = await client.execute(
      'await new Promise((done) => setTimeout(done, 400)); console.log("other")',
      { timeout: 20_000 },
    );
    expect(streamText(other.outputs, 'stdout')).toBe('other\n');
    expect(streamText(outputs, 'stdout')).toBe('tick 1\ntick 2\ntick 3\n');
  });

  it('a local file that changes is loaded anew (deno #24660)', async () => {
    const use = 'import { Local } from "./local.ts"; new Local().say()';
    writeFiles(set.folder, { 'local.ts': 'export class Local { say(): string { return "one" } }' });
    expect(await resultOf(client, use)).toBe("'one'");
    writeFiles(set.folder, { 'local.ts': 'export class Local { say(): string { return "two, longer" } }' });
    expect(await resultOf(client, use)).toBe("'two, longer'");
  });
});

describe('types', () => {
  it('flow from cell to cell, and follow what is declared again', async () => {
    await resultOf(client, 'interface Customer { name: string; orders: { total: number }[] } 0');
    await resultOf(client, 'const customers: Customer[] = [{ name: "a", orders: [{ total: 1 }] }]; 0');
    await typed(client);
    expect((await completeAt(client, 'customers[0]!.‸')).matches).toEqual(['name', 'orders']);
    expect((await completeAt(client, 'customers.flatMap((c) => c.orders.map((o) => o.‸')).matches).toEqual([
      'total',
    ]);
    await resultOf(client, 'const customers = new Map([["a", { city: "b" }]]); 0');
    expect((await completeAt(client, 'customers.get("a")?.‸')).matches).toEqual(['city']);
  });

  it('completion says what is completed: signature and documentation', async () => {
    await resultOf(client, '/** Greets. */ function greetSomebody(name: string): string { return name } 0');
    expect((await completeAt(client, 'greetS‸')).types).toEqual([
      {
        ...{ start: 0, end: 6, text: 'greetSomebody', type: 'function' },
        ...{ signature: 'function greetSomebody(name: string): string', documentation: 'Greets.' },
      },
    ]);
  });
});

describe('showing', () => {
  it.each([
    'table(rows)',
    '({ schema: { fruit: "String", count: "Number" }, head: () => ({ toRecords: () => rows }), toRecords: () => rows })',
  ])('rows and data frames are a table: %s (deno #20739)', async (code) => {
    await resultOf(client, 'const rows = [{ fruit: "banana", count: 1 }, { fruit: "apple", count: 2 }]; 0');
    const { outputs } = await client.execute(code, { timeout: 20_000 });
    const html = String(dataOf(outputs)[0]?.['text/html']);
    for (const text of ['<table', 'fruit', 'banana', 'apple']) expect(html).toContain(text);
  });

  it('several charts in one notebook, each in its cell', async () => {
    const chart = (title: string): string =>
      `vegaLite({ title: '${title}', data: { values: [{ a: 1, b: 2 }] }, mark: 'bar', encoding: { x: { field: 'a' }, y: { field: 'b' } } })`;
    const first = await client.execute(`display(${chart('one')}); display(${chart('two')}); 0`, {
      timeout: 30_000,
    });
    const second = await client.execute(chart('three'), { timeout: 30_000 });
    const titles = [...dataOf(first.outputs), ...dataOf(second.outputs)].flatMap((data) => {
      const spec = Object.entries(data).find(([mime]) => mime.startsWith('application/vnd.vegalite'));
      return spec ? [(spec[1] as { title: string }).title] : [];
    });
    expect(titles).toEqual(['one', 'two', 'three']);
  });

  it('results are shown as their classes say', async () => {
    const inspected = `class Money { constructor(readonly cents: number) {}
  [Symbol.for('nodejs.util.inspect.custom')]() { return this.cents / 100 + ' €' } }
new Money(150)`;
    expect(await resultOf(client, inspected)).toBe('1.5 €');
    const displayed = `({ [Symbol.for('Jupyter.display')]() { return { 'text/plain': 'plain', 'text/html': '<b>rich</b>' } } })`;
    const { outputs } = await client.execute(displayed, { timeout: 20_000 });
    expect(dataOf(outputs)).toEqual([{ 'text/plain': 'plain', 'text/html': '<b>rich</b>' }]);
  });
});

describe('installing', () => {
  it('the kernel is found by Jupyter and VS Code, by paths that exist, and starts (tslab #34 #101, deno #28634)', async () => {
    const prefix = join(set.folder, 'prefix');
    const installed = await descent(['install', '--prefix', prefix], { cwd: set.folder });
    expect(installed.code).toBe(0);
    const file = join(prefix, 'share/jupyter/kernels/descent/kernel.json');
    const spec = JSON.parse(readFileSync(file, 'utf8')) as { argv: string[]; language: string };
    expect(spec).toMatchObject({ language: 'typescript', interrupt_mode: 'message' });
    expect(spec.argv).toContain('{connection_file}');
    // What an upgrade takes away would be a folder with a version in it.
    const versioned = /\/v?\d+\.\d+\.\d+\//;
    const ofTheTests = versioned.test(process.execPath) ? process.execPath : undefined;
    expect(spec.argv.filter((part: string) => part !== ofTheTests && versioned.test(part))).toEqual([]);
    // A notebook anywhere, also in a folder with blanks and letters of all kinds (tslab #58).
    writeFiles(set.folder, { 'a notebook’s folder/data.ts': 'export const here = 1;' });
    const elsewhere = join(set.folder, 'a notebook’s folder');
    const started = await set.start({ argv: spec.argv, cwd: elsewhere });
    expect(
      await resultOf(started, 'import { here } from "./data.ts"; import { sep } from "path"; here + sep'),
    ).toBe("'1/'");
    await typed(started);
    expect((await completeAt(started, 'import { ‸ } from "./data.ts"')).matches).toContain('here');
  });
});
