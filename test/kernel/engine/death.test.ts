import { describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { survivors } from '../support/alive.ts';
import { kernels, resultOf, streamText } from '../support/kernels.ts';

const set = kernels();

/** After a death: the next cell says that variables are gone, once, and runs in a fresh process. */
async function goesOn(client: KernelClient, reason: string | RegExp): Promise<void> {
  await client.execute('0', { silent: true });
  const next = await client.execute('typeof kept', { timeout: 30_000 });
  expect(next.outputs.at(-1)).toMatchObject({ data: { 'text/plain': "'undefined'" } });
  const notice = streamText(next.outputs, 'stderr');
  expect(notice).toMatch(reason);
  expect(notice).toContain('variables, functions and imports of earlier cells are gone');
  const third = await client.execute('let kept = 2; kept');
  expect(third.outputs).toMatchObject([{ data: { 'text/plain': '2' } }]);
  expect(third.executionCount).toBe((next.executionCount ?? 0) + 1);
}

async function dies(client: KernelClient, code: string, reason: string | RegExp): Promise<void> {
  expect(await resultOf(client, 'let kept = 1; kept')).toBe('1');
  const { status, error, outputs } = await client.execute(code, { timeout: 60_000 });
  expect(status).toBe('error');
  expect(error?.ename).toBe('RuntimeDied');
  expect(error?.evalue).toMatch(reason);
  expect(outputs.filter(({ output_type }) => output_type === 'error')).toHaveLength(1);
  await goesOn(client, reason);
}

describe('what was printed before a death', () => {
  it.each([
    ['process.abort()', 'for (let i = 0; i < 1000; i++) console.log(i); process.abort()'],
    [
      'a signal to itself',
      'for (let i = 0; i < 1000; i++) console.log(i); process.kill(process.pid, "SIGKILL"); while (true);',
    ],
    [
      'process.exit in a handler',
      'process.on("exit", () => { for (let i = 500; i < 1000; i++) console.log(i) }); for (let i = 0; i < 500; i++) console.log(i); process.exit(0)',
    ],
  ])('%s: is shown', async (_how, code) => {
    const client = await set.start();
    const { outputs } = await client.execute(code, { timeout: 20_000 });
    expect(streamText(outputs, 'stdout')).toBe(Array.from({ length: 1000 }, (_, i) => `${i}\n`).join(''));
  });
});

describe('the runtime dies', () => {
  it.each([
    ['process.exit(3)', /process\.exit\(3\) ended the runtime \(exit code 3\)/],
    ['process.exit()', /process\.exit\(0\)/],
    ['setTimeout(() => process.exit(4), 50); await new Promise(() => {})', /process\.exit\(4\)/],
    ['process.abort()', /SIGABRT/],
    ['process.kill(process.pid, "SIGKILL")', /SIGKILL/],
    ['process.kill(process.pid, "SIGSEGV"); while (true) {}', /SIGSEGV/],
    ['process.kill(process.pid, "SIGTERM"); await new Promise(() => {})', /SIGTERM/],
    ['process.reallyExit(5)', /exit code 5/],
  ])('by %s', async (code, reason) => {
    await dies(await set.start(), code, reason);
  });

  it('out of memory', async () => {
    const client = await set.start({ env: { NODE_OPTIONS: '--max-old-space-size=64' } });
    await dies(
      client,
      'const all = []; while (true) all.push(new Array(1000).fill({}))',
      /ran out of memory/,
    );
  });

  it('by kill -9 while it computes, and while it is idle', async () => {
    const client = await set.start();
    for (const code of ['while (true) {}', 'await new Promise(() => {})']) {
      const pid = Number(await resultOf(client, 'let kept = 1; process.pid'));
      // Before it began, the death would be that of an idle runtime, and the cell would run in the next one.
      const cell = await new Promise<{ ended: ReturnType<KernelClient['execute']> }>((begun) => {
        const ended = client.execute(`console.log('begun'); ${code}`, {
          timeout: 30_000,
          onOutput: () => begun({ ended }),
        });
      });
      process.kill(pid, 'SIGKILL');
      expect((await cell.ended).error?.evalue).toMatch(/killed \(SIGKILL\)/);
      await goesOn(client, /SIGKILL/);
    }
    const pid = Number(await resultOf(client, 'let kept = 1; process.pid'));
    process.kill(pid, 'SIGKILL');
    expect(await survivors([pid])).toEqual([]);
    await expect
      .poll(async () => Number(await resultOf(client, 'process.pid', { silent: false })) !== pid)
      .toBe(true);
  });

  it('with what its cells started, also where that holds its descriptors', async () => {
    const client = await set.start();
    const spawned = `const { spawn } = await import('node:child_process');
      const inherit = { stdio: 'inherit' } as const;
      console.log(spawn('sleep', ['600'], inherit).pid, spawn('sleep', ['600']).pid);`;
    const [first, second] = streamText((await client.execute(spawned)).outputs, 'stdout')
      .split(' ')
      .map(Number);
    await dies(client, 'process.exit(3)', /process\.exit\(3\)/);
    expect(await survivors([first ?? 0, second ?? 0])).toEqual([]);
    // One that made itself a session of its own is not ours to kill, and holds up nothing.
    const apart = `const { spawn } = await import('node:child_process');
      console.log(spawn('sleep', ['600'], { stdio: 'inherit', detached: true }).pid)`;
    const pid = Number(streamText((await client.execute(apart)).outputs, 'stdout'));
    await dies(client, 'process.exit(6)', /process\.exit\(6\)/);
    expect(await survivors([pid], 0)).toEqual([pid]);
    process.kill(pid, 'SIGKILL');
  });

  it('aborts what is queued, which the front-end may send again', async () => {
    const client = await set.start();
    const cells = ['await new Promise((r) => setTimeout(r, 300)); process.exit(1)', '1', '2'].map((code) =>
      client.execute(code),
    );
    expect((await Promise.all(cells)).map(({ status }) => status)).toEqual(['error', 'aborted', 'aborted']);
    expect(await resultOf(client, '3')).toBe('3');
  });

  it('many times in a row', async () => {
    const client = await set.start();
    for (let at = 0; at < 5; at += 1) {
      expect((await client.execute(`process.exit(${at})`)).error?.evalue).toContain(`process.exit(${at})`);
    }
    expect(await resultOf(client, '1')).toBe('1');
  });

  it('keeps what it printed before', async () => {
    const client = await set.start();
    const { outputs } = await client.execute('console.log("last words"); process.exit(1)');
    expect(streamText(outputs, 'stdout')).toBe('last words\n');
  });
});
