import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, plainResultOf } from '../../support/kernels.ts';
import { writeBelow, writeFiles } from '../../support/packages.ts';

const { folder, start } = kernels();
const ROOT = join(import.meta.dirname, '../../../..');

/** A module with one function, `answer`, that gives 42. */
const WASM = Uint8Array.from(
  '0061736d010000000105016000017f03020100070a0106616e7377657200000a06010400412a0b'
    .match(/../g)
    ?.map((byte) => Number.parseInt(byte, 16)) ?? [],
);

const FILES: Record<string, string | Uint8Array> = {
  'package.json': JSON.stringify({
    name: '@my/project',
    exports: { '.': './self.ts', './sub': './sub.mjs', './typed/*': './typed/*.ts' },
    imports: { '#one': './typed/one.ts', '#typed/*': './typed/*.ts', '#package': 'esm-only' },
  }),
  'self.ts': "import { one } from '#one';\nexport const self: number = one + 1;",
  'sub.mjs': "export const sub = 'sub';",
  'typed/one.ts': 'export const one: number = 1;',
  'chain.ts': "export { self } from '@my/project';\nexport { one } from '#typed/one';",
  'module.wasm': WASM,
  'node_modules/esm-only/package.json': '{"name":"esm-only","type":"module","exports":"./i.js"}',
  'node_modules/esm-only/i.js':
    "import data from './data.json' with { type: 'json' };\nexport default data.x; export const named = 2;",
  'node_modules/esm-only/data.json': '{ "x": 1 }',
  'node_modules/waits/package.json': '{"name":"waits","type":"module","exports":"./i.js"}',
  'node_modules/waits/i.js': 'export const later = await Promise.resolve(3);',
  'node_modules/common/package.json': '{"name":"common","main":"lib"}',
  'node_modules/common/lib/index.js': "module.exports = { ...require('./part') }; exports.unseen = 1;",
  'node_modules/common/lib/part.js': 'exports.part = 4; exports.default = 5;',
  'node_modules/dual/package.json': JSON.stringify({
    name: 'dual',
    exports: {
      '.': { import: './i.mjs', require: './i.cjs' },
      './node': { node: './node.cjs', default: './none.js' },
      './data.json': './data.json',
      './deep/*': './lib/*.js',
      './deep/secret': null,
    },
  }),
  'node_modules/dual/i.mjs': "export const kind = 'esm';",
  'node_modules/dual/i.cjs': "exports.kind = 'cjs';",
  'node_modules/dual/node.cjs': "exports.on = 'node';",
  'node_modules/dual/data.json': '{ "y": 6 }',
  'node_modules/dual/lib/a/b.js': "exports.deep = 'deep';",
  'node_modules/@scope/name/package.json': '{"name":"@scope/name","main":"i.js"}',
  'node_modules/@scope/name/i.js': "exports.scoped = require('@scope/name/sub').sub;",
  'node_modules/@scope/name/sub.js': 'exports.sub = 7;',
  'node_modules/wasm-package/package.json': '{"name":"wasm-package","exports":{"./m.wasm":"./m.wasm"}}',
  'node_modules/wasm-package/m.wasm': WASM,
  'linked/index.ts': "export const linked: string = 'first';",
  'linked/package.json': '{"name":"linked","main":"./index.ts"}',
};

const write = (name: string, text: string | Uint8Array): void => writeBelow(folder, name, text);

