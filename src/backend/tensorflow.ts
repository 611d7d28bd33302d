import { add, findBackendFactory, getBackend, removeBackend, setBackend, tidy } from '@tensorflow/tfjs-core';
import { repairTensorflowKernels } from './corrections/tensorflow.ts';
import { findBuild } from './native/build.ts';
import { guarded } from './native/guard.ts';
import { alignNativeKernels } from './native/kernels.ts';
import { type Addon, loadBuild } from './native/load.ts';
import { provideNode } from './native/node.ts';
import { findPackage, loadPackage, PACKAGES } from './native/packages.ts';
import type { NodeApi } from './native/types.ts';
import { type Attempt, type Details, firstLine } from './report.ts';

/** A TensorFlow that may be loaded. */
interface Source {
  what: string;
  /** Where it is, a folder or a package's entry point. */
  from: string;
  /** What a failure of it may be mended with. */
  advice: string;
  load(): { addon: Addon; node: NodeApi };
}

function packageSource(name: string): Source[] {
  const entry = findPackage(name);
  if (entry === undefined) return [];
  const advice = `remove it (npm uninstall ${name}), or see \`descent tensorflow install\``;
  return [{ what: name, from: entry, advice, load: () => loadPackage(entry) }];
}

function buildSource(): Source[] {
  const build = findBuild();
  if (!build) return [];
  const advice = 'make it anew with `descent tensorflow install`';
  const what = `TensorFlow ${build.version}`.trim();
  return [{ what, from: build.folder, advice, load: () => loadBuild(build) }];
}

/** A package of the user's comes before the command's build, unless DESCENT_TENSORFLOW names one. */
function sources(): Source[] {
  const packages = (): Source[] => PACKAGES.flatMap(packageSource);
  return process.env.DESCENT_TENSORFLOW ? buildSource() : [...packages(), ...buildSource()];
}

/** Whether there is one to try. */
export function hasTensorflow(): boolean {
  try {
    return sources().length > 0;
  } catch {
    // What is wrong shows when it is started.
    return true;
  }
}

/** That it can compute shows at the first operation. */
function check(): void {
  if (getBackend() !== 'tensorflow') throw new Error('it does not start');
  const sum = tidy(() => add(1, 2).dataSync()[0]);
  if (sum !== 3) throw new Error(`1 + 2 gave ${sum}`);
}

function start({ what, from, load }: Source): Details {
  const before = getBackend();
  try {
    return guarded(from, () => {
      const { addon, node } = load();
      repairTensorflowKernels();
      alignNativeKernels();
      void setBackend('tensorflow');
      check();
      provideNode(node);
      const device = addon.isUsingGpuDevice() ? 'gpu' : 'cpu';
      return { version: `TensorFlow ${addon.TF_Version}`, device, from };
    });
  } catch (thrown) {
    if (findBackendFactory('tensorflow')) removeBackend('tensorflow');
    if (before) void setBackend(before);
    throw new Error(`${what} in ${from} does not load: ${firstLine(thrown)}`, { cause: thrown });
  }
}

/**
 * Loads native TensorFlow and registers it as the back end 'tensorflow': an installed package of tfjs-node, else
 * the build of `descent tensorflow install`. Those that fail are added to `failures`.
 *
 * @throws Error when there is none, or none that loads
 */
export function startTensorflow(failures: Attempt[]): Details {
  const found = sources();
  if (found.length === 0) {
    throw new Error('TensorFlow is not installed: run `descent tensorflow install`');
  }
  for (const source of found.slice(0, -1)) {
    try {
      return start(source);
    } catch (thrown) {
      failures.push({ name: 'tensorflow', reason: `${firstLine(thrown)}; ${source.advice}` });
    }
  }
  const last = found.at(-1)!;
  try {
    return start(last);
  } catch (thrown) {
    throw new Error(`${firstLine(thrown)}; ${last.advice}`, { cause: thrown });
  }
}
