import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { KernelClient } from '../../../kernel/client/client.ts';
import { program } from '../../../kernel/client/program.ts';
import { survivors } from '../support/alive.ts';
import { connectionFile } from '../support/connections.ts';
import { kernels, streamText } from '../support/kernels.ts';

const set = kernels();

/** pids of the runtime and of a process that a cell started. */
async function family(client: KernelClient): Promise<number[]> {
  const code = `console.log(process.pid, (await import('node:child_process')).spawn('sleep', ['600']).pid)`;
  return streamText((await client.execute(code)).outputs, 'stdout')
    .split(' ')
    .map(Number);
}

describe.skipIf(process.platform === 'win32')('no process outlives its parent', () => {
  it.each(['0', 'while (true) {}', 'await new Promise(() => {})', 'prompt("?")'])(
    'kill -9 of the host while the cell is %s',
    async (code) => {
      const client = await set.start();
      const host = client.process?.pid ?? 0;
      const pids = await family(client);
      const cell = client.execute(code, { onStdin: () => new Promise(() => {}) }).catch(() => undefined);
      await client.request('control', 'kernel_info_request', {});
      // The host alone, not its process group.
      process.kill(host, 'SIGKILL');
      await cell;
      expect(await survivors([host, ...pids])).toEqual([]);
    },
  );

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    '%s to the host ends all, also while a cell computes',
    async (signal) => {
      const client = await set.start();
      const host = client.process?.pid ?? 0;
      const pids = await family(client);
      const cell = client.execute('while (true) {}').catch(() => undefined);
      await client.request('control', 'kernel_info_request', {});
      process.kill(host, signal);
      expect(await client.process?.exited).toMatchObject({ code: 0 });
      await cell;
      expect(await survivors(pids)).toEqual([]);
    },
  );

  it.each(['SIGKILL', 'SIGTERM'] as const)('%s of the parent named by JPY_PARENT_PID', async (signal) => {
    const parent = spawn('sleep', ['600'], { stdio: 'ignore' });
    const { file, connection } = await connectionFile();
    const env = {
      ...process.env,
      JPY_PARENT_PID: String(parent.pid),
      DESCENT_HISTORY: `${set.folder}/history`,
    };
    const host = spawn(process.execPath, [program().main, 'kernel', file], { stdio: 'ignore', env });
    const client = await KernelClient.connect(connection);
    try {
      await client.ready(30_000);
      const pids = await family(client);
      client.send('shell', 'execute_request', { code: 'while (true) {}' });
      parent.kill(signal);
      await once(host, 'exit');
      expect(await survivors([host.pid ?? 0, ...pids])).toEqual([]);
    } finally {
      client.close();
      host.kill('SIGKILL');
      parent.kill('SIGKILL');
    }
  });

  it('kill -9 of the process that started it, without JPY_PARENT_PID', async () => {
    const { file, connection } = await connectionFile();
    const { JPY_PARENT_PID: _given, ...env }: NodeJS.ProcessEnv = {
      ...process.env,
      DESCENT_HISTORY: `${set.folder}/history`,
    };
    const code = `const child = require('child_process').spawn(process.execPath, ${JSON.stringify([program().main, 'kernel', file])}, { stdio: 'ignore' });
      console.log(child.pid)`;
    const parent = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'], env });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const host = Number(String(line));
    const client = await KernelClient.connect(connection);
    await client.ready(30_000);
    const pids = await family(client);
    parent.kill('SIGKILL');
    expect(await survivors([host, ...pids])).toEqual([]);
    client.close();
  });
});
