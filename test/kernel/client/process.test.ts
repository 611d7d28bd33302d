import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { KernelProcess } from '../../../kernel/client/process.ts';

const node = (code: string): string[] => [process.execPath, '-e', code];

/** A zombie that a container's first process does not reap counts as ended. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

describe('KernelProcess', () => {
  it('reports code and stderr', async () => {
    const child = new KernelProcess(node("console.error('why'); process.exitCode = 3"));
    expect(await child.exited).toEqual({ code: 3, signal: null, stderr: 'why\n' });
  });

  it('tells the child who its parent is', async () => {
    const child = new KernelProcess(node('console.error(process.env.JPY_PARENT_PID)'));
    expect((await child.exited).stderr).toBe(`${process.pid}\n`);
  });

  it('reports a program that is not there', async () => {
    const exit = await new KernelProcess(['/nowhere/kernel']).exited;
    expect(exit.code).toBeNull();
    expect(exit.stderr).toContain('ENOENT');
  });

  it('kills one that ignores SIGTERM', async () => {
    const child = new KernelProcess(node("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"));
    expect((await child.stop(2000)).signal).toBe('SIGKILL');
  });

  it.skipIf(process.platform === 'win32')('takes the children along', async () => {
    const child = new KernelProcess(
      node(
        "const c = require('child_process').spawn('sleep', ['60'], { stdio: 'ignore' }); console.error(c.pid); setTimeout(() => process.exit(), 100)",
      ),
    );
    const pid = Number((await child.exited).stderr);
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
