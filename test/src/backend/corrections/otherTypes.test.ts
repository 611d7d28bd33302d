import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends, read } from '../../support.ts';

const words = (x: tf.Tensor): string[] => {
  const values = x.dataSync() as unknown as string[];
  x.dispose();
  return [...values];
};

// Stock wasm compares what is at an address of its memory, throws "Unknown dtype string", or aborts the module.
onBackends('strings', () => {
  test('are compared', () => {
    const [a, b] = [tf.tensor1d(['a', 'b', 'ab']), tf.tensor1d(['a', 'c', 'aa'])];
    expect(read(tf.equal(a, b))).toEqual([1, 0, 0]);
    expect(read(tf.less(a, b))).toEqual([0, 1, 0]);
    tf.dispose([a, b]);
  });

  test('fill, repeat, join and are cut', () => {
    expect(words(tf.fill([2], 'é'))).toEqual(['é', 'é']);
    const x = tf.tensor2d([['a', 'bc']]);
    expect(words(tf.tile(x, [1, 2]))).toEqual(['a', 'bc', 'a', 'bc']);
    expect(words(tf.concat([x, x], 0))).toEqual(['a', 'bc', 'a', 'bc']);
    expect(words(tf.slice(x, [0, 1], [1, 1]))).toEqual(['bc']);
    expect(words(x.clone())).toEqual(['a', 'bc']);
    x.dispose();
  });

  test('are replaced by a pattern', () => {
    expect(
      words(tf.tidy(() => tf.string.staticRegexReplace(tf.tensor1d(['a1', 'b22']), '[0-9]', '#'))),
    ).toEqual(['a#', 'b##']);
  });
});

onBackends('ragged tensors', () => {
  test('range from starts to limits', () => {
    const [splits, values] = tf.tidy(() => {
      const row = (numbers: number[]) => tf.tensor1d(numbers, 'int32');
      const { rtNestedSplits, rtDenseValues } = tf.raggedRange(
        row([0, 5, 8]),
        row([3, 7, 8]),
        row([1, 1, 1]),
      );
      return [rtNestedSplits!, rtDenseValues!];
    }) as [tf.Tensor, tf.Tensor];
    expect(read(splits)).toEqual([0, 3, 5, 5]);
    expect(read(values)).toEqual([0, 1, 2, 5, 6]);
  });
});
