import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { clipByBlockRms, scale, scaleByParamBlockRms } from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

onBackends('transforms by root mean squares', () => {
  test('clipByBlockRms', () => {
    // rms √((9 + 16) / 2) = 5 / √2, above 1; and 0.5, below
    const [large, small] = [tf.tensor1d([3, 4]), tf.tensor1d([0.5, -0.5])];
    const { updates } = clipByBlockRms(1).update([large, small], {});
    const [a, b] = updates as [tf.Tensor, tf.Tensor];
    expectClose(read(a), [(3 * Math.SQRT2) / 5, (4 * Math.SQRT2) / 5]);
    expectClose(read(b), [0.5, -0.5]);
    tf.dispose([large, small]);
    expect(() => clipByBlockRms(0)).toThrow('threshold must be a finite number above 0; received 0');
  });

  test('scaleByParamBlockRms', () => {
    const g = tf.tensor1d([1, 2]);
    const [w, zero] = [tf.tensor1d([3, 4]), tf.zeros([2])];
    const { updates } = scaleByParamBlockRms({ minScale: 0.1 }).update([g, g], {}, [w, zero]);
    const [a, b] = updates as [tf.Tensor, tf.Tensor];
    expectClose(read(a), [5 / Math.SQRT2, 10 / Math.SQRT2]);
    expectClose(read(b), [0.1, 0.2]);
    expect(() => scaleByParamBlockRms().update(g, {})).toThrow('params must be given to update');
    tf.dispose([g, w, zero]);
  });

  test('scale', () => {
    const g = tf.tensor1d([1, -2]);
    expectClose(read(scale(-3).update(g, {}).updates as tf.Tensor), [-3, 6]);
    expect(() => scale(Number.NaN)).toThrow('factor must be a finite number; received NaN');
    g.dispose();
  });
});
