import { mkdirSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { findProgram } from '../doctor/programs.ts';
import { errorLine, UsageError } from '../errors.ts';
import { bundle } from './bundle.ts';
import { call } from './call.ts';
import { compile, findCompiler, HUSH } from './compiler.ts';
import { type Build, buildsFolder, findBuilds, MANIFEST, type Manifest } from './folder.ts';
import { findLibraries, type Libraries, placeInBuild, takeLibraries } from './libraries.ts';
import { pythonTensorflow } from './python.ts';
import { speedOf, type TestResult, testBuild } from './selfTest.ts';
import { fetchSources, TFJS_NODE } from './sources.ts';
import { checkMachine, thisMachine } from './target.ts';
import { unzip } from './unzip.ts';
import { downloadWheel } from './wheel.ts';
import { Interrupted, putInPlace, withWorkFolder } from './work.ts';

export interface InstallOptions {
  version?: string;
  gpu?: boolean;
  from?: string;
}

/** What is downloaded where nothing else is asked for. */
export const DEFAULT_VERSION = '2.21.0';

/** Bytes for the wheel, what is unpacked of it and what is compiled. */
const SPACE = { cpu: 1.6e9, gpu: 4e9 };
const STRIP_TIMEOUT = 60_000;

/** What the steps have in common. */
interface Work {
  options: InstallOptions;
  /** What becomes the build. */
  next: string;
  /** For what does not. */
  scratch: string;
  signal: AbortSignal;
  tell(line: string): void;
}

function checkOptions({ version, from, gpu }: InstallOptions): void {
  if (version !== undefined && !/^\d+\.\d+(?:\.\w+)*$/.test(version)) {
    throw new UsageError(`--version is ${JSON.stringify(version)}, expected one such as ${DEFAULT_VERSION}`);
  }
  if (from === '') throw new UsageError('--from is "", expected a folder or a wheel');
  if (from !== undefined && (version !== undefined || gpu)) {
    throw new UsageError('--from takes what is there: it does not go with --version or --gpu');
  }
}

function checkSpace(folder: string, needed: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new Error(
    `${folder} has ${gigabytes(free)} free, TensorFlow needs ${gigabytes(needed)} while it is installed: ` +
      'free some space, or set XDG_DATA_HOME to a folder on a larger disk',
  );
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

async function fromFolder(given: string, work: Work): Promise<[Libraries, string]> {
  const path = resolve(given);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Error(`--from ${given}: there is no ${path}; give a folder or a wheel`);
  if (found.isFile()) return [await unpack(path, work), path];
  return [takeLibraries(findLibraries(path), join(work.next, 'lib')), path];
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

/** The libraries, from where they were asked for or are at hand. */
async function provide(work: Work): Promise<[Libraries, string]> {
  const { options, signal, tell } = work;
  if (options.from !== undefined) return fromFolder(options.from, work);
  const found = await pythonTensorflow(options.version, options.gpu ?? false, signal);
  if (!found) return fromPip(work);
  tell(`taking TensorFlow ${found.version} of ${found.python}`);
  return [
    takeLibraries(findLibraries(found.folder), join(work.next, 'lib')),
    `${found.python}: ${found.folder}`,
  ];
}

async function make(work: Work, compiler: string[], libraries: Libraries): Promise<void> {
  const { next, scratch, signal, tell } = work;
  tell(`fetching @tensorflow/tfjs-node ${TFJS_NODE} with npm`);
  const sources = join(scratch, 'sources');
  await fetchSources(sources, signal);
  await bundle(sources, join(next, 'tfjs-node.cjs'));
  tell(`compiling the addon with ${compiler[0]}`);
  const node = join(sources, 'node_modules', 'node-api-headers', 'include');
  const binding = join(sources, 'node_modules', '@tensorflow', 'tfjs-node', 'binding');
  const addon = join(next, 'addon');
  mkdirSync(addon);
  const hush = join(scratch, 'hush.cc');
  writeFileSync(hush, HUSH);
  await compile({
    compiler,
    sources: [hush],
    output: join(addon, 'hush.node'),
    headers: [node],
    signal,
  });
  await compile({
    compiler,
    sources: readdirSync(binding)
      .filter((name) => name.endsWith('.cc'))
      .map((name) => join(binding, name)),
    output: join(addon, 'tfjs_binding.node'),
    headers: [node, libraries.include],
    libraries,
    signal,
  });
}

function sizeOf(folder: string): number {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Tests what was made; a build needs its manifest for that. */
async function test(work: Work, manifest: Manifest): Promise<TestResult> {
  const write = (): void =>
    writeFileSync(join(work.next, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  write();
  work.tell('testing it');
  try {
    const result = await testBuild(work.next, work.signal);
    Object.assign(manifest, { version: result.version.replace('TensorFlow ', ''), size: sizeOf(work.next) });
    write();
    return result;
  } catch (error) {
    work.signal.throwIfAborted();
    // It names a folder that is about to go.
    const reason = errorLine(error).replace(/; make it anew with .*$/, '');
    throw new Error(
      `the TensorFlow from ${manifest.source} does not pass its test: ${reason}; choose another by --version or --from`,
    );
  }
}

async function build(
  work: Work,
  compiler: string[],
  builds: string,
): Promise<Build & { result: TestResult }> {
  for (const each of [work.next, work.scratch]) mkdirSync(each);
  const [libraries, source] = await provide(work);
  await make(work, compiler, libraries);
  const kind = work.options.gpu ? 'gpu' : 'cpu';
  const manifest: Manifest = {
    version: '',
    kind,
    source,
    target: `${process.platform}-${process.arch}`,
    addon: TFJS_NODE,
    compiler: compiler.join(' '),
    built: new Date().toISOString(),
    size: 0,
  };
  const result = await test(work, manifest);
  const folder = join(builds, kind === 'gpu' ? `${manifest.version}-gpu` : manifest.version);
  putInPlace(work.next, folder, join(work.scratch, 'last'));
  return { folder, manifest, result };
}

/** `descent tensorflow install` */
export async function install(options: InstallOptions): Promise<number> {
  checkOptions(options);
  checkMachine(thisMachine());
  const compiler = findCompiler();
  const tell = (line: string): void => void process.stdout.write(`${line}\n`);
  const builds = buildsFolder();
  try {
    const { folder, manifest, result } = await withWorkFolder(builds, async (above, signal) => {
      checkSpace(above, SPACE[options.gpu ? 'gpu' : 'cpu']);
      const work = { options, next: join(above, 'next'), scratch: join(above, 'scratch'), signal, tell };
      return build(work, compiler, builds);
    });
    for (const other of findBuilds(builds)) {
      if (other.folder === folder) continue;
      rmSync(other.folder, { recursive: true, force: true });
      tell(`removed TensorFlow ${other.manifest.version} in ${other.folder}`);
    }
    tell(`installed TensorFlow ${manifest.version} in ${folder} (${Math.round(manifest.size / 1e6)} MB)`);
    tell(`  ${speedOf(result)}`);
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return error.code;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new Error(
        `the disk of ${builds} is full: free some space, or set XDG_DATA_HOME to a folder on another disk`,
      );
    }
    throw error;
  }
}
