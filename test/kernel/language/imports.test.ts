import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { completeAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import { PROJECT, writeFiles } from '../support/packages.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  writeFiles(set.folder, PROJECT);
  client = await set.start();
  await resultOf(
    client,
    `import { packed } from 'typed-pack'; import plain from '@scope/plain'; import * as tools from './lib/tools.ts';
import rows from './data.json'; import { readFileSync as reading } from 'node:fs'; import path from 'node:path';
const required = require('node:path'); 0`,
  );
  await typed(client);
});

const TOP = ['data.json', 'helpers.ts', 'lib', 'node_modules', 'old.js', 'package.json'];

describe('paths', () => {
  it.each<[string, string[], string?]>([
    ['import x from "./‸', TOP],
    ['import x from "./‸"', TOP],
    ["import x from './‸'", TOP],
    ['export * from "./‸', TOP],
    ['await import("./‸', TOP],
    ['require("./‸', TOP],
    ['import { tool } from "./lib/‸"', ['data.json', 'deep', 'tools.ts']],
    ["import x from './lib/t‸", ['tools.ts'], 't'],
    ['import x from "./lib/deep/‸"', ['inner.ts']],
    ['import x from "./he‸', ['helpers.ts'], 'he'],
    ['import x from "./nowhere/‸', []],
    ['await import("./lib/‸")', ['data.json', 'deep', 'tools.ts']],
    ['const t = 1;\nimport x from "./da‸"\nt', ['data.json'], 'da'],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });
});

describe('packages and modules of Node', () => {
  it.each<[string, string[], string?]>([
    ['import x from "ty‸', ['typed-pack'], 'ty'],
    ['import x from "@s‸', ['@scope/plain'], '@s'],
    ['import x from "@scope/‸', ['plain']],
    ['import x from "node:f‸', ['node:fs', 'node:fs/promises'], 'node:f'],
    ['import x from "node:fs/‸', ['promises']],
    ['import x from "child‸"', ['child_process'], 'child'],
    ['require("node:f‸', ['node:fs', 'node:fs/promises'], 'node:f'],
    ['require("typ‸', ['typed-pack'], 'typ'],
    ['await import("typ‸', ['typed-pack'], 'typ'],
    ['await import("node:ti‸")', ['node:timers', 'node:timers/promises'], 'node:ti'],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });

  it('all of them are offered, those of names of cells no sooner than others', async () => {
    const { matches } = await completeAt(client, 'import x from "‸');
    expect(matches).toEqual(expect.arrayContaining(['typed-pack', '@scope/plain', 'fs', 'path']));
    expect(matches[0]).toBe('assert');
  });
});

describe('exported names', () => {
  it.each<[string, string[], string?]>([
    ['import { readF‸ } from "node:fs"', ['readFile', 'readFileSync'], 'readF'],
    ['import { ‸ } from "./lib/tools.ts"', ['tool', 'type']],
    ['import { ‸ } from "./helpers.ts"', ['Shape', 'help', 'helper', 'type']],
    ['import { help, ‸ } from "./helpers.ts"', ['Shape', 'helper', 'type']],
    ['import type { ‸ } from "./helpers.ts"', ['Shape', 'help', 'helper', 'type']],
    ['import { ‸ } from "typed-pack"', ['packed', 'type', 'version']],
    ['export { ‸ } from "./helpers.ts"', ['Shape', 'help', 'helper', 'type']],
    ['const { ‸ } = await import("./helpers.ts")', ['help', 'helper']],
    ['const m = await import("./helpers.ts"); m.‸', ['help', 'helper']],
    ['(await import("./helpers.ts")).‸', ['help', 'helper']],
    ['import("node:fs").then((fs) => fs.readFileS‸', ['readFileSync'], 'readFileS'],
  ])('%s', async (marked, expected, range = '') => {
    const { matches, range: found } = await completeAt(client, marked);
    expect([...matches].sort()).toEqual(expected);
    expect(found).toBe(range);
  });

  it('of a module are not mixed with names of cells', async () => {
    const { matches } = await completeAt(client, 'import { ‸ } from "node:fs"');
    expect(matches).toEqual(expect.arrayContaining(['readFileSync', 'existsSync', 'Stats']));
    expect(matches).not.toContain('rows');
    expect(matches).not.toContain('console');
  });
});

describe('members of what is imported', () => {
  it.each<[string, string[], string?]>([
    ['packed(1).‸', ['packing']],
    ['import { packed as p } from "typed-pack"; p(1).‸', ['packing']],
    ['plain.plain‸', ['plainly'], 'plain'],
    ['plain.plainly().de‸', ['deep'], 'de'],
    ['tools.‸', ['default', 'tool']],
    ['new tools.default().‸', ['part']],
    ['rows.‸', ['rows', 'title']],
    ['rows.rows.at‸', ['at'], 'at'],
    ['reading.na‸', ['name'], 'na'],
    ['path.joi‸', ['join'], 'joi'],
    ['required.joi‸', ['join'], 'joi'],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });
});
