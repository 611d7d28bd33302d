import { expect, test, vi } from 'vitest';
import { backend, tf } from '../../../src/backend/index.ts';

test('wasm starts again after a reset of the engine, which disposes of it', async () => {
  await backend.use('wasm');
  for (let time = 0; time < 2; time++) {
    tf.engine().reset();
    expect(await tf.setBackend('wasm')).toBe(true);
    expect([...tf.add([1, 2], [3, 4]).dataSync()]).toEqual([4, 6]);
    expect([...tf.matMul([[1, 2]], [[3], [4]]).dataSync()]).toEqual([11]);
  }
});

test('is corrected once, also when a reset has made tfjs forget it', async () => {
  const warnings = vi.spyOn(console, 'warn').mockReturnValue();
  tf.engine().reset();
  await backend.use('wasm');
  expect(warnings.mock.calls.filter(([line]) => String(line).includes('already registered'))).toEqual([]);
  expect([...tf.matMul([[1, 2]], [[3], [4]]).dataSync()]).toEqual([11]);
  warnings.mockRestore();
});
