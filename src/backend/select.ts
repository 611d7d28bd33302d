import { engine, findBackend, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { checkChoice } from '../core/check.ts';
import '../core/fallback.ts';
import { findTensorflow, startTensorflow } from './tensorflow.ts';
import { startWasm } from './wasm.ts';

const NAMES = ['cpu', 'wasm', 'tensorflow'] as const;

/** What tensors are computed on. */
export type BackendName = (typeof NAMES)[number];

/** The choice of what tensors are computed on. */
export interface Backend {
  /** The back end in use; 'cpu' until `ready()` or `use()` has chosen another. */
  readonly name: string;
  /** Why it is in use, in one line. */
  readonly reason: string;
  /**
   * Starts the best back end there is and resolves to its name: the one that the environment
   * variable DESCENT_BACKEND names, else TensorFlow's if `@tensorflow/tfjs-node` is installed, else
   * wasm, else cpu. Later calls resolve to the same choice. Tensors made earlier stay valid.
   */
  ready(): Promise<string>;
  /**
   * Changes to the named back end.
   *
   * @throws Error when it cannot be started; the back end in use stays in use
   *
   * @example
   * await backend.use('cpu');
   */
  use(name: BackendName): Promise<string>;
}

let reason = 'the JavaScript back end, until ready() has chosen one';
let choice: Promise<string> | undefined;

const starts: Readonly<Record<BackendName, () => void | Promise<void>>> = {
  cpu: () => {},
  wasm: startWasm,
  tensorflow: startTensorflow,
};

async function use(name: BackendName, why = 'asked for by the program'): Promise<string> {
  checkChoice('backend.use', 'name', name, NAMES);
  if (!(name in engine().registry)) await starts[name]();
  if (!findBackend(name) || !(await setBackend(name))) throw new Error(`the back end ${name} did not start`);
  reason = why;
  return name;
}

/** The names to try, best first, each with the reason to report. */
function candidates(named: BackendName | undefined): [BackendName, string][] {
  const wasm: [BackendName, string] = ['wasm', 'the fastest back end without a native library'];
  if (named) return [[named, 'named by DESCENT_BACKEND'], wasm];
  return findTensorflow() ? [['tensorflow', '@tensorflow/tfjs-node is installed'], wasm] : [wasm];
}

/** The first line of whatever was thrown: packages throw more than Errors. */
function firstLine(thrown: unknown): string {
  const isObject = thrown !== null && typeof thrown === 'object';
  return String(isObject && 'message' in thrown ? thrown.message : thrown).split('\n')[0]!;
}

async function choose(): Promise<string> {
  const asked = process.env.DESCENT_BACKEND || undefined;
  const named = asked === undefined ? undefined : checkChoice('backend', 'DESCENT_BACKEND', asked, NAMES);
  const failures: string[] = [];
  for (const [name, why] of [...candidates(named), ['cpu', 'the last resort'] as const]) {
    try {
      const chosen = await use(name, [why, ...failures].join('; '));
      if (failures.length > 0 && (named || chosen === 'cpu')) {
        console.warn(`descent: tensors are computed on ${chosen}, because ${failures.join('; ')}`);
      }
      return chosen;
    } catch (thrown) {
      failures.push(`${name} did not start: ${firstLine(thrown)}`);
    }
  }
  throw new Error(`no back end started: ${failures.join('; ')}`);
}

/** Resolves when the back end is chosen and started; see `Backend.ready`. */
export async function ready(): Promise<void> {
  await backend.ready();
}

/** What tensors are computed on; see `Backend`. */
export const backend: Backend = {
  get name() {
    return getBackend() ?? 'cpu';
  },
  get reason() {
    return reason;
  },
  ready: () => (choice ??= choose()),
  use: async (name) => {
    const used = await use(name);
    choice = Promise.resolve(used);
    return used;
  },
};
