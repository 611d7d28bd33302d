import { mkdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, plainResultOf, resultOf } from '../../support/kernels.ts';
import { writeBelow } from '../../support/packages.ts';

const { folder, start } = kernels();

const write = (name: string, text: string): void => writeBelow(folder, name, text);
/** Writes a file whose time of change is that of before. */
const writeUnseen = (name: string, text: string): void => {
  const { atime, mtime } = statSync(join(folder, name));
  write(name, text);
  utimesSync(join(folder, name), atime, mtime);
};

let client: KernelClient;
beforeAll(async () => {
  client = await start();
});

const value = (code: string): Promise<string> => plainResultOf(client, code);

async function traceback(code: string): Promise<string> {
  const { error } = await client.execute(code, { timeout: 20_000 });
  return stripVTControlCharacters(error?.traceback.join('\n') ?? 'no error');
}

describe('an edited file is new in a cell that is run again', () => {
  const leaf = 'export const n: number = 1;';
  const edited = 'export const n: number = 2;';
  const json = { 'x.json': '{ "n": 1 }' };
  it.each<[string, Record<string, string>, [string, string], string]>([
    ['itself', { 'a.ts': leaf }, ['a.ts', edited], "(await import('./a.ts')).n"],
    [
      'through two levels',
      {
        'a.ts': "export { n } from './b.js';",
        'b.ts': "import { n } from './lib';\nexport { n };",
        'lib/index.ts': leaf,
      },
      ['lib/index.ts', edited],
      "(await import('./a')).n",
    ],
    [
      'JSON below it',
      { 'a.ts': "import x from './x.json';\nexport const n = x.n;", ...json },
      ['x.json', '{ "n": 2 }'],
      "(await import('./a')).n",
    ],
    ['JSON alone', json, ['x.json', '{ "n": 2 }'], "(await import('./x.json')).default.n"],
    [
      'JSON that is required by what is required',
      { 'a.cts': "module.exports = { n: require('./x.json').n };", ...json },
      ['x.json', '{ "n": 2 }'],
      "require('./a.cts').n",
    ],
    [
      'what is required, through two levels',
      { 'a.ts': "export * from './b';", 'b.ts': "export { n } from './c.js';", 'c.ts': leaf },
      ['c.ts', edited],
      "require('./a').n",
    ],
    [
      'JavaScript modules',
      { 'a.mjs': "export { n } from './b.mjs';", 'b.mjs': 'export const n = 1;' },
      ['b.mjs', 'export const n = 2;'],
      "(await import('./a.mjs')).n",
    ],
    [
      'TypeScript below JavaScript',
      { 'a.mjs': "export { n } from './b.ts';", 'b.ts': leaf },
      ['b.ts', edited],
      "(await import('./a.mjs')).n",
    ],
    [
      'CommonJS that is imported',
      { 'a.cjs': "exports.n = require('./b.cjs').n;", 'b.cjs': 'exports.n = 1;' },
      ['b.cjs', 'exports.n = 2;'],
      "(await import('./a.cjs')).default.n",
    ],
    [
      'what is imported later',
      { 'a.ts': "export const get = async () => (await import('./b')).n;", 'b.ts': leaf },
      ['b.ts', edited],
      "await (await import('./a')).get()",
    ],
    [
      'one of a circle',
      {
        'a.ts': "import { n } from './b';\nexport const get = () => n();",
        'b.ts': "import { get } from './a';\nexport const n = () => (get ? 1 : 0);",
      },
      ['b.ts', "import { get } from './a';\nexport const n = () => (get ? 2 : 0);"],
      "(await import('./a')).get()",
    ],
  ])('%s', async (name, files, [changed, text], code) => {
    const place = `edit ${name.replaceAll(' ', '-')}`;
    for (const [file, content] of Object.entries(files)) write(`${place}/${file}`, content);
    const cell = code.replace("'./", `'./${place}/`);
    expect(await value(cell)).toBe('1');
    expect(await value(cell)).toBe('1');
    // As `git checkout` and `touch -d` do, and within the same step of the clock.
    writeUnseen(`${place}/${changed}`, text);
    expect(await value(cell)).toBe('2');
    write(`${place}/${changed}`, files[changed] ?? '');
    expect(await value(cell)).toBe('1');
  });

  it('at once, and as often as it is written', async () => {
    const code = `const fs = require('node:fs');
      const seen: number[] = [];
      for (let i = 0; i < 50; i++) {
        fs.writeFileSync('fast.ts', 'export const n: number = ' + (i % 10));
        seen.push((await import('./fast.ts')).n);
      }
      seen.every((n, i) => n === i % 10)`;
    expect(await value(code)).toBe('true');
  });
});

