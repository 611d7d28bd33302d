import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { toTensor } from '../../../src/core/tensor.ts';
import type { TensorLike } from '../../../src/core/types.ts';
import { onBackends, read } from '../support.ts';

onBackends('toTensor', () => {
  const convert = (value: TensorLike): { shape: number[]; dtype: string; values: number[] } => {
    const x = toTensor('f', 'x', value);
    return { shape: x.shape, dtype: x.dtype, values: read(x) };
  };

  test('reads numbers, booleans, nested arrays and every typed array', () => {
    expect(convert(3)).toEqual({ shape: [], dtype: 'float32', values: [3] });
    expect(convert([true, false])).toEqual({ shape: [2], dtype: 'float32', values: [1, 0] });
    expect(
      convert([
        [1, 2, 3],
        [4, 5, 6],
      ]).shape,
    ).toEqual([2, 3]);
    expect(convert([new Float64Array([1, 2]), [3, 4]])).toEqual({
      shape: [2, 2],
      dtype: 'float32',
      values: [1, 2, 3, 4],
    });
    for (const type of [
      Float32Array,
      Float64Array,
      Int32Array,
      Int8Array,
      Uint8Array,
      Uint16Array,
      Uint32Array,
    ]) {
      expect(convert(type.from([1, 2]))).toEqual({ shape: [2], dtype: 'float32', values: [1, 2] });
    }
    expect(convert([])).toEqual({ shape: [0], dtype: 'float32', values: [] });
    const big = toTensor('f', 'x', new Int32Array([16777217]), 'int32');
    expect(read(big)).toEqual([16777217]);
  });

  test('a float tensor is passed on, another is cast', () => {
    const x = tf.scalar(1);
    expect(toTensor('f', 'x', x)).toBe(x);
    const i = tf.tensor1d([1, 2], 'int32');
    expect(convert(i).dtype).toBe('float32');
    x.dispose();
    i.dispose();
  });

  test('rejects what holds no numbers, naming the argument', () => {
    const ragged: TensorLike = [[1, 2], [3]];
    expect(() => toTensor('f', 'x', ragged)).toThrow(
      'f: x must be a tensor, a typed array or nested arrays of numbers; received [[1,2],[3]]',
    );
    for (const value of [
      null,
      undefined,
      'text',
      { a: 1 },
      ['a'],
      new BigInt64Array(1),
      [[1], 2],
      [1, [2]],
    ]) {
      expect(() => toTensor('f', 'x', value as unknown as TensorLike), String(value)).toThrow('f: x must be');
    }
    const text = tf.tensor(['a']);
    expect(() => toTensor('f', 'x', text)).toThrow('received a tensor of string');
    text.dispose();
    const gone = tf.tensor1d([1]);
    gone.dispose();
    expect(() => toTensor('f', 'x', gone)).toThrow(
      'f: x must be a tensor that still exists; received a disposed tensor',
    );
  });
});
