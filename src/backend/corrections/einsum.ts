import {
  BatchMatMul,
  backend_util,
  Einsum,
  Multiply,
  Reshape,
  Sum,
  type TensorInfo,
  Transpose,
} from '@tensorflow/tfjs-core';
import type { Kernels } from './kernels.ts';
import type { Arguments, Backend } from './memory.ts';
import { Work } from './work.ts';

/** A tensor whose axes have numbers: those of the result first, in its order. */
interface Term {
  readonly x: TensorInfo;
  readonly axes: readonly number[];
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);
const same = (a: readonly number[], b: readonly number[]): boolean => `${a}` === `${b}`;

class Product {
  readonly #work: Work;
  readonly #lengths: ReadonlyMap<number, number>;

  constructor(work: Work, terms: readonly Term[]) {
    this.#work = work;
    this.#lengths = new Map(terms.flatMap(({ x, axes }) => axes.map((axis, i) => [axis, x.shape[i]!])));
  }

  shapeOf = (axes: readonly number[]): number[] => axes.map((axis) => this.#lengths.get(axis)!);

  reshape = (x: TensorInfo, shape: number[]): TensorInfo =>
    same(x.shape, shape) ? x : this.#work.run(Reshape, { x }, { shape });

  /** The term with its axes in that order. */
  ordered({ x, axes }: Term, order: readonly number[]): Term {
    if (same(axes, order)) return { x, axes };
    const perm = order.map((axis) => axes.indexOf(axis));
    return { x: this.#work.run(Transpose, { x }, { perm }), axes: order };
  }

  /** The term summed over some of its axes. */
  summed({ x, axes }: Term, over: readonly number[]): Term {
    if (over.length === 0) return { x, axes };
    const axis = over.map((name) => axes.indexOf(name));
    const sum = this.#work.run(Sum, { x }, { axis, keepDims: false });
    return { x: sum, axes: axes.filter((name) => !over.includes(name)) };
  }

  /** The elements multiplied, broadcast over the axes that a term lacks, and summed. */
  elementwise(a: Term, b: Term, axes: readonly number[], contracted: readonly number[]): Term {
    const order = [...axes, ...contracted];
    const spread = (term: Term): TensorInfo => {
      const { x } = this.ordered(
        term,
        order.filter((axis) => term.axes.includes(axis)),
      );
      return this.reshape(
        x,
        order.map((axis) => (term.axes.includes(axis) ? this.#lengths.get(axis)! : 1)),
      );
    };
    const x = this.#work.run(Multiply, { a: spread(a), b: spread(b) });
    return this.summed({ x, axes: order }, contracted);
  }

  /** A product of matrices for each index of the shared axes. */
  matrices(a: Term, b: Term, shared: readonly number[], contracted: readonly number[]): Term {
    const rest = ({ axes }: Term): number[] =>
      axes.filter((axis) => !shared.includes(axis) && !contracted.includes(axis));
    const [rows, columns] = [rest(a), rest(b)];
    const [n, k] = [sizeOf(this.shapeOf(shared)), sizeOf(this.shapeOf(contracted))];
    // A matrix that lies transposed in memory is multiplied as it is.
    const matrix = (term: Term, free: number[], freeFirst: boolean): [TensorInfo, boolean] => {
      const straight = freeFirst ? [...shared, ...free, ...contracted] : [...shared, ...contracted, ...free];
      const other = freeFirst ? [...shared, ...contracted, ...free] : [...shared, ...free, ...contracted];
      const transposed = !same(term.axes, straight) && same(term.axes, other);
      const { x } = transposed ? term : this.ordered(term, straight);
      const m = sizeOf(this.shapeOf(free));
      return [this.reshape(x, freeFirst === transposed ? [n, k, m] : [n, m, k]), transposed];
    };
    const [left, transposeA] = matrix(a, rows, true);
    const [right, transposeB] = matrix(b, columns, false);
    const product = this.#work.run(BatchMatMul, { a: left, b: right }, { transposeA, transposeB });
    const axes = [...shared, ...rows, ...columns];
    return { x: this.reshape(product, this.shapeOf(axes)), axes };
  }
}

/** tfjs multiplies all indices out and adds them up after, and leaves some sums of one term undone. */
function einsum({ inputs, attrs, backend }: Arguments): TensorInfo {
  const tensors = inputs as unknown as TensorInfo[];
  const decoded = backend_util.decodeEinsumEquation(
    (attrs as { equation?: string }).equation!,
    tensors.length,
  );
  backend_util.checkEinsumDimSizes(decoded.allDims.length, decoded.idDims, tensors as never);
  const isSummed = (axis: number): boolean => axis >= decoded.allDims.length - decoded.summedDims.length;
  const work = new Work(backend as Backend);
  const terms = tensors.map((x, i): Term => ({ x, axes: decoded.idDims[i]! }));
  const product = new Product(work, terms);
  const [a, b] = terms.map((term, i) =>
    product.summed(
      term,
      term.axes.filter((axis) => isSummed(axis) && !terms[1 - i]?.axes.includes(axis)),
    ),
  ) as [Term, Term?];
  const multiplied = b ? pair(product, a, b, isSummed) : a;
  const order = decoded.allDims.map((_, axis) => axis).filter((axis) => !isSummed(axis));
  return work.finish(product.ordered(multiplied, order).x);
}

function pair(product: Product, a: Term, b: Term, isSummed: (axis: number) => boolean): Term {
  const both = a.axes.filter((axis) => b.axes.includes(axis));
  const contracted = both.filter(isSummed);
  const shared = both.filter((axis) => !isSummed(axis));
  const free = [...a.axes, ...b.axes].filter((axis) => !both.includes(axis));
  if (contracted.length === 0 || sizeOf(product.shapeOf(free)) === 1) {
    return product.elementwise(a, b, [...shared, ...free], contracted);
  }
  return product.matrices(a, b, shared, contracted);
}

export const einsums: Kernels = { [Einsum]: einsum };
