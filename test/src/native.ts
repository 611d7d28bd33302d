import { afterAll, beforeAll } from 'vitest';
import { backend, tf } from '../../src/backend/index.ts';
import { NATIVE_TIMEOUT, nativeTensorflow } from '../config/native.ts';

/** Has the tests of a file, or of a block, run on native TensorFlow. */
export function onNativeTensorflow(): void {
  beforeAll(async () => {
    process.env.DESCENT_TENSORFLOW = (await nativeTensorflow()).folder;
    await backend.use('tensorflow');
  }, NATIVE_TIMEOUT);

  afterAll(() => {
    Reflect.deleteProperty(process.env, 'DESCENT_TENSORFLOW');
  });
}

/** How many tensors TensorFlow itself has. */
export const nativeTensors = (): number =>
  (tf.backend() as unknown as { getNumOfTFTensors(): number }).getNumOfTFTensors();
