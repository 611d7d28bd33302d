import {
  engine,
  env,
  findBackend,
  getBackend,
  setBackend as setRegistered,
  version_core,
} from '@tensorflow/tfjs-core';
import { checkChoice } from '../core/check.ts';
import { whenCpuLoads } from '../core/fallback.ts';
import { correctCpu } from './corrections/index.ts';
import { type Attempt, type Details, firstLine } from './report.ts';
import { hasTensorflow, startTensorflow } from './tensorflow.ts';
import { startWasm } from './wasm.ts';

const CHOICES = ['auto', 'cpu', 'wasm', 'tensorflow'] as const;

/** A back end by name, or the best there is. */
export type BackendChoice = (typeof CHOICES)[number];

/** What tensors are computed on. */
export type BackendName = Exclude<BackendChoice, 'auto'>;

/** What is known of the back end in use. */
export interface BackendInfo extends Readonly<Details> {
  readonly name: string;
  /** Why it is in use, in one line. */
  readonly reason: string;
  /** The better ones that were tried and did not start, each with the reason. */
  readonly failures: readonly Readonly<Attempt>[];
}

/** The choice of what tensors are computed on. */
export interface Backend {
  /** The back end in use; 'cpu' until `ready()` or `use()` has chosen another. */
  readonly name: string;
  /** Why it is in use, in one line. */
  readonly reason: string;
  /**
   * Starts the best back end there is and resolves to its name: the one that the environment variable
   * DESCENT_BACKEND names (`auto`, as if unset, for the best), else native TensorFlow if it is installed, as the
   * package `@tensorflow/tfjs-node-gpu` or `@tensorflow/tfjs-node` or by `descent tensorflow install`, else wasm,
   * else cpu. One that throws while it loads is passed over and named in `info().failures`. Later calls resolve
   * to the same choice. Tensors made earlier stay valid.
   */
  ready(): Promise<string>;
  /**
   * Changes to the named back end, or with 'auto' to the best there is, and resolves to its name.
   *
   * @throws Error when it cannot be started; the back end in use stays in use
   *
   * @example
   * await backend.use('cpu');
   */
  use(name: BackendChoice): Promise<string>;
  /**
   * What is known of the back end in use: its library's version, its device, where it was loaded from.
   *
   * @example
   * await backend.ready();
   * backend.info().version; // 'TensorFlow 2.21.0'
   */
  info(): BackendInfo;
}

whenCpuLoads(correctCpu);

let reason = 'the JavaScript back end, until ready() has chosen one';
let choice: Promise<string> | undefined;
let failures: readonly Attempt[] = [];
const details = new Map<string, Details>();

const cpu: Details = { version: `tfjs-backend-cpu ${version_core}`, device: 'cpu' };

const starts: Readonly<Record<BackendName, (failed: Attempt[]) => Details | Promise<Details>>> = {
  cpu: () => cpu,
  wasm: async () => {
    await startWasm();
    const simd = env().getBool('WASM_HAS_SIMD_SUPPORT');
    return { version: `tfjs-backend-wasm ${version_core}`, device: 'cpu', simd };
  },
  tensorflow: startTensorflow,
};

async function use(name: BackendName, why: string, failed: Attempt[] = []): Promise<string> {
  // A program may have registered it by itself.
  if (!(name in engine().registry)) details.set(name, await starts[name](failed));
  if (!findBackend(name) || !(await setRegistered(name)))
    throw new Error(`the back end ${name} did not start`);
  reason = why;
  failures = failed;
  return name;
}

/** The names to try, best first, each with the reason to report. */
function candidates(named: BackendName | undefined): [BackendName, string][] {
  const wasm: [BackendName, string] = ['wasm', 'the fastest back end without a native library'];
  const last: [BackendName, string] = ['cpu', 'the last resort'];
  if (named) return [[named, 'named by DESCENT_BACKEND'], wasm, last];
  return hasTensorflow() ? [['tensorflow', 'native TensorFlow is installed'], wasm, last] : [wasm, last];
}

async function chooseBest(named: BackendName | undefined): Promise<string> {
  const failed: Attempt[] = [];
  for (const [name, why] of candidates(named)) {
    try {
      return await use(name, why, failed);
    } catch (thrown) {
      failed.push({ name, reason: firstLine(thrown) });
    }
  }
  throw new Error(`no back end started: ${sentence(failed)}`);
}

const sentence = (failed: readonly Attempt[]): string =>
  failed.map((each) => `${each.name} did not start: ${each.reason}`).join('; ');

/** The choice of the environment. That TensorFlow, or what was asked for, is not used is said. */
async function choose(): Promise<string> {
  const asked = process.env.DESCENT_BACKEND || 'auto';
  const named = checkChoice('backend', 'DESCENT_BACKEND', asked, CHOICES);
  const chosen = await chooseBest(named === 'auto' ? undefined : named);
  if (failures.length > 0 && chosen !== 'tensorflow') {
    console.warn(`descent: tensors are computed on ${chosen}, because ${sentence(failures)}`);
  }
  return chosen;
}

/** Resolves when the back end is chosen and started; see `Backend.ready`. */
export async function ready(): Promise<void> {
  await backend.ready();
}

const isChoosable = (name: string): name is BackendName => name in starts;

/**
 * Changes to a back end, as in all of TensorFlow.js; those that come with the toolkit are started for it.
 *
 * @returns whether it has started
 *
 * @example
 * await tf.setBackend('wasm');
 */
export async function setBackend(name: string): Promise<boolean> {
  if (!isChoosable(name)) return setRegistered(name);
  await backend.use(name);
  return true;
}

/** What tensors are computed on; see `Backend`. */
export const backend: Backend = {
  get name() {
    return getBackend() ?? 'cpu';
  },
  get reason() {
    return [reason, ...(failures.length > 0 ? [sentence(failures)] : [])].join('; ');
  },
  ready: () => (choice ??= choose()),
  use: async (asked) => {
    const name = checkChoice('backend.use', 'name', asked, CHOICES);
    const used = await (name === 'auto' ? chooseBest(undefined) : use(name, 'asked for by the program'));
    choice = Promise.resolve(used);
    return used;
  },
  info: () => {
    const { name } = backend;
    const known = details.get(name) ?? (name === 'cpu' ? cpu : { version: 'unknown', device: 'cpu' });
    return { name, reason, ...known, failures };
  },
};
