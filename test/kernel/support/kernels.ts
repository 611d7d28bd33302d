import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { ExecuteOptions } from '../../../kernel/client/execution.ts';
import { type StartOptions, startKernel } from '../../../kernel/client/start.ts';
import { Probe } from './probe.ts';

export interface Kernels {
  /** An empty folder, removed at the end. */
  readonly folder: string;
  start(options?: StartOptions): Promise<KernelClient>;
  /** Another client of the same kernel that sees and sends raw frames. */
  probe(client: KernelClient): Promise<Probe>;
}

/** Starts kernels with a history of their own; after the file's last test none of them is left. */
export function kernels(): Kernels {
  const folder = mkdtempSync(join(tmpdir(), 'descent-test-'));
  const clients: KernelClient[] = [];
  const probes: Probe[] = [];
  afterAll(async () => {
    for (const probe of probes) probe.close();
    await Promise.all(clients.map((client) => client.kill()));
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    start: async (options = {}) => {
      const env = { DESCENT_HISTORY: join(folder, 'history.jsonl'), ...options.env };
      const client = await startKernel({ cwd: folder, ...options, env });
      clients.push(client);
      return client;
    },
    probe: async (client) => {
      const probe = await Probe.connect(client.connection);
      probes.push(probe);
      return probe;
    },
  };
}

/** The text/plain of a cell's result; throws what the cell threw. */
export async function resultOf(
  client: KernelClient,
  code: string,
  options: ExecuteOptions = {},
): Promise<string> {
  const { outputs, error } = await client.execute(code, { timeout: 30_000, ...options });
  if (error) throw new Error(`${error.ename}: ${error.evalue}`);
  const result = outputs.find((output) => output.output_type === 'execute_result');
  return String(result?.data['text/plain']);
}

/** The same without colours. */
export async function plainResultOf(client: KernelClient, code: string): Promise<string> {
  return stripVTControlCharacters(await resultOf(client, code));
}

/** What a cell prints; throws what it threw. */
export async function printed(
  client: KernelClient,
  code: string,
): Promise<{ stdout: string; stderr: string }> {
  const { outputs, error } = await client.execute(code, { timeout: 30_000 });
  if (error) throw new Error(`${error.ename}: ${error.evalue}`);
  return { stdout: streamText(outputs, 'stdout'), stderr: streamText(outputs, 'stderr') };
}

/** What a cell printed to one stream. */
export function streamText(outputs: readonly object[], name: 'stdout' | 'stderr'): string {
  return (outputs as { output_type: string; name?: string; text?: string }[])
    .filter((output) => output.output_type === 'stream' && output.name === name)
    .map((output) => output.text)
    .join('');
}
