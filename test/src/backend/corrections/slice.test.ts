import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends, read } from '../../support.ts';

/** The elements of 0, 1, 2, … in `shape` that the slice takes, counted out one by one. */
function taken(shape: readonly number[], begin: readonly number[], size: readonly number[]): number[] {
  return shape.reduce<number[]>(
    (offsets, length, axis) =>
      offsets.flatMap((offset) =>
        Array.from({ length: size[axis]! }, (_, i) => offset * length + begin[axis]! + i),
      ),
    [0],
  );
}

/** The length of an axis, where the slice begins, and how much of it. */
const axis = fc
  .nat(4)
  .chain((length) =>
    fc
      .nat(length)
      .chain((begin) => fc.tuple(fc.constant(length), fc.constant(begin), fc.nat(length - begin))),
  );

onBackends('a slice', () => {
  test('takes the elements in its bounds, of any rank and type', () => {
    fc.assert(
      fc.property(
        fc.array(axis, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('float32', 'int32'),
        (axes, dtype) => {
          const [shape, begin, size] = [0, 1, 2].map((i) => axes.map((of) => of[i]!)) as [
            number[],
            number[],
            number[],
          ];
          const x = tf.tidy(() =>
            tf.range(0, tf.util.sizeFromShape(shape), 1, dtype as 'int32').reshape(shape),
          );
          const part = tf.slice(x, begin, size);
          expect(part.shape).toEqual(size);
          expect(read(part)).toEqual(taken(shape, begin, size));
          x.dispose();
        },
      ),
      { numRuns: 200 },
    );
  });

  test('takes the rest where its size is -1 or not given', () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    expect(read(tf.slice(x, [0, 1], [2, -1]))).toEqual([2, 3, 5, 6]);
    expect(read(tf.slice(x, [1]))).toEqual([4, 5, 6]);
    x.dispose();
  });

  // Stock wasm returns what its memory held.
  test('beyond its tensor is refused', () => {
    const x = tf.zeros([4, 3]);
    expect(() => tf.slice(x, [1, 1], [10, 10])).toThrow(/begin\[0\] \+ size\[0\]/);
    x.dispose();
  });
});
