import { expect, it } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';
import { compileStep } from '../../../../src/training/index.ts';
import { data } from './support.ts';

it('a plan that is disposed of after a reset of the engine leaves the memory of the next back end alone', async () => {
  await backend.use('wasm');
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [5] })] });
  const step = compileStep(model, { loss: 'meanSquaredError', optimizer: 'sgd' });
  step(data([8, 5], 1), data([8, 2], 2));
  tf.engine().reset();
  await backend.use('wasm');
  const kept = Array.from({ length: 50 }, (_, i) => tf.fill([50], i));
  step.dispose();
  const more = Array.from({ length: 50 }, (_, i) => tf.fill([1 + i], -1));
  for (const [i, one] of kept.entries()) expect([...one.dataSync()]).toEqual(Array(50).fill(i));
  for (const one of more) expect(new Set(one.dataSync())).toEqual(new Set([-1]));
});
