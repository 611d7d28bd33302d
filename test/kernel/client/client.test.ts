import { afterEach, describe, expect, it } from 'vitest';
import { KernelClient } from '../../../kernel/client/client.ts';
import { KernelDiedError, KernelStartError, KernelTimeoutError } from '../../../kernel/client/errors.ts';
import { type StartOptions, startKernel } from '../../../kernel/client/start.ts';

const started: KernelClient[] = [];

async function start(options: StartOptions = {}): Promise<KernelClient> {
  const client = await startKernel(options);
  started.push(client);
  return client;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((client) => client.kill()));
});

describe('startKernel', () => {
  it('says what a kernel wrote that did not start', async () => {
    const argv = [process.execPath, '-e', "console.error('no such thing'); process.exitCode = 4"];
    await expect(start({ argv })).rejects.toThrow(KernelStartError);
    await expect(start({ argv })).rejects.toThrow('ended with exit code 4: no such thing');
  });

  it('gives up on a kernel that says nothing', async () => {
    const argv = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
    await expect(start({ argv, timeout: 500 })).rejects.toThrow('no reply to kernel_info_request within');
  });
});

describe('KernelClient', () => {
  it.skipIf(process.platform === 'win32')('runs cells over ipc', async () => {
    const client = await start({ transport: 'ipc' });
    expect((await client.execute('6 * 7')).outputs).toMatchObject([{ data: { 'text/plain': '42' } }]);
  });

  it('collects the outputs of a cell, in its order', async () => {
    const client = await start();
    expect(client.info.implementation).toBe('descent');
    expect(await client.ping()).toBe(true);
    const { status, executionCount, outputs, timing } = await client.execute('console.log("a"); 1 + 1');
    expect({ status, executionCount }).toEqual({ status: 'ok', executionCount: 1 });
    expect(outputs).toMatchObject([
      { output_type: 'stream', name: 'stdout', text: 'a\n' },
      { output_type: 'execute_result', execution_count: 1, data: { 'text/plain': '2' } },
    ]);
    expect(Object.keys(timing).sort()).toEqual([
      'iopub.execute_input',
      'iopub.status.busy',
      'iopub.status.idle',
      'shell.execute_reply',
    ]);
  });

  it('gives an error as a result, and the next cell runs', async () => {
    const client = await start();
    const failed = await client.execute('null!.x');
    expect(failed).toMatchObject({ status: 'error', error: { ename: 'TypeError' } });
    expect(failed.outputs).toMatchObject([{ output_type: 'error', ename: 'TypeError' }]);
    expect((await client.execute('1')).status).toBe('ok');
  });

  it('collects output that comes after the cell has ended', async () => {
    const client = await start();
    const { outputs } = await client.execute('setTimeout(() => console.log("late"), 100); 0');
    await client.execute('1');
    await expect.poll(() => outputs.at(-1)).toMatchObject({ text: 'late\n' });
  });

  it('answers a cell that asks for input', async () => {
    const client = await start();
    const asked: [string, boolean][] = [];
    const onStdin = async (prompt: string, password: boolean): Promise<string> => {
      asked.push([prompt, password]);
      return 'Ada';
    };
    const { outputs } = await client.execute('"hi " + prompt("name? ")', { onStdin });
    expect(asked).toEqual([['name? ', false]]);
    expect(outputs).toMatchObject([{ data: { 'text/plain': "'hi Ada'" } }]);
  });

  it('completes, inspects and judges code', async () => {
    const client = await start();
    expect((await client.complete('Math.sqr')).matches).toContain('sqrt');
    expect((await client.inspect('Math.sqrt')).found).toBe(true);
    expect((await client.isComplete('if (1) {')).status).toBe('incomplete');
  });

  it('interrupts a cell at its timeout and keeps the kernel', async () => {
    const client = await start();
    await client.execute('const kept = 5');
    const slow = client.execute('await new Promise((r) => setTimeout(r, 60_000))', { timeout: 300 });
    await expect(slow).rejects.toThrow(KernelTimeoutError);
    expect((await client.execute('kept')).outputs).toMatchObject([{ data: { 'text/plain': '5' } }]);
  });

  it('rejects what waits when the kernel dies', async () => {
    const client = await start();
    const running = client.execute('await new Promise(() => {})');
    client.process?.signal('SIGKILL');
    await expect(running).rejects.toThrow(KernelDiedError);
    await expect(client.execute('1')).rejects.toThrow('the kernel ended by SIGKILL');
  });

  it('shuts down while a cell computes', async () => {
    const client = await start();
    const running = client.execute('for (;;) {}');
    const rejected = expect(running).rejects.toThrow(KernelDiedError);
    expect(await client.shutdown({ restart: true })).toMatchObject({ code: 0, signal: null });
    await rejected;
  });

  it('serves a second client', async () => {
    const client = await start();
    const other = await KernelClient.connect(client.connection);
    await other.ready(10_000);
    await client.execute('var shared = 7');
    expect((await other.execute('shared')).outputs).toMatchObject([{ data: { 'text/plain': '7' } }]);
    other.close();
  });
});
