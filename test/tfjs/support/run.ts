import { fork } from 'node:child_process';
import { bundleSpecs, type Layer } from './bundle.ts';

/** What became of a spec; 'pending' is one that tfjs itself leaves out on this platform. */
export interface Outcome {
  name: string;
  status: 'passed' | 'failed' | 'pending';
  message?: string;
}

type Message = { suite: string } | { outcomes: Outcome[] };

/** The longest that the specs may take; on an idle machine they take less than ten seconds. */
const LIMIT = 180_000;
const LAST_OUTPUT = 2_000;

/**
 * Runs the specs of tfjs-core in a process of their own.
 *
 * @throws Error when the process ends, or is ended after the limit, before all specs have run
 */
export async function runSpecs(layer: Layer, backend: string): Promise<Outcome[]> {
  const bundle = await bundleSpecs(layer);
  const child = fork(new URL('child.mjs', import.meta.url), [bundle, layer, backend], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: LIMIT,
    killSignal: 'SIGKILL',
    execArgv: [],
  });
  let outcomes: Outcome[] | undefined;
  let suite = 'none: it had not started';
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk).slice(-LAST_OUTPUT);
    });
  child.on('message', (message: Message) => {
    if ('suite' in message) suite = message.suite;
    else outcomes = message.outcomes;
  });
  const end = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  if (outcomes) return outcomes;
  throw new Error(`the specs on ${backend} (${layer}) ended with ${end}; last suite: ${suite}\n${output}`);
}
