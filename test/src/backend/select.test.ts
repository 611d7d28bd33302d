import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';

const bundle = join(import.meta.dirname, '../../../node_modules/.cache/descent-test/backend.mjs');

/** Runs a program that finds `backend` and `tf`, away from this folder, and returns what it wrote. */
async function program(
  body: string,
  env: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string }> {
  // require, as the kernel loads modules: it throws where a module awaits at its top level.
  const source = `const { backend, tf } = require(${JSON.stringify(bundle)});
    (async () => { ${body} })().catch((error) => console.log(String(error)));`;
  // A native TensorFlow of this user's would be chosen.
  const clean = { ...process.env, XDG_DATA_HOME: tmpdir(), NODE_OPTIONS: '--no-warnings', ...env };
  return promisify(execFile)(process.execPath, ['-e', source], { cwd: tmpdir(), env: clean });
}

const SUM = 'tf.tensor1d([1, 2]).add(1).dataSync().join()';

beforeAll(async () => {
  const entry = join(import.meta.dirname, '../../../src/backend/index.ts');
  await build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
  });
});

test('computes on cpu at once, and on wasm once ready, without a word of noise', async () => {
  const { stdout, stderr } = await program(`
    const before = tf.tensor1d([3, 4]);
    console.log(backend.name, before.mul(2).dataSync().join());
    console.log(await backend.ready(), await backend.ready(), backend.name, tf.getBackend());
    console.log(before.add(1).dataSync().join(), ${SUM}, backend.reason);
    console.log(process.listenerCount('uncaughtException'), process.listenerCount('unhandledRejection'));`);
  expect(stdout).toBe(
    'cpu 6,8\nwasm wasm wasm wasm\n4,5 2,3 the fastest back end without a native library\n0 0\n',
  );
  expect(stderr).toBe('');
});

test('tf.ready makes the same choice', async () => {
  expect(await program('await tf.ready(); console.log(backend.name)')).toEqual({
    stdout: 'wasm\n',
    stderr: '',
  });
});

test('DESCENT_BACKEND=cpu', async () => {
  const body = `console.log(await backend.ready(), ${SUM}, backend.reason)`;
  expect(await program(body, { DESCENT_BACKEND: 'cpu' })).toEqual({
    stdout: 'cpu 2,3 named by DESCENT_BACKEND\n',
    stderr: '',
  });
});

test('a back end that does not start gives way, with one line that says why', async () => {
  const { stdout, stderr } = await program(`console.log(await backend.ready(), ${SUM})`, {
    DESCENT_BACKEND: 'tensorflow',
  });
  expect(stdout).toBe('wasm 2,3\n');
  expect(stderr).toBe(
    'descent: tensors are computed on wasm, because tensorflow did not start: TensorFlow is not installed: ' +
      'run `descent tensorflow install`\n',
  );
});

test('without WebAssembly tensors are computed on cpu, with one line that says why', async () => {
  const { stdout, stderr } = await program(`
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    console.log(await backend.ready(), ${SUM});`);
  expect(stdout).toBe('cpu 2,3\n');
  expect(stderr).toMatch(/^descent: tensors are computed on cpu, because wasm did not start: [^\n]+\n$/);
});

test('a name that is none is rejected', async () => {
  const { stdout } = await program('await backend.ready()', { DESCENT_BACKEND: 'webgl' });
  expect(stdout).toContain(
    `DESCENT_BACKEND must be one of 'auto', 'cpu', 'wasm', 'tensorflow'; received "webgl"`,
  );
});

test('use changes back and forth, and stays where it is when it fails', async () => {
  const { stdout } = await program(`
    const x = tf.tensor1d([1, 2]);
    for (const name of ['wasm', 'cpu', 'wasm']) console.log(await backend.use(name), x.add(1).dataSync().join());
    await backend.use('tensorflow').catch((error) => console.log(error.message));
    console.log(backend.name, await backend.ready(), ${SUM});`);
  expect(stdout).toBe(
    'wasm 2,3\ncpu 2,3\nwasm 2,3\nTensorFlow is not installed: run `descent tensorflow install`\nwasm wasm 2,3\n',
  );
});

test('auto is the best there is, also when asked for later', async () => {
  const { stdout } = await program(
    `console.log(await backend.ready(), await backend.use('cpu'), await backend.use('auto'), backend.name);`,
    { DESCENT_BACKEND: 'auto' },
  );
  expect(stdout).toBe('wasm cpu wasm wasm\n');
});

test('info tells what computes, before and after the choice', async () => {
  const { stdout } = await program(`
    console.log(JSON.stringify(backend.info()));
    await backend.ready();
    console.log(JSON.stringify(backend.info()));`);
  const [before, after] = stdout.split('\n').map((line) => (line ? JSON.parse(line) : undefined));
  expect(before).toEqual({
    name: 'cpu',
    reason: 'the JavaScript back end, until ready() has chosen one',
    version: 'tfjs-backend-cpu 4.22.0',
    device: 'cpu',
    failures: [],
  });
  expect(after).toMatchObject({
    name: 'wasm',
    version: 'tfjs-backend-wasm 4.22.0',
    simd: true,
    failures: [],
  });
});

test('tf.setBackend starts what comes with the toolkit', async () => {
  const { stdout, stderr } = await program(`
    console.log(await tf.setBackend('wasm'), tf.getBackend(), ${SUM});
    console.log(await tf.setBackend('cpu'), backend.name, await backend.ready());
    await tf.setBackend('tensorflow').catch((error) => console.log(error.message));
    await tf.setBackend('webgl').catch((error) => console.log(error.message));`);
  expect(stdout).toBe(
    'true wasm 2,3\ntrue cpu cpu\nTensorFlow is not installed: run `descent tensorflow install`\n' +
      "Backend name 'webgl' not found in registry\n",
  );
  expect(stderr).toBe('');
});

test('tf.node explains what it needs, and may be looked at', async () => {
  const { stdout } = await program(`
    console.log('node' in tf, tf.node?.absent, typeof tf.node.decodeImage);
    try { tf.node.decodeImage(new Uint8Array(1)) } catch (error) { console.log(error.message) }`);
  expect(stdout).toBe(
    'true undefined function\ntf.node.decodeImage needs native TensorFlow, which is not in use: ' +
      "install it with `descent tensorflow install`, then await backend.use('tensorflow')\n",
  );
});
