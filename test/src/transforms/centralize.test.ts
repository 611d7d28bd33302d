import fc from 'fast-check';
import { test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { centralize } from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

const centred = (g: tf.Tensor): tf.Tensor => centralize().update(g, {}).updates as tf.Tensor;

onBackends('centralize', () => {
  test('takes the mean of each column of a matrix away, and leaves vectors', () => {
    // Columns (1, 4), (2, 5), (3, 6) of means 2.5, 3.5, 4.5
    const [matrix, vector] = [tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), tf.tensor1d([1, 2])];
    expectClose(read(centred(matrix)), [-1.5, -1.5, -1.5, 1.5, 1.5, 1.5]);
    expectClose(read(centred(vector)), [1, 2]);
    tf.dispose([matrix, vector]);
  });

  test('the means of kernels are 0 for each channel of the output', () => {
    const numbers = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(numbers, (values) => {
        const means = tf.tidy(() => centred(tf.tensor4d(values, [2, 2, 2, 3])).mean([0, 1, 2]));
        expectClose(read(means), [0, 0, 0]);
      }),
      { numRuns: 20 },
    );
  });
});
