// Runs every case on one back end and writes what came out: a process of its own for each, since stock
// and corrected kernels, and single and double precision, cannot be had in one.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { serialize } from 'node:v8';
import type { Tf } from './case.ts';
import { cases } from './cases/index.ts';
import { differencesOf } from './differences.ts';
import { guard } from './guards.ts';
import { type Outcome, outcomeOf, recordKernels } from './outcome.ts';

/** What the program is asked for: one line of JSON in its arguments. */
export interface Task {
  /** Stock packages, ours, or ours in double precision for finite differences. */
  readonly who: 'stock' | 'ours' | 'double';
  readonly backend: string;
  /** The built module of ours. */
  readonly ours: string;
  readonly output: string;
}

/** What it writes. */
export interface Report {
  /** Why the back end did not start. */
  readonly failure?: string;
  readonly registered: string[];
  readonly outcomes: Outcome[];
}

async function startStock(backend: string): Promise<Tf> {
  const core = require('@tensorflow/tfjs-core') as Tf;
  require('@tensorflow/tfjs-backend-cpu');
  // It brings the gradients of the core with it.
  require('@tensorflow/tfjs-layers');
  if (backend === 'wasm') {
    const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(path: string): void };
    setWasmPaths(require.resolve('@tensorflow/tfjs-backend-wasm').replace(/[^/\\]*$/, ''));
  }
  await core.setBackend(backend);
  return core;
}

async function startOurs(backend: string, path: string): Promise<Tf> {
  const ours = (await import(pathToFileURL(path).href)) as {
    backend: { use(name: string): Promise<string> };
  };
  await ours.backend.use(backend);
  return require('@tensorflow/tfjs-core') as Tf;
}

async function run({ who, backend, ours }: Task): Promise<Report> {
  // Every float tensor of the JavaScript back end then holds doubles, and its kernels compute with doubles.
  if (who === 'double') globalThis.Float32Array = Float64Array as unknown as Float32ArrayConstructor;
  const tf = await (who === 'stock' ? startStock(backend) : startOurs(backend, ours));
  const registered = tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName);
  if (who === 'double') return { registered, outcomes: cases.map((one) => differencesOf(tf, one)) };
  const outcomes: Outcome[] = [];
  const kernels = recordKernels(tf, backend);
  let intact = guard(tf);
  for (const [i, one] of cases.entries()) {
    const fresh = who === 'stock' && backend === 'wasm' && cases[i - 1]?.kernel !== one.kernel;
    if (fresh) {
      await restart(tf, backend);
      intact = guard(tf);
    }
    const endless = who === 'stock' && one.endless?.includes(backend);
    outcomes.push(endless ? ENDLESS : outcomeOf(tf, one, kernels, intact));
  }
  return { registered, outcomes };
}

const ENDLESS: Outcome = { error: 'it never ends', leaked: 0, kernels: [] };

/** Starts the back end anew: stock kernels that write beyond their memory spoil it for all that follow. */
async function restart(tf: Tf, backend: string): Promise<void> {
  const create = tf.findBackendFactory(backend);
  try {
    tf.removeBackend(backend);
  } catch {
    // Its memory is spoilt already.
  }
  tf.registerBackend(backend, create, 2);
  await tf.setBackend(backend);
}

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2]!) as Task;
  // tfjs warns of much that the cases do on purpose.
  console.warn = () => {};
  const failed = (thrown: unknown): Report => ({
    failure: String(thrown).split('\n')[0]!,
    registered: [],
    outcomes: [],
  });
  writeFileSync(task.output, serialize(await run(task).catch(failed)));
  process.exit(0);
}

main();
