import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, plainResultOf, resultOf } from '../../support/kernels.ts';
import { writeBelow, writeFiles } from '../../support/packages.ts';

const { folder, start } = kernels();

const FILES: Record<string, string> = {
  'node_modules/esmonly/package.json': '{"name":"esmonly","type":"module","exports":"./i.js"}',
  'node_modules/esmonly/i.js': 'export default 1; export const named = 2;',
  'node_modules/cjsonly/package.json': '{"name":"cjsonly","main":"i.js"}',
  'node_modules/cjsonly/i.js': 'exports.a = 1; exports.fail = function fail() { throw new Error("in cjs") };',
  'node_modules/dual/package.json': '{"name":"dual","exports":{"import":"./i.mjs","require":"./i.cjs"}}',
  'node_modules/dual/i.mjs': 'export const kind = "esm";',
  'node_modules/dual/i.cjs': 'exports.kind = "cjs";',
  'data.json': '{ "x": { "y": [1, 2] } }',
  'plain.js': 'module.exports = { x: 5 };',
  'lib/inner.ts': [
    'export enum Color { Red, Green }',
    'export interface Shape { n: number }',
    'export function thrower(n: number): never {',
    '  const shape: Shape = { n };',
    '  type Local = string;',
    '  throw new Error("inner " + shape.n);',
    '}',
  ].join('\n'),
  'lib/helper.ts':
    "import data from '../data.json';\nexport const helper = (n: number): number => n + data.x.y.length;",
  'model.ts': [
    "import { Color, type Shape, thrower } from './lib/inner';",
    "import { helper } from './lib/helper.js';",
    'export { Color };',
    'export type T = Shape;',
    'export class P { constructor(private readonly a: number) {} get() { return this.a } }',
    'export namespace NS { export const q = 1 }',
    'export function go(): void {',
    '',
    '  thrower(helper(3));',
    '}',
    "export const here = import.meta.url.split('?')[0]!.split('/').at(-1);",
  ].join('\n'),
  'folder/index.ts': 'export const index = "index" as const;',
  'decorated.ts':
    'const log = (v: any, _c: any) => v;\nexport class D { @log accessor x = 1; @log m() { return 5 } }',
  'disposing.ts':
    "export const u = () => { const l: string[] = []; { using r = { [Symbol.dispose]() { l.push('d') } }; l.push('b') } return l };",
  'common.cts':
    'enum E { A }\nmodule.exports = { e: E.A, f(x: number) {\n\n  throw new TypeError("cts " + x) } };',
  'bad.ts': "export const x: string = 'ü';\nconst y = = 2;",
  'badDecorator.ts': 'function d() {}\n@d( class A {}',
  'top.ts': 'export interface A { b: number }\ninterface C {}\n\nnull!.boom;',
  'badScript.mjs': 'export const a = 1;\nexport const b = ;',
};

const write = (name: string, text: string): void => writeBelow(folder, name, text);

let client: KernelClient;
beforeAll(async () => {
  writeFiles(folder, FILES);
  client = await start();
});

const value = (code: string): Promise<string> => plainResultOf(client, code);

async function traceback(code: string): Promise<string> {
  const { error } = await client.execute(code, { timeout: 20_000 });
  return stripVTControlCharacters(error?.traceback.join('\n') ?? 'no error');
}

