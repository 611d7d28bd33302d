// Gradients of products of matrices.
import {
  BatchMatMul,
  type BatchMatMulAttrs,
  Einsum,
  type EinsumAttrs,
  einsum,
  matMul,
  mul,
  reshape,
  sum,
  type Tensor,
  tile,
  transpose,
} from '@tensorflow/tfjs-core';
import { setGradient, sumTo } from './register.ts';

/** Summed over the batches that one of the factors was repeated for, which tfjs forgets. */
setGradient<BatchMatMulAttrs>(
  BatchMatMul,
  { inputsToSave: ['a', 'b'] },
  (dy, [a, b], { transposeA, transposeB }) => ({
    a: () => {
      const da = transposeA ? matMul(b!, dy, transposeB, true) : matMul(dy, b!, false, !transposeB);
      return sumTo(da, a!.shape);
    },
    b: () => {
      const db = transposeB ? matMul(dy, a!, true, transposeA) : matMul(a!, dy, !transposeA, false);
      return sumTo(db, b!.shape);
    },
  }),
);

/** A factor of a sum of products, its axes by name. */
interface Factor {
  names: string;
  x: Tensor;
}

/** The factor summed over the axes that nothing else has; the kernel of such sums mistakes them. */
function alone({ names, x }: Factor, others: string): Factor {
  const axes = [...names].flatMap((name, axis) => (others.includes(name) ? [] : [axis]));
  return { names: [...names].filter((name) => others.includes(name)).join(''), x: sum(x, axes) };
}

/** One factor with its axes in the order of `names`. */
const ordered = (factor: Factor, names: string): Tensor =>
  transpose(
    factor.x,
    [...names].map((name) => factor.names.indexOf(name)),
  );

/** Σ of the product by names of axes, where one of the factors may have none. */
function contract(first: Factor, second: Factor | undefined, names: string): Tensor {
  const a = alone(first, names + (second?.names ?? ''));
  if (second === undefined) return ordered(a, names);
  const b = alone(second, names + a.names);
  if (a.names === '') return mul(a.x, ordered(b, names));
  if (b.names === '') return mul(b.x, ordered(a, names));
  return einsum(`${a.names},${b.names}->${names}`, a.x, b.x);
}

setGradient<EinsumAttrs>(Einsum, { saveAllInputs: true }, (dy, operands, { equation }) => {
  const [left = '', result = ''] = equation.replace(/\s/g, '').split('->');
  const terms = left.split(',');
  return operands.map((operand, i) => () => {
    const names = terms[i]!;
    const other = operands[1 - i];
    const otherNames = terms[1 - i] ?? '';
    // Axes of this factor alone were summed by themselves: all their entries have the same gradient.
    const isShared = (name: string): boolean => result.includes(name) || otherNames.includes(name);
    const shared = [...names].filter(isShared).join('');
    const factor = other && { names: otherNames, x: other };
    const gradient = contract({ names: result, x: dy }, factor, shared);
    const flat = [...names].map((name, axis) => (isShared(name) ? operand.shape[axis]! : 1));
    const repeats = [...names].map((name, axis) => (isShared(name) ? 1 : operand.shape[axis]!));
    return tile(reshape(gradient, flat), repeats);
  });
});
