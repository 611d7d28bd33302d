import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type JupyterHome, jupyterHome } from './helpers/jupyter.ts';
import { run, tail } from './helpers/process.ts';
import { root, SETUP_LIMIT } from './helpers/tools.ts';

let home: JupyterHome;
beforeAll(async () => {
  home = await jupyterHome({ browser: false });
}, SETUP_LIMIT);
afterAll(() => home?.remove());

it('executes, interrupts, restarts and leaves no process', { timeout: 180_000 }, async () => {
  const script = join(root, 'test/frontends/client_session.py');
  const options = { env: home.env, cwd: home.folder, limit: 160_000 };
  const { stdout, stderr, code } = await run(home.tools.python, ['-B', script], options);
  expect(code, tail(stderr)).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    execute: { status: 'ok', result: '42', count: 1 },
    interrupt: { status: 'error', ename: 'Interrupted' },
    kept: { status: 'ok', result: '43', count: 3 },
    idle_interrupt: { status: 'ok', result: '44' },
    restarted: { status: 'ok', result: "'undefined'", count: 1 },
  });
  expect(home.leftovers()).toEqual([]);
});
