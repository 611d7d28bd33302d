import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, resultOf } from '../../support/kernels.ts';

const { folder, start } = kernels();
let client: KernelClient;

beforeAll(async () => {
  writeFileSync(join(folder, 'a.ts'), 'export namespace N { export const a: number = 1 }');
  writeFileSync(join(folder, 'b.cts'), 'const b: number = 2; module.exports = { b, here: import.meta.url };');
  client = await start();
  await resultOf(
    client,
    `globalThis.alive = true;
     const broken = () => { throw new Error('replaced') };
     Error.captureStackTrace = Object.assign = Object.fromEntries = broken;
     Array.isArray = Array.prototype.every = Promise.resolve = broken; 0`,
  );
});

/** What a cell shows, or the error that it ends with. */
async function outcome(code: string): Promise<string> {
  const { outputs, error } = await client.execute(code, { timeout: 10_000, allowStdin: false });
  if (error) return stripVTControlCharacters(error.traceback.join('\n'));
  const result = outputs.find((output) => output.output_type === 'execute_result');
  return JSON.stringify(result?.data, (_key, value: unknown) =>
    typeof value === 'string' ? stripVTControlCharacters(value) : value,
  );
}

it.each([
  ['({ a: [1, { b: 2 }] })', /\{ a: \[ 1, \{ b: 2 \} \] \}/],
  ["(await import('./a')).N.a", /"1"/],
  ["require('./b.cts').b", /"2"/],
  ["import 'nope'", /^ModuleNotFoundError: [\s\S]*cell-\d+\.ts:1:1/],
  ["import './nope'", /^Error: Cannot find module[\s\S]*cell-\d+\.ts:1:1/],
  [`({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': 'x' }) })`, /"text\/html":"x"/],
  ['\nnull!.x', /^TypeError: [\s\S]*cell-\d+\.ts:2:7[\s\S]*\^/],
  ['throw Object.assign', /^Uncaught \[Function/],
  ['await input("x")', /^StdinNotAllowedError/],
  ['comms.open("t").send({ a: 1 }); alive', /"true"/],
])('%s works where a cell has replaced built-in functions', async (code, expected) => {
  expect(await outcome(code)).toMatch(expected);
});