let client: KernelClient;
beforeAll(async () => {
  writeFiles(folder, FILES);
  for (const name of ['zeromq', 'oxc-parser']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  symlinkSync(join(folder, 'linked'), join(folder, 'node_modules/linked'));
  client = await start();
});

const value = (code: string): Promise<string> => plainResultOf(client, code);

async function traceback(code: string): Promise<string> {
  const { error } = await client.execute(code, { timeout: 20_000 });
  return stripVTControlCharacters(error?.traceback.join('\n') ?? 'no error').replaceAll(folder, '.');
}

describe('a package', () => {
  it.each([
    ["import d, { named } from 'esm-only'; [d, named]", '[ 1, 2 ]'],
    ["const m = await import('esm-only'); [m.default, m.named]", '[ 1, 2 ]'],
    ["require('esm-only').named", '2'],
    ["import { later } from 'waits'; later", '3'],
    ["import common, { part } from 'common'; [common.part, part]", '[ 4, 4 ]'],
    ["import * as all from 'common'; all.part", '4'],
    ["require('common').part", '4'],
    [
      "import { kind } from 'dual'; [kind, (await import('dual')).kind, require('dual').kind]",
      "[ 'esm', 'esm', 'cjs' ]",
    ],
    ["import { on } from 'dual/node'; on", "'node'"],
    ["import data from 'dual/data.json'; data.y", '6'],
    ["import typed from 'dual/data.json' with { type: 'json' }; typed === data", 'true'],
    ["require('dual/data.json').y", '6'],
    ["import { deep } from 'dual/deep/a/b'; deep", "'deep'"],
    ["import { scoped } from '@scope/name'; [scoped, require('@scope/name/sub.js').sub]", '[ 7, 7 ]'],
    ["import { answer } from './module.wasm'; answer()", '42'],
    ["import * as wasm from 'wasm-package/m.wasm'; wasm.answer()", '42'],
    [
      "const { instance } = await WebAssembly.instantiate(require('node:fs').readFileSync('module.wasm')); instance.exports.answer()",
      '42',
    ],
    ["import * as zmq from 'zeromq'; new zmq.Push() instanceof require('zeromq').Push", 'true'],
    ["import { parseSync } from 'oxc-parser'; parseSync('a.ts', 'let a: number').errors", '[]'],
  ])('%s', async (code, expected) => {
    expect(await value(code)).toBe(expected);
  });

  it('of native code, by its file', async () => {
    const cell = `const path = require('node:path');
      require('zeromq');
      const loaded = Object.keys(require.cache).find((file) => file.endsWith('.node'));
      const copy = path.join(__dirname, 'copy.node');
      require('node:fs').copyFileSync(loaded, copy);
      typeof require('./copy.node').Context`;
    expect(await value(cell)).toBe("'function'");
    // Newer releases of Node import it.
    expect(await traceback("import './copy.node'")).toMatch(/Native code is loaded by require|no error/);
  });
});

describe('the project around the notebook', () => {
  it.each([
    ["import { self } from '@my/project'; self", '2'],
    ["import { sub } from '@my/project/sub'; sub", "'sub'"],
    ["import { one } from '@my/project/typed/one'; one", '1'],
    ["import { one as private1 } from '#one'; private1", '1'],
    ["import { one as private2 } from '#typed/one'; private2", '1'],
    ["import { named as viaName } from '#package'; viaName", '2'],
    ["import { self as s, one as o } from './chain'; [s, o]", '[ 2, 1 ]'],
    ["require('@my/project/typed/one').one", '1'],
    ["require('#one').one", '1'],
  ])('%s', async (code, expected) => {
    expect(await value(code)).toBe(expected);
  });

  it('is followed, and so are linked packages', async () => {
    write('typed/one.ts', 'export const one: number = 10;');
    expect(await value("import { self as s, one as o } from './chain'; [s, o]")).toBe('[ 11, 10 ]');
    expect(await value("(await import('linked')).linked")).toBe("'first'");
    write('linked/index.ts', "export const linked: string = 'second';");
    expect(await value("(await import('linked')).linked")).toBe("'second'");
    expect(await value("require('linked').linked")).toBe("'second'");
  });
});

describe('what is missing is named, with who wants it and what to type', () => {
  beforeAll(() => {
    write('node_modules/needs/package.json', '{"name":"needs","main":"i.js"}');
    write('node_modules/needs/i.js', "require('absent/sub');");
    write('node_modules/needs-esm/package.json', '{"name":"needs-esm","type":"module","exports":"./i.js"}');
    write('node_modules/needs-esm/i.js', "import '@absent/module';");
    write('local.ts', "import x from 'absent';\nexport default x;");
  });
  it.each([
    [
      "import 'absent'",
      "Cannot find package 'absent' from the notebook's folder. Install it there: %npm install absent\n",
    ],
    [
      "await import('@absent/module/x')",
      "Cannot find package '@absent/module' (for '@absent/module/x') from the notebook's folder. Install it there: %npm install @absent/module\n",
    ],
    ["require('absent')", "ModuleNotFoundError: Cannot find package 'absent' from the notebook's folder"],
    [
      "import 'needs'",
      "Cannot find package 'absent' (for 'absent/sub'), which node_modules/needs/i.js imports. Install it there: %npm install absent\n",
    ],
    [
      "require('needs')",
      "Cannot find package 'absent' (for 'absent/sub'), which node_modules/needs/i.js imports.",
    ],
    [
      "import 'needs-esm'",
      "Cannot find package '@absent/module', which node_modules/needs-esm/i.js imports.",
    ],
    ["import './local'", "Cannot find package 'absent', which local.ts imports."],
    ["require('./local')", "Cannot find package 'absent', which local.ts imports."],
    [
      "import 'dual/none'",
      `Package subpath './none' is not defined by "exports" in ./node_modules/dual/package.json; it has ., ./node, ./data.json, ./deep/*, ./deep/secret\n`,
    ],
    ["import 'dual/deep/secret'", "Package subpath './deep/secret' is not defined"],
    ["require('dual/none')", '; it has ., ./node'],
    ["import '@my/project/none'", '; it has ., ./sub, ./typed/*'],
    ["import '#none'", 'Package import specifier "#none" is not defined in package ./package.json\n'],
    ["require('./none')", "Cannot find module './none'\n"],
    ["import './none.ts'", "Cannot find module './none.ts'\n"],
    ["require('waits')", 'top-level await'],
  ])('%s', async (code, message) => {
    const text = await traceback(code);
    expect(text).toContain(message);
    expect(text).toMatch(/at cell-\d+\.ts:1:\d+/);
    expect(text).not.toMatch(/cell\.ts:|dist\/kernel|Require stack/);
  });

  it('keeps the code of the error, which programs ask for', async () => {
    expect(await value("(() => { try { require('absent') } catch (e) { return e.code } })()")).toBe(
      "'MODULE_NOT_FOUND'",
    );
    expect(await value("await import('absent').catch((e) => e.code)")).toBe("'ERR_MODULE_NOT_FOUND'");
  });
});

describe('a package that throws', () => {
  it.each([
    ['throws-esm', 'module', "import { fine } from 'throws-esm'; fine", 'export const fine = 1;'],
    ['throws-cjs', 'commonjs', "import { fine } from 'throws-cjs'; fine", 'exports.fine = 1;'],
    ['throws-req', 'commonjs', "require('throws-req').fine", 'exports.fine = 1;'],
  ])('%s says so, and can be imported once it is repaired', async (name, type, cell, good) => {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, type, exports: './i.js' }));
    write(`node_modules/${name}/i.js`, "const early = 1;\n\nthrow new RangeError('at load');");
    for (let times = 0; times < 2; times += 1) {
      expect(await traceback(cell)).toMatch(
        new RegExp(`RangeError: at load\\n.*node_modules/${name}/i.js:3:7`),
      );
    }
    write(`node_modules/${name}/i.js`, 'const broken = ;');
    expect(await traceback(cell)).toMatch(new RegExp(`SyntaxError: .*\\n.*node_modules/${name}/i.js:1`));
    write(`node_modules/${name}/i.js`, good);
    expect(await value(cell)).toBe('1');
  });
});
