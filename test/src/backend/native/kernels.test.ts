import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { NATIVE_TIMEOUT, type NativeTensorflow, nativeTensorflow } from '../../../config/native.ts';

const toolkit = join(import.meta.dirname, '../../../../dist/src/backend/index.js');

let native: NativeTensorflow;
beforeAll(async () => {
  native = await nativeTensorflow();
}, NATIVE_TIMEOUT);

/** What tfjs-node 4.22 as it comes gives for each, all of which the other back ends can do. */
const CASES: [name: string, code: string, stock: string][] = [
  ['bool is compared', 'tf.tensor1d([true, false]).greater(tf.tensor1d([false, false]))', 'throws'],
  ['relu of bool', "tf.relu(tf.tensor1d([1, 0], 'bool'))", 'throws'],
  ['the sign of NaN', 'tf.sign(tf.tensor1d([NaN, -2, 3]))', 'NaN'],
  ['floorDiv of floats', 'tf.floorDiv(tf.tensor1d([7, -7]), tf.tensor1d([2, 2]))', 'float32'],
  ['the mean of nothing', 'tf.mean(tf.zeros([0, 2]), 0)', 'NaN'],
  ['all of nothing', "tf.all(tf.zeros([0], 'bool'))", 'true'],
  ['bits', "tf.bitwiseAnd(tf.tensor1d([6], 'int32'), tf.tensor1d([3], 'int32'))", 'no kernel'],
  ['a padded convolution', 'tf.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, 1)', 'throws'],
  [
    'its gradient',
    'tf.grad((x) => tf.conv2d(x, tf.ones([2, 2, 1, 1]), 1, [[0, 0], [1, 0], [0, 1], [0, 0]]))(tf.ones([1, 3, 3, 1]))',
    'throws',
  ],
  ['padded pooling', 'tf.maxPool(tf.range(0, 9).reshape([1, 3, 3, 1]), 2, 2, 1)', 'throws'],
  [
    'a convolution of nothing',
    'tf.conv2d(tf.ones([0, 4, 4, 2]), tf.ones([2, 2, 2, 3]), 1, "same")',
    'two channels',
  ],
  ['prelu of infinities', 'tf.prelu(tf.tensor1d([Infinity, -1, 2]), tf.tensor1d([Infinity, 3, 1]))', 'NaN'],
  ['segments out of range', "tf.unsortedSegmentSum(tf.ones([2]), tf.tensor1d([0, 5], 'int32'), 2)", 'throws'],
  ['a diagonal of bool', 'tf.diag(tf.tensor1d([true, false]))', 'throws'],
  ['text', "tf.string.stringSplit(tf.tensor1d(['a b']), tf.scalar(' ')).values", 'no kernel'],
  ['a rotated image', 'tf.image.rotateWithOffset(tf.ones([1, 3, 3, 1]), 0.5)', 'no kernel'],
  ['the same seed', 'tf.multinomial(tf.tensor1d([0.4, 0.6]), 8, 7)', 'another sequence'],
];

test('what tfjs-node lacks or has otherwise is as on the JavaScript back end', async () => {
  const body = CASES.map(([, code]) => `() => ${code}`).join(',\n');
  const source = `
    const { backend, tf } = await import(${JSON.stringify(toolkit)});
    const show = (x) => [x.dtype, x.shape, Array.from(x.dataSync(), (v) => typeof v === 'string' ? v : v.toPrecision?.(5) ?? v)];
    const cases = [${body}];
    const all = {};
    for (const name of ['cpu', 'tensorflow']) {
      await backend.use(name);
      const before = tf.memory().numTensors;
      all[name] = cases.map((make) => {
        try { return tf.tidy(() => show(make())) } catch (error) { return String(error) }
      });
      if (tf.memory().numTensors !== before) throw new Error('tensors left behind on ' + name);
    }
    console.log(JSON.stringify(all));`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', source],
    {
      env: { ...process.env, XDG_DATA_HOME: native.data },
      timeout: 60_000,
    },
  );
  expect(stderr).toBe('');
  const { cpu, tensorflow } = JSON.parse(stdout) as Record<'cpu' | 'tensorflow', unknown[]>;
  CASES.forEach(([name, , stock], i) => {
    expect(cpu[i], name).toBeInstanceOf(Array);
    expect(tensorflow[i], `${name}; stock: ${stock}`).toEqual(cpu[i]);
  });
});
