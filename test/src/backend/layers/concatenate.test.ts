import { beforeAll, expect, it } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';

beforeAll(async () => {
  await backend.use('wasm');
});

// Stock takes each of the negative axes for -1.
it.each([-1, -2, -3])('concatenates along axis %i', (axis) => {
  const x = tf.input({ shape: [3, 3, 2] });
  const doubled = tf.layers.add().apply([x, x]);
  const joined = tf.layers.concatenate({ axis }).apply([x, doubled] as never);
  const model = tf.model({ inputs: x, outputs: joined as never });
  const values = tf.range(0, 36).reshape([2, 3, 3, 2]);
  const result = model.predict(values) as typeof values;
  const expected = tf.concat([values, values.mul(2)], axis);
  expect(result.shape).toEqual(expected.shape);
  expect([...result.dataSync()]).toEqual([...expected.dataSync()]);
});
