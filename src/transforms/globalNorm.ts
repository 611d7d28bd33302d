import { type Scalar, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { square, tensorNamed } from '../core/elementwise/expression.ts';
import { compileProgram } from '../core/elementwise/program.ts';
import { sumProgram } from '../core/elementwise/run.ts';
import { checkTensors, entries } from '../core/tree.ts';
import type { Params } from '../core/types.ts';

const SQUARES = compileProgram([square(tensorNamed('x'))], ['x']);

/** The Euclidean norm of all elements of a tree together, as a number. */
export function normOf(tree: Params): number {
  const sums = entries<Tensor>(tree).map(([, x]) => sumProgram(SQUARES, [x], [])[0]!);
  return Math.sqrt(sums.reduce((total, sum) => total + sum, 0));
}

/**
 * The Euclidean norm of all elements of a tree of tensors together.
 *
 * `√Σ x²`, gathered in double precision where the back end has one pass for it. No gradient flows through it.
 *
 * @param tree tensors in objects and arrays
 * @returns a scalar; 0 for a tree without tensors
 * @throws ArgumentError when a leaf is no tensor, with its path
 *
 * @example
 * transforms.globalNorm({ w: tf.tensor([3]), b: tf.tensor([4]) }); // 5
 */
export function globalNorm(tree: Params): Scalar {
  checkTensors('globalNorm', 'tree', tree);
  return scalar(normOf(tree));
}