describe('import', () => {
  it.each([
    ["import d, { named } from 'esmonly'; [d, named]", '[ 1, 2 ]'],
    ["import c, { a } from 'cjsonly'; [c.a, a]", '[ 1, 1 ]'],
    ["import { kind } from 'dual'; [kind, require('dual').kind]", "[ 'esm', 'cjs' ]"],
    ["import j from './data.json'; j.x.y", '[ 1, 2 ]'],
    ["import j2 from './data.json' with { type: 'json' }; j2 === j", 'true'],
    ["(await import('./data.json')).default.x.y.length", '2'],
    ["import plain from './plain.js'; plain", '{ x: 5 }'],
    ["import fs, { readFileSync } from 'fs'; fs.readFileSync === readFileSync", 'true'],
    [
      "import { Color, P, NS, here, type T } from './model'; [Color.Green, new P(3).get(), NS.q, here]",
      "[ 1, 3, 1, 'model.ts' ]",
    ],
    [
      "import { P as P2 } from './model.ts'; import { P as P3 } from './model.js'; [P2 === P, P3 === P]",
      '[ true, true ]',
    ],
    ["import { index } from './folder'; index", "'index'"],
    ["import { D } from './decorated'; [new D().x, new D().m()]", '[ 1, 5 ]'],
    ["import { u } from './disposing'; u()", "[ 'b', 'd' ]"],
    ["(await import('./model')).NS", '{ q: 1 }'],
    ["import { setTimeout } from 'node:timers/promises'; await setTimeout(5); 'slept'", "'slept'"],
    ["import fs2 = require('fs'); fs2 === fs", 'true'],
  ])('%s', async (code, expected) => {
    expect(await value(code)).toBe(expected);
  });

  it('of a package that a cell has just put there', async () => {
    expect(await traceback("import 'later'")).toContain(
      "Cannot find package 'later' from the notebook's folder",
    );
    write('node_modules/later/package.json', '{"name":"later","main":"i.js"}');
    write('node_modules/later/i.js', 'exports.here = true;');
    expect(await value("import { here as arrived } from 'later'; arrived")).toBe('true');
  });

  it('of a package whose dependency was missing works once that is there', async () => {
    write('node_modules/late-whole/package.json', '{"name":"late-whole","type":"module","exports":"./i.js"}');
    write('node_modules/late-whole/i.js', "export { default } from './part.js';");
    write('node_modules/late-whole/part.js', "import n from 'late-part'; export default n + 1;");
    const cell = "import lateWhole from 'late-whole'; lateWhole";
    for (const code of [cell, "import 'late-whole/'", cell]) expect(await traceback(code)).toContain('late-');
    write('node_modules/late-part/package.json', '{"name":"late-part","main":"./lib/i.js"}');
    write('node_modules/late-part/lib/i.js', 'module.exports = 4;');
    expect(await value(cell)).toBe('5');
  });

  it.each([
    ['late/whole.ts', './part', 'late/part.ts'],
    ['late/whole2.ts', './part2.ts', 'late/part2.ts'],
    ['late/whole3.ts', './part3.js', 'late/part3.js'],
    ['late/whole4.mjs', './part4.mjs', 'late/part4.mjs'],
  ])('of %s works once what it imports is there, and follows its changes', async (whole, from, part) => {
    write(whole, `import { n } from '${from}';\nexport const twice = n * 2;`);
    const cell = `(await import('./${whole}')).twice`;
    expect(await traceback(cell)).toContain('ERR_MODULE_NOT_FOUND');
    expect(await traceback(cell)).toContain('ERR_MODULE_NOT_FOUND');
    write(part, 'export const n = 2;');
    expect(await value(cell)).toBe('4');
    if (!part.endsWith('.ts')) return;
    write(part, 'export const n = 3;');
    utimesSync(join(folder, part), new Date(), new Date(Date.now() + 5000));
    expect(await value(cell)).toBe('6');
  });

  it('of a module that threw runs it again', async () => {
    write('throws.mjs', 'if (!globalThis.calm) throw new Error("not calm"); export const calm = true;');
    write('outer.mjs', "export { calm } from './throws.mjs';");
    expect(await traceback("import { calm as c } from './outer.mjs'")).toContain('not calm');
    expect(await value("globalThis.calm = 1; (await import('./outer.mjs')).calm")).toBe('true');
  });

  it('that fails leaves alone what another import is loading', async () => {
    write('slow.mjs', "export { token } from './token.mjs'; await new Promise((r) => setTimeout(r, 300));");
    write('token.mjs', 'export const token = {};');
    const cell = `const slow = import('./slow.mjs');
      await import('./nowhere.mjs').catch(() => 0);
      (await slow).token === (await import('./token.mjs')).token`;
    expect(await value(cell)).toBe('true');
  });

  it('of an edited file, and of a file that imports it, gives the new version', async () => {
    const touched = (name: string, text: string, seconds: number): void => {
      write(name, text);
      utimesSync(join(folder, name), seconds, seconds);
    };
    const now = Math.floor(Date.now() / 1000);
    touched('edit/part.ts', 'export const n = 1;', now - 100);
    touched('edit/whole.ts', "import { n } from './part';\nexport const twice: number = n * 2;", now - 100);
    const cell = "import { twice } from './edit/whole'; [twice, require('./edit/whole').twice]";
    expect(await value(cell)).toBe('[ 2, 2 ]');
    touched('edit/part.ts', 'export const n = 5;', now);
    expect((await value(cell)).startsWith('[ 10')).toBe(true);
  });
});

describe('require', () => {
  it.each([
    ["require('./data.json').x.y", '[ 1, 2 ]'],
    ["const m = require('./model'); [m.Color.Red, m.NS.q, m.here]", "[ 0, 1, 'model.ts' ]"],
    ["require('./common.cts').e", '0'],
    ["require('esmonly').named", '2'],
    ["require('./folder').index", "'index'"],
    ["require.resolve('cjsonly').endsWith('node_modules/cjsonly/i.js')", 'true'],
  ])('%s', async (code, expected) => {
    expect(await value(code)).toBe(expected);
  });
});

