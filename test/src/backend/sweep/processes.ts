import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deserialize } from 'node:v8';
import { build } from 'esbuild';
import type { Report, Task } from './program.ts';

const root = new URL('../../../../', import.meta.url).pathname;
const folder = join(root, '.cache', `sweep-${process.pid}`);
const program = join(folder, 'program.cjs');

/** Makes one file of the program and its cases that Node can start. */
export async function buildProgram(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, 'program.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    packages: 'external',
    logLevel: 'error',
  });
}

/** Removes what `buildProgram` and the processes wrote. */
export function removeProgram(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs all cases in a process of its own. */
export async function report(who: Task['who'], backend: string): Promise<Report> {
  const output = join(folder, `${who}-${backend}.bin`);
  const task: Task = { who, backend, output, ours: join(root, 'dist/src/backend/index.js') };
  await promisify(execFile)(process.execPath, [program, JSON.stringify(task)], {
    cwd: root,
    env: process.env,
    timeout: 300_000,
    maxBuffer: 2 ** 26,
  });
  return deserialize(readFileSync(output)) as Report;
}