describe('modules', () => {
  it('are evaluated once, however many import them, and again only when they change', async () => {
    write('once/shared.ts', "((globalThis as any).runs ??= []).push('shared');\nexport const token = {};");
    write('once/other.ts', "(globalThis as any).runs.push('other');\nexport const other = 1;");
    for (const name of ['left', 'right']) {
      const code = `import { token } from './shared';\n(globalThis as any).runs.push('${name}');\nexport { token };`;
      write(`once/${name}.ts`, code);
    }
    const cell = `import { token as l } from './once/left'; import { token as r } from './once/right.js';
      import './once/other'; [l === r, runs.splice(0).join(' ')]`;
    expect(await value(cell)).toBe("[ true, 'shared left right other' ]");
    expect(await value(cell)).toBe("[ true, '' ]");
    utimesSync(join(folder, 'once/shared.ts'), new Date(), new Date());
    expect(await value(cell)).toBe("[ true, '' ]");
    write('once/left.ts', "import { token } from './shared';\nexport { token };");
    expect(await value(cell)).toBe("[ true, '' ]");
    write('once/shared.ts', "(globalThis as any).runs.push('new');\nexport const token = {};");
    expect(await value(cell)).toBe("[ true, 'new right' ]");
  });

  it('in a circle work as in Node', async () => {
    write('circle/a.ts', "import { b } from './b';\nexport const a = 1;\nexport const sum = () => a + b;");
    write('circle/b.ts', "import { sum } from './a';\nexport const b = 2;\nexport const viaA = () => sum();");
    const cell = "(await import('./circle/b.js')).viaA()";
    expect(await value(cell)).toBe('3');
    write('circle/a.ts', "import { b } from './b';\nexport const a = 10;\nexport const sum = () => a + b;");
    expect(await value(cell)).toBe('12');
    expect(await value("require('./circle/b').viaA()")).toBe('12');
  });

  it('that are renamed or removed', async () => {
    write('gone/a.ts', "export { n } from './b';");
    write('gone/b.ts', 'export const n = 1;');
    const cell = "(await import('./gone/a')).n";
    expect(await value(cell)).toBe('1');
    expect(await value("require('./gone/a').n")).toBe('1');
    renameSync(join(folder, 'gone/b.ts'), join(folder, 'gone/c.ts'));
    expect(await traceback(cell)).toMatch(/Cannot find module '.*gone\/b' imported from .*gone\/a\.ts$/m);
    expect(await traceback("require('./gone/a').n")).toContain("Cannot find module './b'");
    mkdirSync(join(folder, 'gone/b'));
    renameSync(join(folder, 'gone/c.ts'), join(folder, 'gone/b/index.ts'));
    expect(await value(cell)).toBe('1');
    expect(await value("require('./gone/a').n")).toBe('1');
    rmSync(join(folder, 'gone/a.ts'));
    expect(await traceback(cell)).toMatch(/Cannot find module '.*gone\/a'/);
    expect(await traceback("require('./gone/a').n")).toContain("Cannot find module './gone/a'");
  });

  it.each([
    ["import('./broken/a')", "import { broken } from './broken/a'"],
    ["require('./broken/a')", "require('./broken/a')"],
  ])('%s that fails works once it is repaired', async (_, cell) => {
    write('broken/a.ts', 'export const a: number = 1;\n\nexport const broken = = 2;');
    expect(await traceback(cell)).toContain('at broken/a.ts:3:23');
    write('broken/a.ts', "interface A {}\n\nif (true) throw new TypeError('no');\nexport const broken = 2;");
    expect(await traceback(cell)).toMatch(/TypeError: no\n.*at .*broken\/a\.ts:3:17/);
    write('broken/a.ts', 'export const broken: number = 2;');
    expect(await traceback(cell)).toBe('no error');
  });
});

