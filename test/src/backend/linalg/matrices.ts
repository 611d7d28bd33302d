import { tf } from '../../../../src/backend/index.ts';
import { random } from '../../../../src/core/random.ts';
import { expectClose, gradients } from '../../support.ts';

const source = random(3);
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
/** Numbers for a tensor of this shape; each file draws its own sequence. */
export const draw = (shape: readonly number[]): number[] =>
  Array.from({ length: size(shape) }, () => source.normal());

/** A matrix of this rank: a product of thin ones. */
function ofRank(rank: number, m: number, n: number): tf.Tensor {
  return tf.tidy(() =>
    tf.matMul(tf.tensor(draw([m, rank]), [m, rank]), tf.tensor(draw([rank, n]), [rank, n])),
  );
}

/** The largest entry, whatever its sign. */
export const largest = (x: tf.Tensor): number => (x.size === 0 ? 0 : tf.max(tf.abs(x)).dataSync()[0]!);

/** The largest entry of QᵀQ − I. */
export const skewness = (q: tf.Tensor): number =>
  q.size === 0 ? 0 : tf.tidy(() => largest(tf.sub(tf.matMul(q, q, true), tf.eye(q.shape.at(-1)!))));

/** Matrices of every kind. */
export const matrices: [string, () => tf.Tensor][] = [
  ['square', () => tf.tensor(draw([6, 6]), [6, 6])],
  ['tall', () => tf.tensor(draw([9, 4]), [9, 4])],
  ['wide', () => tf.tensor(draw([4, 9]), [4, 9])],
  ['of rank 2', () => ofRank(2, 5, 5)],
  ['tall of rank 2', () => ofRank(2, 8, 4)],
  ['wide of rank 1', () => ofRank(1, 3, 7)],
  ['zero', () => tf.zeros([4, 3])],
  ['the identity', () => tf.eye(4)],
  ['with equal columns', () => tf.tile(tf.tensor(draw([5, 1]), [5, 1]), [1, 3])],
  ['with a zero column first', () => tf.concat([tf.zeros([4, 1]), tf.tensor(draw([4, 2]), [4, 2])], 1)],
  ['1 × 1', () => tf.tensor([[-3]])],
  ['one row', () => tf.tensor(draw([1, 5]), [1, 5])],
  ['one column', () => tf.tensor(draw([5, 1]), [5, 1])],
  ['large', () => tf.mul(tf.tensor(draw([5, 5]), [5, 5]), 1e30)],
  ['tiny', () => tf.mul(tf.tensor(draw([5, 3]), [5, 3]), 1e-30)],
  [
    'of sizes far apart',
    () =>
      tf.tensor2d([
        [1e10, 1],
        [0, 1e-10],
      ]),
  ],
  ['60 × 40', () => tf.tensor(draw([60, 40]), [60, 40])],
  ['several', () => tf.tensor(draw([2, 3, 4, 3]), [2, 3, 4, 3])],
  ['several wide', () => tf.tensor(draw([2, 2, 5]), [2, 2, 5])],
  ['empty', () => tf.zeros([0, 3])],
  ['without columns', () => tf.zeros([3, 0])],
  ['none at all', () => tf.zeros([0, 2, 2])],
];

/** The gradient against differences, and the gradient of a function of the gradient as well. */
export function check(f: (x: tf.Tensor) => tf.Tensor, x: number[], shape: number[]): void {
  const slope = (t: tf.Tensor) => tf.sum(tf.square(tf.grad(f)(t)));
  for (const g of [f, slope]) {
    const { exact, differences } = gradients(g, x, shape, 4e-3);
    const scale = Math.max(...differences.map(Math.abs));
    expectClose(
      exact.map((value) => value / scale),
      differences.map((value) => value / scale),
      1e-2,
    );
  }
}
