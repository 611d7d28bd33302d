import {
  concat,
  customGrad,
  type GradSaveFunc,
  reshape,
  slice,
  type Tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A flat tensor cut into tensors of these shapes. */
function cut(flat: Tensor, shapes: readonly number[][]): Tensor[] {
  let begin = 0;
  return shapes.map((shape) => {
    if (sizeOf(shape) === 0) return zeros(shape);
    const part = reshape(slice(flat, [begin], [sizeOf(shape)]), shape);
    begin += sizeOf(shape);
    return part;
  });
}

/**
 * An operation of several results with a gradient, which tfjs's `customGrad` has for one result alone. The
 * gradient may be made of operations with gradients, and then has those of higher orders.
 *
 * @param compute the results
 * @param gradient from the gradients of the results, the results and x, that of x
 */
export function withGradient(
  x: Tensor,
  compute: (x: Tensor) => Tensor[],
  gradient: (dys: Tensor[], results: Tensor[], x: Tensor) => Tensor,
): Tensor[] {
  return tidy(() => {
    let shapes: number[][] = [];
    const flat = customGrad((...args) => {
      const [given, save] = args as [Tensor, GradSaveFunc];
      const results = compute(given);
      shapes = results.map(({ shape }) => shape);
      const filled = results.filter(({ size }) => size > 0);
      const value = filled.length > 0 ? concat(filled.map((one) => reshape(one, [one.size]))) : zeros([0]);
      save([given, value]);
      return {
        value,
        gradFunc: (dy, [saved, all]) => gradient(cut(dy, shapes), cut(all!, shapes), saved!),
      };
    })(x);
    return cut(flat, shapes);
  });
}
