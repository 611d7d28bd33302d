import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NATIVE_TIMEOUT, type NativeTensorflow, nativeTensorflow } from '../../../config/native.ts';
import { kernels } from '../../../kernel/support/kernels.ts';

const call = promisify(execFile);
const toolkit = join(import.meta.dirname, '../../../../dist/src/backend/index.js');
const folder = mkdtempSync(join(tmpdir(), 'descent-native-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const session = kernels();
let native: NativeTensorflow;
beforeAll(async () => {
  native = await nativeTensorflow();
}, NATIVE_TIMEOUT);

interface Ended {
  stdout: string;
  stderr: string;
  code: number | string;
}

/** Runs a program in `cwd` that finds `backend` and `tf`. */
async function program(body: string, env: Record<string, string>, cwd = folder): Promise<Ended> {
  const source = `const { backend, tf } = await import(${JSON.stringify(toolkit)}); ${body}`;
  const options = { cwd, env: { ...process.env, XDG_DATA_HOME: folder, ...env }, timeout: 60_000 };
  try {
    const ended = await call(process.execPath, ['--input-type=module', '-e', source], options);
    return { ...ended, code: 0 };
  } catch (error) {
    const { stdout, stderr, code, signal } = error as Ended & { signal?: string };
    return { stdout, stderr, code: signal ?? code };
  }
}

const SHOW = 'console.log(await backend.ready(), JSON.stringify(backend.info()));';

/** The build with other libraries, which a function makes in its folder. */
async function buildWith(name: string, libraries: (lib: string) => Promise<void>): Promise<string> {
  const copy = join(folder, name);
  mkdirSync(join(copy, 'lib'), { recursive: true });
  for (const part of ['addon', 'tfjs-node.cjs', 'build.json']) {
    cpSync(join(native.folder, part), join(copy, part), { recursive: true });
  }
  await libraries(join(copy, 'lib'));
  return copy;
}

/** Compiles libraries that have these functions, each with that body. */
async function compileLibraries(lib: string, names: readonly string[], body = ''): Promise<void> {
  const source = join(lib, 'stand.cc');
  writeFileSync(source, names.map((name) => `extern "C" void ${name}() {${body}}\n`).join(''));
  // TensorFlow's own have this version.
  const versions = join(lib, 'versions');
  writeFileSync(versions, 'tensorflow { global: *; };');
  const name = 'libtensorflow_cc.so.2';
  const options = ['-shared', '-fPIC', `-Wl,-soname,${name}`, `-Wl,--version-script=${versions}`];
  await call('g++', [...options, source, '-o', join(lib, name)]);
  const part = 'libtensorflow_framework.so.2';
  await call('g++', ['-shared', '-x', 'c++', '/dev/null', `-Wl,-soname,${part}`, '-o', join(lib, part)]);
}

/** What the addon wants of TensorFlow. */
async function wanted(): Promise<string[]> {
  const { stdout } = await call('nm', ['-D', '-u', join(native.folder, 'addon/tfjs_binding.node')]);
  return [...stdout.matchAll(/ U (TFE?_\w+)/g)].map((match) => match[1]!);
}

test('auto finds the build of the command', async () => {
  const { stdout, stderr } = await program(SHOW, { XDG_DATA_HOME: native.data });
  expect(stderr).toBe('');
  const info = JSON.parse(stdout.replace(/^tensorflow /, ''));
  expect(info).toEqual({
    name: 'tensorflow',
    reason: 'native TensorFlow is installed',
    version: 'TensorFlow 2.21.0',
    device: 'cpu',
    from: native.folder,
    failures: [],
  });
});

test('one copy of tfjs-core: its kernels are registered where ours are', async () => {
  const { stdout, stderr } = await program(
    `await backend.use('tensorflow');
     const x = tf.tensor3d([1, 2, 3, 4], [1, 4, 1]), y = tf.image.flipLeftRight(x.expandDims(0));
     console.log(y instanceof tf.Tensor, y.dataSync().join(), Object.keys(tf.engine().registry).join());
     await backend.use('cpu');
     console.log(y.add(1).dataSync().join());`,
    { XDG_DATA_HOME: native.data },
  );
  expect({ stdout, stderr }).toEqual({ stdout: 'true 4,3,2,1 tensorflow\n5,4,3,2\n', stderr: '' });
});

test('a library that is missing one symbol is named, and the next back end is used', async () => {
  const all = await wanted();
  expect(all.length).toBeGreaterThan(40);
  expect(all).toContain('TFE_Execute');
  const names = all.filter((name) => name !== 'TFE_Execute');
  const build = await buildWith('symbol', (lib) => compileLibraries(lib, names));
  const { stdout, stderr, code } = await program(SHOW, { DESCENT_TENSORFLOW: build });
  expect(code).toBe(0);
  const info = JSON.parse(stdout.replace(/^wasm /, ''));
  const reason = new RegExp(
    `^TensorFlow 2\\.21\\.0 in ${build} does not load: .*undefined symbol: TFE_Execute.*; make it anew`,
  );
  expect(info.failures).toEqual([{ name: 'tensorflow', reason: expect.stringMatching(reason) }]);
  expect(stderr).toBe(
    `descent: tensors are computed on wasm, because tensorflow did not start: ${info.failures[0].reason}\n`,
  );
});

test('a library that is not there is named', async () => {
  const build = await buildWith('absent', async () => {});
  const { stdout } = await program(SHOW, { DESCENT_TENSORFLOW: build });
  expect(stdout).toContain('libtensorflow_cc.so.2: cannot open shared object file');
  const { stdout: none } = await program(SHOW, { DESCENT_TENSORFLOW: join(folder, 'nowhere') });
  expect(none).toContain('which has no build.json: expected the folder of a build');
});

test('a library that ends its process is passed over from the third time on', async () => {
  const build = await buildWith('crash', async (lib) =>
    compileLibraries(lib, await wanted(), '__builtin_trap();'),
  );
  const codes: (number | string)[] = [];
  for (let i = 0; i < 3; i++) {
    const { stdout, code } = await program(SHOW, { DESCENT_TENSORFLOW: build });
    codes.push(code);
    if (i === 2) {
      expect(stdout).toContain('it ended the last 2 processes that loaded it');
      expect(stdout).toContain('make it anew with `descent tensorflow install`');
    }
  }
  expect(codes.slice(0, 2).every((code) => /^SIG(?:ILL|TRAP|SEGV)$/.test(String(code)))).toBe(true);
  expect(codes[2]).toBe(0);
  // A load that succeeds leaves no mark.
  const data = join(folder, 'fresh');
  const { stdout } = await program(SHOW, { XDG_DATA_HOME: data, DESCENT_TENSORFLOW: native.folder });
  expect(stdout).toMatch(/^tensorflow /);
  expect(existsSync(join(data, 'descent/tensorflow/.loading'))).toBe(false);
});

test('in a notebook it costs two cells', async () => {
  const build = await buildWith('crash in a cell', async (lib) =>
    compileLibraries(lib, await wanted(), '__builtin_trap();'),
  );
  const env = { XDG_DATA_HOME: join(folder, 'of notebooks'), DESCENT_TENSORFLOW: build };
  const client = await session.start({ env });
  for (let i = 0; i < 2; i++) {
    const { error } = await client.execute('tf.add(1, 2)', { timeout: 60_000 });
    expect(`${error?.ename} ${error?.evalue}`).toMatch(/SIG(?:ILL|TRAP|SEGV)/);
  }
  const { outputs, error } = await client.execute('console.log(backend.name, tf.add(1, 2).dataSync()[0])');
  expect(error).toBeUndefined();
  const printed = outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');
  expect(printed).toContain('wasm 3\n');
  expect(printed).toContain('it ended the last 2 processes that loaded it');
});

test.each([
  ['an Error', "throw new Error('no addon\\nat all')", 'no addon'],
  ['a string', "throw 'a string'", 'a string'],
  ['nothing', 'throw undefined', 'undefined'],
  ['an object without text', 'throw Object.create(null)', 'it threw what cannot be shown'],
])('a package that throws %s is passed over', async (what, code, reason) => {
  const at = join(folder, what.replaceAll(' ', '-'));
  const entry = join(at, 'node_modules/@tensorflow/tfjs-node/dist/index.js');
  mkdirSync(join(entry, '..'), { recursive: true });
  writeFileSync(entry, code);
  const { stdout, stderr } = await program(SHOW, {}, at);
  expect(stdout).toMatch(/^wasm /);
  const line = `tensorflow did not start: @tensorflow/tfjs-node in ${entry} does not load: ${reason}; remove it`;
  expect(stderr).toContain(line);
  // The command's build comes next.
  const next = await program(SHOW, { XDG_DATA_HOME: native.data }, at);
  expect(next.stderr).toBe('');
  expect(next.stdout).toMatch(
    /^tensorflow .*"failures":\[\{"name":"tensorflow","reason":"@tensorflow\/tfjs-node in /,
  );
});
