import { rmSync } from 'node:fs';
import type { Connection } from '../connection.ts';
import { atExit } from './atExit.ts';
import { KernelClient } from './client.ts';
import { createConnectionFile } from './connectionFile.ts';
import { KernelDiedError, KernelStartError, KernelTimeoutError } from './errors.ts';
import { KernelProcess, type SpawnOptions } from './process.ts';
import { kernelArgv } from './program.ts';

export interface StartOptions extends SpawnOptions {
  /** As in a kernelspec, with `{connection_file}`; this program's own kernel unless given. */
  argv?: readonly string[];
  transport?: Connection['transport'];
  /** Milliseconds until the kernel must be ready; 60 s unless given. */
  timeout?: number;
}

const ATTEMPTS = 5;
const PORT_TAKEN = /address (is )?already in use|EADDRINUSE|cannot bind/i;

/**
 * Starts a kernel and waits until it is ready: it has answered kernel_info and its iopub is heard.
 * Throws a KernelStartError that says what the kernel wrote.
 */
export async function startKernel(options: StartOptions = {}): Promise<KernelClient> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      const taken = error instanceof KernelDiedError && PORT_TAKEN.test(error.exit.stderr);
      if (taken && attempt < ATTEMPTS) continue;
      if (error instanceof KernelDiedError || error instanceof KernelTimeoutError) {
        throw new KernelStartError(`the kernel did not start: ${error.message}`, { cause: error });
      }
      throw error;
    }
  }
}

async function startOnce(options: StartOptions): Promise<KernelClient> {
  const { file, folder, connection } = await createConnectionFile(options.transport);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const spare = atExit(remove);
  const argv = (options.argv ?? kernelArgv()).map((part) => part.replaceAll('{connection_file}', file));
  const child = new KernelProcess(argv, options);
  child.exited.then(() => {
    spare();
    remove();
  });
  const client = await KernelClient.connect(connection, child);
  try {
    await client.ready(options.timeout);
    // The kernel has read its file: should this program be killed, nothing is left behind.
    if (connection.transport === 'tcp') remove();
    return client;
  } catch (error) {
    await client.kill();
    throw error;
  }
}