describe('require of a package that was missing', () => {
  it.each([
    ["require('%')", '5'],
    ["require.resolve('%').endsWith('x.js')", 'true'],
    ["require('%/package.json').name", "'%'"],
    ["import { default as d } from '%'; d", '5'],
    ["require('./needs-%.cjs')", '5'],
  ])('%s', async (code, expected) => {
    const name = `cjs-late-${code.length}`;
    write(`needs-${name}.cjs`, `module.exports = require('${name}')`);
    for (const missing of [`require('${name}')`, `require.resolve('${name}/sub')`]) {
      expect(await traceback(missing)).toContain(`Cannot find package '${name}'`);
    }
    write(`node_modules/${name}/package.json`, `{"name":"${name}","main":"./lib/x.js"}`);
    write(`node_modules/${name}/lib/x.js`, 'module.exports = 5;');
    expect(await value(code.replaceAll('%', name))).toBe(expected.replaceAll('%', name));
  });

  it('takes one that exports, of an organisation, and an ES module', async () => {
    expect(await traceback("require('@late/exports')")).toContain("Cannot find package '@late/exports'");
    write(
      'node_modules/@late/exports/package.json',
      '{"name":"@late/exports","type":"module","exports":{".":"./lib/x.js"}}',
    );
    write('node_modules/@late/exports/lib/x.js', 'export const here = true;');
    expect(await value("require('@late/exports').here")).toBe('true');
  });
});

it('a kernel that has imported no local file finds late packages too', async () => {
  const fresh = await start();
  const cell = "import lone from 'lone-whole'; lone";
  write('node_modules/lone-whole/package.json', '{"name":"lone-whole","type":"module","exports":"./i.js"}');
  write('node_modules/lone-whole/i.js', "import n from 'lone-part'; export default n + 1;");
  for (const code of [cell, "require('lone')"]) expect((await fresh.execute(code)).error).toBeDefined();
  for (const name of ['lone-part', 'lone']) {
    write(`node_modules/${name}/package.json`, `{"name":"${name}","main":"./lib/i.js"}`);
    write(`node_modules/${name}/lib/i.js`, 'module.exports = 4;');
  }
  expect(await resultOf(fresh, cell)).toBe('5');
  expect(await resultOf(fresh, "(await import('lone')).default")).toBe('4');
});

describe('import.meta', () => {
  it('is that of a file in the notebook folder', async () => {
    expect(await value('[import.meta.dirname === __dirname, import.meta.filename === __filename]')).toBe(
      '[ true, true ]',
    );
    expect(
      await value(
        "require('node:fs').realpathSync(__dirname) === require('node:fs').realpathSync(process.cwd())",
      ),
    ).toBe('true');
    expect(await value("import.meta.url.endsWith('/cell.ts')")).toBe('true');
    expect(await value("import.meta.resolve('./x.ts') === new URL('./x.ts', import.meta.url).href")).toBe(
      'true',
    );
    expect(await value("[import.meta.resolve('fs'), import.meta.resolve('node:fs')]")).toBe(
      "[ 'node:fs', 'node:fs' ]",
    );
    expect(await value("import.meta.resolve('esmonly').endsWith('/esmonly/i.js')")).toBe('true');
  });
});

describe('tracebacks', () => {
  it('show the TypeScript of imported and required files', async () => {
    for (const code of ["import { go } from './model'\ngo()", "\nrequire('./model').go()"]) {
      const text = await traceback(code);
      expect(text).toContain('Error: inner 5\n    at thrower (lib/inner.ts:6:9)');
      expect(text).toContain('> 6 |   throw new Error("inner " + shape.n);\n    |         ^');
      expect(text).toMatch(/at (?:Object\.)?go \(model\.ts:9:3\)/);
      expect(text).toMatch(/cell-\d+\.ts:2:\d+\n {2}1 \| .*\n> 2 \|/);
      expect(text).not.toMatch(/node:|dist\/kernel|\?v=/);
    }
    expect(await traceback("require('./common.cts').f(3)")).toContain('f (common.cts:4:9)');
    expect(await traceback("import './top'")).toContain('at top.ts:4:7');
    expect(await traceback("import c from 'cjsonly'\nc.fail()")).toContain(
      '(node_modules/cjsonly/i.js:1:55)',
    );
  });

  it('show where a file does not compile', async () => {
    const text = await traceback("\nimport './bad'");
    expect(text).toContain('    at bad.ts:2:11\n');
    expect(text).toContain('> 2 | const y = = 2;\n    |           ^');
    expect(text).toMatch(/at cell-\d+\.ts:2:1$/m);
    expect(await traceback("require('./bad')")).toContain('at bad.ts:2:11');
    expect(await traceback("import './badDecorator'")).toContain('at badDecorator.ts:2:');
    expect(await traceback("import './badScript.mjs'")).toContain('badScript.mjs:2');
  });

  it('say which import failed', async () => {
    expect(await traceback("1\nimport { x } from 'nopackage'")).toMatch(
      /npm install nopackage[\s\S]*at cell-\d+\.ts:2:1/,
    );
    expect(await traceback("import './missing'")).toMatch(/Cannot find module[\s\S]*missing[\s\S]*at cell-/);
    expect(await traceback("import { nothing } from './model'; nothing")).toMatch(
      /'\.\/model' does not export 'nothing'; it exports Color, /,
    );
    expect(await traceback("import 'esmonly/sub'")).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});
