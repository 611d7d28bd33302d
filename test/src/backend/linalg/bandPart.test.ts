import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends, read } from '../../support.ts';

onBackends('linalg.bandPart', () => {
  test('bandPart of several, of none, and of NaN beside the band', () => {
    const x = tf.tidy(() =>
      tf.tensor3d([
        [
          [1, Number.NaN],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ]),
    );
    expect(read(tf.linalg.bandPart(x, -1, 0))).toEqual([1, 0, 3, 4, 5, 0, 7, 8]);
    const numbers = [tf.scalar(-1, 'int32'), tf.scalar(0, 'int32')] as const;
    expect(read(tf.linalg.bandPart(x, ...numbers))).toEqual([1, 0, 3, 4, 5, 0, 7, 8]);
    const none = tf.tidy(() => tf.linalg.bandPart(tf.zeros([0, 2, 2]), 0, 0));
    expect(none.shape).toEqual([0, 2, 2]);
    expect(() => tf.linalg.bandPart(x, 3, 0)).toThrow('numLower');
    tf.dispose([x, none, ...numbers]);
  });
});
