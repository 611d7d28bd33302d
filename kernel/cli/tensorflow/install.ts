import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorLine, UsageError } from '../errors.ts';
import { bundle } from './bundle.ts';
import { compile, findCompiler, HUSH } from './compiler.ts';
import { type Build, buildsFolder, findBuilds, MANIFEST, type Manifest } from './folder.ts';
import type { Libraries } from './libraries.ts';
import { DEFAULT_VERSION, type InstallOptions, provide, type Work } from './provide.ts';
import { speedOf, type TestResult, testBuild } from './selfTest.ts';
import { fetchSources, TFJS_NODE } from './sources.ts';
import { checkSpace } from './space.ts';
import { checkMachine, thisMachine } from './target.ts';
import { Interrupted, putInPlace, withWorkFolder } from './work.ts';

/** Bytes for the wheel, what is unpacked of it and what is compiled. */
const SPACE = { cpu: 1.6e9, gpu: 4e9 };

/** CUDA and cuDNN are 3 GB, which a machine with a card often has. */
const NO_GPU =
  "no GPU is used: it takes NVIDIA's driver, CUDA and cuDNN; pip install 'tensorflow[and-cuda]' brings the last two " +
  'for a Python on PATH, whose TensorFlow this command then takes';

function checkOptions({ version, from, gpu }: InstallOptions): void {
  if (version !== undefined && !/^\d+\.\d+(?:\.\w+)*$/.test(version)) {
    throw new UsageError(`--version is ${JSON.stringify(version)}, expected one such as ${DEFAULT_VERSION}`);
  }
  if (from === '') throw new UsageError('--from is "", expected a folder or a wheel');
  if (from !== undefined && (version !== undefined || gpu)) {
    throw new UsageError('--from takes what is there: it does not go with --version or --gpu');
  }
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
    if (options.gpu && result.device === 'cpu') tell(`  ${NO_GPU}`);
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
