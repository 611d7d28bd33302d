import { existsSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { findProgram } from '../doctor/programs.ts';
import { errorLine } from '../errors.ts';
import { call } from './call.ts';
import { findLibraries, type Libraries, placeInBuild, takeLibraries } from './libraries.ts';
import { pythonTensorflow } from './python.ts';
import { unzip } from './unzip.ts';
import { downloadWheel } from './wheel.ts';

export interface InstallOptions {
  version?: string;
  gpu?: boolean;
  from?: string;
}

/** What is downloaded where nothing else is asked for. */
export const DEFAULT_VERSION = '2.21.0';

const STRIP_TIMEOUT = 60_000;

/** What the steps have in common. */
export interface Work {
  options: InstallOptions;
  /** What becomes the build. */
  next: string;
  /** For what does not. */
  scratch: string;
  signal: AbortSignal;
  tell(line: string): void;
}

/** Unpacks of a wheel what is needed. */
async function unpack(wheel: string, { next, scratch, signal, tell }: Work): Promise<Libraries> {
  tell(`unpacking ${basename(wheel)}`);
  const place = (name: string): string | undefined => {
    const target = placeInBuild(name);
    return target?.startsWith('include/') ? join('scratch', target) : target && join('next', target);
  };
  const above = join(next, '..');
  try {
    await unzip(wheel, above, place, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`${wheel} cannot be unpacked: ${errorLine(error)}`);
  }
  const found = findLibraries(scratch, join(next, 'lib'));
  await strip(found, signal);
  return found;
}

/** Leaves out the names of functions that only a debugger wants: a quarter of the size. */
async function strip({ folder, names }: Libraries, signal: AbortSignal): Promise<void> {
  const program = findProgram('strip');
  if (program === undefined) return;
  const args = ['--strip-unneeded', ...names.map((name) => join(folder, name))];
  await call({ program, args, timeout: STRIP_TIMEOUT, signal });
}

/** Takes the libraries of a folder, with NVIDIA's beside it, which they look for beside them. */
function take(folder: string, { next }: Work): Libraries {
  const found = takeLibraries(findLibraries(folder), join(next, 'lib'));
  const nvidia = join(dirname(folder), 'nvidia');
  if (existsSync(nvidia)) symlinkSync(nvidia, join(next, 'nvidia'));
  return found;
}

async function fromFolder(given: string, work: Work): Promise<[Libraries, string]> {
  const path = resolve(given);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Error(`--from ${given}: there is no ${path}; give a folder or a wheel`);
  if (found.isFile()) return [await unpack(path, work), path];
  return [take(path, work), path];
}

async function fromPip(work: Work): Promise<[Libraries, string]> {
  const { options, scratch, signal, tell } = work;
  const { version = DEFAULT_VERSION, gpu } = options;
  // There is no wheel of tensorflow-cpu for other processors.
  const name = gpu || process.arch !== 'x64' ? 'tensorflow' : 'tensorflow-cpu';
  const requirement = `${name}==${version}`;
  const [folder, temporary] = ['wheel', 'pip'].map((each) => join(scratch, each)) as [string, string];
  for (const each of [folder, temporary]) mkdirSync(each);
  tell(`downloading ${requirement} with pip`);
  const wheel = await downloadWheel({ requirement, folder, temporary, signal, tell });
  const libraries = await unpack(wheel, work);
  rmSync(folder, { recursive: true });
  return [libraries, `pip: ${basename(wheel)}`];
}

/** The libraries, from where they were asked for or are at hand, and in words where that is. */
export async function provide(work: Work): Promise<[Libraries, string]> {
  const { options, signal, tell } = work;
  if (options.from !== undefined) return fromFolder(options.from, work);
  const found = await pythonTensorflow(options.version, options.gpu ?? false, signal);
  if (!found) return fromPip(work);
  tell(`taking TensorFlow ${found.version} of ${found.python}`);
  try {
    return [take(found.folder, work), `${found.python}: ${found.folder}`];
  } catch (error) {
    throw new Error(`${errorLine(error)}; or download one by --version ${DEFAULT_VERSION}`);
  }
}
