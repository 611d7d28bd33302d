import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, plainResultOf, streamText } from '../../support/kernels.ts';
import { writeBelow, writeFiles } from '../../support/packages.ts';

const { folder, start } = kernels();

const write = (name: string, text: string): void => writeBelow(folder, name, text);
const options = (name: string, compilerOptions: object, rest: object = {}): void =>
  write(name, JSON.stringify({ compilerOptions, ...rest }));

const FILES: Record<string, string> = {
  // With comments and a trailing comma, as TypeScript allows them.
  'project/base.json': '{ /* base */ "compilerOptions": { "experimentalDecorators": true, } } // end',
  'project/lib/sum.ts': "import { one } from '@lib/deep/one';\nexport const sum = (): number => one + 1;",
  'project/lib/deep/one.ts': 'export const one: number = 1;',
  'project/lib/index.ts': "export const whole = 'whole';",
  'project/lib/data.json': '{ "x": 5 }',
  'project/lib/fails.ts': 'interface A {}\n\nexport function fails(): never { throw new Error("in lib"); }',
  'project/by/base.ts': "export const base = 'by baseUrl';",
  'project/decorated.ts': [
    'function log(target: object, key: string) { (target as any)[key + "Logged"] = true; }',
    'export class D { @log field = 1; @log method() { return 2; } }',
  ].join('\n'),
  'project/h.ts':
    'export const h = (tag: string, props: object | null, ...rest: unknown[]) => [tag, props, ...rest];',
  'project/markup.tsx': 'import { h } from \'./h\';\nexport const view = <b id="x">{1}</b>;',
  'project/node_modules/tiny-jsx/package.json':
    '{"name":"tiny-jsx","type":"module","exports":{"./jsx-runtime":"./jsx.js"}}',
  'project/node_modules/tiny-jsx/jsx.js': "export const jsx = (tag, props) => ['jsx', tag, props];",
  'project/node_modules/real/package.json': '{"name":"real","main":"i.js"}',
  'project/node_modules/real/i.js': 'exports.real = true;',
};

let client: KernelClient;
beforeAll(async () => {
  writeFiles(folder, FILES);
  mkdirSync(join(folder, 'project/notebooks'));
  client = await start({ cwd: join(folder, 'project/notebooks') });
});

const value = (code: string): Promise<string> => plainResultOf(client, code);

describe('paths and baseUrl, from a tsconfig.json in a folder above', () => {
  beforeAll(() => {
    const paths = { '@lib': ['./lib'], '@lib/*': ['./nowhere/*', './lib/*'], alias: ['./lib/sum.ts'] };
    options(
      'project/tsconfig.json',
      {
        baseUrl: './by',
        paths: Object.fromEntries(
          Object.entries(paths).map(([name, list]) => [name, list.map((way) => `../${way}`)]),
        ),
      },
      { extends: './base.json' },
    );
  });
  it.each([
    ["import { sum } from '@lib/sum'; sum()", '2'],
    ["import { sum as sum2 } from '@lib/sum.js'; sum2 === sum", 'true'],
    ["import { sum as sum3 } from '../lib/sum'; sum3 === sum", 'true'],
    ["(await import('alias')).sum === sum", 'true'],
    ["import { whole } from '@lib'; whole", "'whole'"],
    ["import data from '@lib/data.json'; data.x", '5'],
    ["require('@lib/sum').sum()", '2'],
    ["require('alias').sum()", '2'],
    ["import { base } from 'base'; base", "'by baseUrl'"],
    ["import { real } from 'real'; real", 'true'],
  ])('%s', async (code, expected) => {
    expect(await value(code)).toBe(expected);
  });

  it('lead to files that are followed, with their lines', async () => {
    write('project/lib/deep/one.ts', 'export const one: number = 10;');
    expect(await value("import { sum } from '@lib/sum'; [sum(), require('@lib/sum').sum()]")).toBe(
      '[ 11, 11 ]',
    );
    const { error } = await client.execute("import { fails } from '@lib/fails'\nfails()");
    const text = stripVTControlCharacters(error?.traceback.join('\n') ?? '');
    expect(text).toMatch(/at fails \(.*lib\/fails\.ts:3:40\)/);
    expect(text).toContain('> 3 | export function fails(): never { throw new Error("in lib"); }');
  });

  it('count from the next import on when they are edited', async () => {
    options(
      'project/tsconfig.json',
      { paths: { 'other/*': ['./lib/*'], '@lib/deep/*': ['./lib/deep/*'] } },
      { extends: './base.json' },
    );
    expect(await value("import { sum } from 'other/sum'; typeof sum")).toBe("'function'");
    const { error } = await client.execute("import { whole } from '@lib'");
    expect(error?.evalue).toContain("Cannot find package '@lib'");
  });
});

describe('compiler options', () => {
  it.each<[string, object, string, string]>([
    [
      'experimentalDecorators',
      { experimentalDecorators: true },
      "import { D } from '../decorated'; const d: any = new D(); [d.field, d.fieldLogged, d.methodLogged]",
      '[ 1, true, true ]',
    ],
    [
      'jsxFactory',
      { jsx: 'react', jsxFactory: 'h' },
      "import { view } from '../markup'; view",
      "[ 'b', { id: 'x' }, 1 ]",
    ],
    [
      'jsxImportSource, and the file is compiled again',
      { jsx: 'react-jsx', jsxImportSource: 'tiny-jsx' },
      "import { view } from '../markup'; view",
      "[ 'jsx', 'b', { id: 'x', children: 1 } ]",
    ],
    [
      'jsx that is kept for another tool',
      { jsx: 'preserve', jsxImportSource: 'tiny-jsx' },
      "require('../markup').view",
      "[ 'jsx', 'b', { id: 'x', children: 1 } ]",
    ],
  ])('%s', async (_, compilerOptions, code, expected) => {
    options('project/tsconfig.json', compilerOptions);
    expect(await value(code)).toBe(expected);
  });
});

describe('a tsconfig.json with an error is named, once, and the import goes on without it', () => {
  it.each([
    [
      'that is no JSON',
      '{ "compilerOptions": { "paths": {}\n  "jsx": "react" } }',
      /tsconfig\.json is not used: Expected.*tsconfig\.json:2:3/,
    ],
    [
      'that extends nothing',
      '{ "extends": "./gone.json" }',
      /tsconfig\.json is not used: File '.\/gone\.json' not found/,
    ],
    [
      'with a path that is no list',
      '{ "compilerOptions": { "paths": { "@/*": "./x" } } }',
      /"paths" each name must have a list/,
    ],
    [
      'with another jsx',
      '{ "compilerOptions": { "jsx": "vue" } }',
      /"jsx" is vue; it may be preserve, react/,
    ],
  ])('%s', async (name, text, message) => {
    write('project/tsconfig.json', text);
    write('project/lib/one-more.ts', `export const name: string = '${name}';`);
    const cell = "import { name } from '../lib/one-more'; name";
    const { outputs, error } = await client.execute(cell);
    expect(error).toBeUndefined();
    expect(streamText(outputs, 'stderr')).toMatch(message);
    expect(streamText(outputs, 'stderr').split('is not used')).toHaveLength(2);
    expect(streamText((await client.execute(cell)).outputs, 'stderr')).toBe('');
    expect(await value('name')).toBe(`'${name}'`);
  });
});
