import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { NATIVE_TIMEOUT, type NativeTensorflow, nativeTensorflow } from '../../../config/native.ts';
import { kernels, resultOf } from '../../support/kernels.ts';
import { descent } from '../program.ts';

const session = kernels();
let native: NativeTensorflow;

beforeAll(async () => {
  native = await nativeTensorflow();
}, NATIVE_TIMEOUT);

test('installs what is needed and nothing else, and tells the speed it got', () => {
  const lines = native.told.trim().split('\n');
  expect(lines).toContain('testing it');
  expect(lines.at(-2)).toMatch(/^installed TensorFlow 2\.21\.0 in .*[\\/]2\.21\.0 \(\d+ MB\)$/);
  expect(lines.at(-1)).toMatch(
    /^ {2}[\d.]+ ms a training step of an MLP .*, \d+ GFLOP\/s in matrix products$/,
  );
  const files = (readdirSync(native.folder, { recursive: true }) as string[]).filter((name) =>
    statSync(join(native.folder, name)).isFile(),
  );
  expect(files.filter((name) => /\.(?:py|h|cc|whl)$/.test(name))).toEqual([]);
  expect(files.sort()).toEqual([
    'THIRD_PARTY_NOTICES.txt',
    'addon/hush.node',
    'addon/tfjs_binding.node',
    'build.json',
    'lib/libtensorflow_cc.so.2',
    'lib/libtensorflow_framework.so.2',
    'tfjs-node.cjs',
  ]);
  // Nothing of the work is left beside it.
  expect(readdirSync(join(native.folder, '..')).filter((name) => name.startsWith('.building'))).toEqual([]);
});

test('descent tensorflow tests what is installed', async () => {
  const { code, stdout, stderr } = await descent(['tensorflow'], { env: { XDG_DATA_HOME: native.data } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^TensorFlow 2\.21\.0 in .*\n {2}passes its test on cpu: [\d.]+ ms /);
});

test('a cell trains on it, without a word of noise', async () => {
  const client = await session.start({ env: { XDG_DATA_HOME: native.data, DESCENT_BACKEND: 'tensorflow' } });
  const { outputs, error } = await client.execute(
    `const model = tf.sequential({ layers: [
       tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], activation: 'relu' }),
       tf.layers.flatten(), tf.layers.dense({ units: 1 })] });
     model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
     const x = tf.randomNormal([32, 8, 8, 1], 0, 1, 'float32', 1), y = x.mean([1, 2]);
     const { history } = await model.fit(x, y, { epochs: 20, verbose: 0 });
     const loss = history.loss as number[];
     console.log(backend.info().version, loss.at(-1)! < loss[0]! / 2);`,
    { timeout: 60_000 },
  );
  expect(error).toBeUndefined();
  expect(outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: 'TensorFlow 2.21.0 true\n' }]);
});

test('DESCENT_BACKEND may name another', async () => {
  const client = await session.start({ env: { XDG_DATA_HOME: native.data, DESCENT_BACKEND: 'wasm' } });
  expect(await resultOf(client, 'await backend.ready()')).toContain('wasm');
  expect(await resultOf(client, "await backend.use('tensorflow')")).toContain('tensorflow');
  expect(await resultOf(client, 'tf.getBackend()')).toContain('tensorflow');
});