describe('tracebacks after a reload', () => {
  const thrower = (lines: number): string =>
    `${'interface Gone {}\n'.repeat(lines)}export function fail(): never { const x: number = 1;\n  throw new Error('at ' + x);\n}`;
  it.each([
    ["import { fail } from './trace/%'; fail()", 'plain.ts'],
    ["import { fail } from './trace/%'; fail()", 'markup.tsx'],
    ["require('./trace/%').fail()", 'required.ts'],
  ])('%s of %s has the new lines', async (code, name) => {
    const cell = code.replace('%', name);
    for (const lines of [1, 5, 3]) {
      write(`trace/${name}`, thrower(lines));
      const text = await traceback(cell);
      expect(text).toContain(`fail (trace/${name}:${lines + 2}:9)`);
      expect(text).toContain(`> ${lines + 2} |   throw new Error('at ' + x);`);
    }
  });

  it('and of a function of an earlier version that is still in use, its own', async () => {
    write('trace/old.ts', thrower(1));
    await client.execute("import { fail as kept } from './trace/old.ts'");
    write('trace/old.ts', thrower(7));
    await client.execute("import { fail as fresh } from './trace/old.ts'");
    expect(await traceback('kept()')).toContain('at fail (trace/old.ts:3:9)');
    expect(await traceback('fresh()')).toContain('at fail (trace/old.ts:9:9)');
  });
});

it('old versions of a module become garbage, with what they hold', async () => {
  const fresh = await start();
  const code = Array.from({ length: 600 }, (_, i) => `export const f${i} = (x: number) => x * ${i};`).join(
    '\n',
  );
  const files = { code, json: '{ "n": 1 }' };
  const cell = `const fs = require('node:fs');
    require('node:v8').setFlagsFromString('--expose-gc');
    const collect = require('node:vm').runInNewContext('gc');
    const files = ${JSON.stringify(files)};
    let collected = 0;
    const watch = new FinalizationRegistry(() => (collected += 1));
    const reload = async (edition: number) => {
      fs.writeFileSync('leaf.ts', 'export const big = new Float64Array(12_500).fill(' + edition + ');\\n' + files.code);
      fs.writeFileSync('tree.ts', "import data from './data.json'; export { big } from './leaf'; export const n = data.n;");
      fs.writeFileSync('data.json', JSON.stringify({ n: edition, text: files.code }));
      fs.writeFileSync('required.cts', 'exports.big = new Float64Array(12_500).fill(' + edition + ');\\n' + files.code.replaceAll('export const', 'const'));
      const found = await import('./tree');
      const required = require('./required.cts');
      if (found.n !== edition || found.big[0] !== edition || required.big[0] !== edition) throw new Error('old');
      watch.register(found.big, 0);
      watch.register(required.big, 0);
    };
    const memory = async () => {
      for (let i = 0; i < 5; i++) { collect(); await new Promise((done) => setTimeout(done, 20)); }
      return process.memoryUsage();
    };
    for (let i = 0; i < 20; i++) await reload(i);
    const before = await memory();
    for (let i = 20; i < 220; i++) await reload(i);
    const after = await memory();
    JSON.stringify({ collected, heap: after.heapUsed - before.heapUsed, buffers: after.arrayBuffers - before.arrayBuffers })`;
  const text = await resultOf(fresh, cell, { timeout: 60_000 });
  const { collected, heap, buffers } = JSON.parse(text.slice(1, -1)) as Record<string, number>;
  // Of 440 arrays all but the last versions; 200 versions would hold 15 MB of code or more and 40 MB of arrays.
  expect(collected).toBeGreaterThan(420);
  expect(heap).toBeLessThan(4e6);
  expect(buffers).toBeLessThan(2e6);
});
