import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
let client: KernelClient;

const path = (name: string): string => join(set.folder, name);
const config = (compilerOptions: object): void =>
  writeFileSync(path('tsconfig.json'), JSON.stringify({ compilerOptions }));

/** What is said of the name at the end of some code. */
async function signature(code: string): Promise<string> {
  const { data } = await client.inspect(code);
  return String((data as Json)['text/plain']).split('\n', 1)[0] ?? '';
}

/** Files are looked at four times a second. */
const look = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

beforeAll(async () => {
  mkdirSync(path('lib'));
  writeFileSync(path('lib/circle.ts'), 'export const area = (r: number): number => r;');
  writeFileSync(path('model.ts'), "import { part } from './part.ts'; export const f = () => part;");
  writeFileSync(path('part.ts'), 'export const part: string = "";');
  config({ paths: { '@lib/*': ['./lib/*'] }, lib: ['esnext', 'dom'] });
  client = await set.start();
});

describe("the user's tsconfig.json", () => {
  it.each([
    ['paths', "import { area } from '@lib/circle'; area", 'const area: (r: number) => number'],
    ['lib', 'document.title', '(property) Document.title: string'],
  ])('%s', async (_option, code, expected) => {
    expect(await signature(code)).toBe(expected);
  });

  it('is read again when it was edited, and passed over where it is broken', async () => {
    expect(await signature('document.title')).toBe('(property) Document.title: string');
    config({ lib: ['esnext'] });
    await look();
    expect(await signature('document.title')).toBe('undefined');
    writeFileSync(path('tsconfig.json'), '{ "compilerOptions": { "lib": ["esn ');
    await look();
    expect(await signature('let n = [1]; n')).toBe('let n: number[]');
  });
});

describe('files and packages', () => {
  it.each([
    ["import { f } from './model.ts'; f", 'const f: () => string'],
    ["import { f } from './model.js'; f", 'const f: () => string'],
    ["import { f } from './model'; f", 'const f: () => string'],
  ])('%s', async (code, expected) => {
    expect(await signature(code)).toBe(expected);
  });

  it('are read again when they were edited, also by way of others', async () => {
    writeFileSync(path('part.ts'), 'export const part: number = 0;');
    await look();
    expect(await signature("import { f } from './model.ts'; f")).toBe('const f: () => number');
  });

  it('are found once they are there', async () => {
    const code = "import { late } from 'late-package'; late";
    expect(await signature(code)).not.toContain('number');
    mkdirSync(path('node_modules/late-package'), { recursive: true });
    writeFileSync(path('node_modules/late-package/package.json'), '{ "types": "index.d.ts" }');
    writeFileSync(path('node_modules/late-package/index.d.ts'), 'export const late: number;');
    await look();
    expect(await signature(code)).toBe('const late: number');
  });

  it.each([
    ["import { huber } from 'descent-kernel/losses'; huber", 'function huber('],
    ["import { tensor1d } from '@tensorflow/tfjs-core'; tensor1d", 'function tensor1d('],
    ["import * as all from '@tensorflow/tfjs'; all.tensor1d", 'function tensor1d('],
    ["import all from '@tensorflow/tfjs-node'; all.node.decodePng", 'decodePng('],
    ["import * as tslab from 'tslab'; tslab.newDisplay", 'function newDisplay('],
  ])('of the kernel are there without being installed: %s', async (code, expected) => {
    expect(await signature(code)).toContain(expected);
  });
});

it('types that %npm installs count for the next cell', { timeout: 60_000 }, async () => {
  const fresh = await set.start();
  const code = "import { untyped } from 'untyped-package'; untyped";
  mkdirSync(path('node_modules/untyped-package'), { recursive: true });
  writeFileSync(path('node_modules/untyped-package/package.json'), '{ "name": "untyped-package" }');
  writeFileSync(path('node_modules/untyped-package/index.js'), 'exports.untyped = 1;');
  await fresh.inspect(code);
  mkdirSync(path('types'));
  const manifest = { name: '@types/untyped-package', version: '1.0.0', types: 'index.d.ts' };
  writeFileSync(path('types/package.json'), JSON.stringify(manifest));
  writeFileSync(path('types/index.d.ts'), 'export const untyped: number;');
  await resultOf(fresh, '%npm install ./types');
  const { data } = await fresh.inspect(code);
  expect((data as Json)['text/plain']).toBe('const untyped: number');
});
