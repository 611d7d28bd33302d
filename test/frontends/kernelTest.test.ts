import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type JupyterHome, jupyterHome } from './helpers/jupyter.ts';
import { run, tail } from './helpers/process.ts';
import { root, SETUP_LIMIT } from './helpers/tools.ts';

/** What test/frontends/kernel_test.py prints. */
interface Counts {
  run: number;
  failed: string[];
  skipped: string[];
}

/** KernelTests has twelve tests in version 0.7.0, IopubWelcomeTests one. */
const TESTS = 13;

function counts(stdout: string, stderr: string): Counts {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`kernel_test.py printed no counts:\n${tail(stderr)}`);
  const { run, failed, skipped } = JSON.parse(line) as Counts;
  return { run, failed, skipped };
}

let home: JupyterHome;
beforeAll(async () => {
  home = await jupyterHome({ browser: false });
}, SETUP_LIMIT);
afterAll(() => home?.remove());

it('passes every test of jupyter_kernel_test and skips none', { timeout: 300_000 }, async () => {
  const script = join(root, 'test/frontends/kernel_test.py');
  const options = { env: home.env, cwd: home.folder, limit: 280_000 };
  const { stdout, stderr, code } = await run(home.tools.python, ['-B', script], options);
  expect(counts(stdout, stderr)).toEqual({ run: TESTS, failed: [], skipped: [] });
  expect(code).toBe(0);
  expect(home.leftovers()).toEqual([]);
});
