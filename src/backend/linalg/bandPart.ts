import {
  clone,
  greaterEqual,
  less,
  lessEqual,
  linalg,
  logicalAnd,
  minimum,
  neg,
  range,
  reshape,
  type Scalar,
  scalar,
  sub,
  Tensor,
  type TensorLike,
  tensor,
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

const stock = linalg.bandPart;

/** How many diagonals there are on one side, all `size` of them for a negative number. */
function width(given: number | Scalar, size: number): Scalar {
  if (typeof given === 'number') return scalar(given < 0 ? size : given, 'int32');
  return where(less(given, 0), scalar(size, 'int32'), minimum(given, scalar(size, 'int32'))) as Scalar;
}

const isWidth = (given: unknown, size: number): boolean =>
  typeof given === 'number'
    ? Number.isInteger(given) && given <= size
    : given instanceof Tensor && given.dtype === 'int32';

/**
 * Matrices with zeros but on their diagonal and `numLower` diagonals below and `numUpper` above it.
 *
 * @param a [..., m, n]
 * @param numLower an integer of at most m; negative for all of the lower triangle
 * @param numUpper an integer of at most n; negative for all of the upper triangle
 * @throws Error when a is no matrix or a number is not in its range
 *
 * @example
 * tf.linalg.bandPart([[1, 2], [3, 4]], 0, -1); // [[1, 2], [0, 4]]
 */
export function bandPart<T extends Tensor>(
  a: T | TensorLike,
  numLower: number | Scalar,
  numUpper: number | Scalar,
): T {
  return tidy(() => {
    const x: Tensor = a instanceof Tensor ? a : tensor(a);
    const [rows, columns] = x.shape.slice(-2) as [number, number];
    // tfjs says what is wrong with them.
    const fits = x.rank >= 2 && isWidth(numLower, rows) && isWidth(numUpper, columns);
    if (!fits) return stock(x, numLower, numUpper) as T;
    if (x.size === 0) return clone(x) as T;
    const below = sub(reshape(range(0, rows, 1, 'int32'), [-1, 1]), range(0, columns, 1, 'int32'));
    const inBand = logicalAnd(
      lessEqual(below, width(numLower, rows)),
      greaterEqual(below, neg(width(numUpper, columns))),
    );
    return where(inBand, x, zerosLike(x)) as T;
  });
}
