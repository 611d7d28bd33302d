import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, resultOf } from '../../support/kernels.ts';
import type { Probe } from '../../support/probe.ts';

const set = kernels();
let client: KernelClient;
let probe: Probe;

const SLOW = 'console.log("on"); for (const end = Date.now() + 1000; Date.now() < end; );';
const FILES: Record<string, string> = {
  'common.cjs': `exports.a = 1; ${SLOW} exports.b = 2;`,
  'module.mjs': `export const a = 1; ${SLOW} export const b = 2;`,
  'deep.mjs': `export { a } from './inner.mjs'; export const b = 2;`,
  'inner.mjs': `export const a = 1; ${SLOW}`,
  'waits.mjs':
    'export const a = 1; console.log("on"); await new Promise((done) => setTimeout(done, 1000)); export const b = 2;',
  'required.mjs': `export const a = 1; ${SLOW} export const b = 2;`,
  'typed.ts': `export const a: number = 1; ${SLOW} export const b: number = 2;`,
  'required.ts': `export const a: number = 1; ${SLOW} export const b: number = 2;`,
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(set.folder, name), text);
  client = await set.start();
  probe = await set.probe(client);
});

it.each([
  "require('./common.cjs')",
  "await import('./module.mjs')",
  "await import('./deep.mjs')",
  "await import('./waits.mjs')",
  "await import('./typed.ts')",
  "require('./required.mjs')",
  "require('./required.ts')",
])('%s, interrupted while it loads, is loaded whole by the next cell', async (load) => {
  const code = `{ const { a, b } = ${load}; [a, b].join() }`;
  const cell = probe.send('shell', 'execute_request', { code });
  await probe.until('the start of the module', () => probe.published('stream', cell)[0]);
  await probe.request('control', 'interrupt_request', {});
  expect((await probe.settled(cell)).content.ename).toBe('Interrupted');
  for (let time = 0; time < 2; time += 1) {
    expect(await resultOf(client, `var loaded = ${load}; [loaded.a, loaded.b].join()`)).toBe("'1,2'");
  }
});

it("a module of Node's own is loaded again too", async () => {
  // As a termination in the middle of loading leaves it, which no test can time.
  const halfLoaded = `
    const { loadBuiltinModule } = require('internal/modules/helpers');
    const half = loadBuiltinModule('fs').constructor.map.get('readline/promises');
    [half.loaded, half.loading].join()`;
  expect(await resultOf(client, halfLoaded)).toBe("'false,false'");
  const cell = probe.send('shell', 'execute_request', {
    code: 'half.loading = true; console.log("on"); await new Promise(() => {})',
  });
  await probe.until('the start of the cell', () => probe.published('stream', cell)[0]);
  await probe.request('control', 'interrupt_request', {});
  await probe.settled(cell);
  expect(await resultOf(client, 'typeof require("node:readline/promises").createInterface')).toBe(
    "'function'",
  );
});
