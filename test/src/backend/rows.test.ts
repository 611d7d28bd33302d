import { expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { Rows, tensorOf } from '../../../src/backend/rows.ts';
import { onBackends, read } from '../support.ts';

onBackends('rows', () => {
  const order = Int32Array.of(3, 0, 2, 1);

  it.each(['float32', 'int32', 'bool'] as const)('of %s are those that the order names', (dtype) => {
    const x = tf.tensor2d([0, 1, 1, 0, 1, 1, 0, 0], [4, 2], dtype);
    const some = new Rows(x, order, 1, 2);
    expect(some.shape).toEqual([2, 2]);
    const copy = some.toTensor();
    expect([copy.dtype, copy.shape]).toEqual([dtype, [2, 2]]);
    expect(read(copy)).toEqual([0, 1, 1, 1]);
    expect(read(new Rows(x, undefined, 2, 2).toTensor())).toEqual([1, 1, 0, 0]);
    expect(read(new Rows(x, order, 0, 4).toTensor())).toEqual([0, 0, 0, 1, 1, 1, 1, 0]);
    x.dispose();
  });

  it('are copied only where they are no tensor yet', () => {
    const x = tf.tensor1d([5, 6]);
    const made: tf.Tensor[] = [];
    expect(tensorOf(x, made)).toBe(x);
    const copy = tensorOf(new Rows(x, Int32Array.of(1, 0), 0, 2), made);
    expect([made.length, ...copy.dataSync()]).toEqual([1, 6, 5]);
    tf.dispose([x, made]);
  });
});
