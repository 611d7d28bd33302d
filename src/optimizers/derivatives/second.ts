import { add, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import { hessianTimes, valueAndGradients } from './gradients.ts';

/** The relative rounding of tensors. */
const SINGLE = 2 ** -23;

/** (∇f(x + hv) − ∇f(x − hv))/2h with h = ε^⅓·max(1, ‖x‖∞)/‖v‖∞ */
function byDifferences(f: (xs: Tensor[]) => Tensor, xs: Tensor[], v: readonly Tensor[]): Tensor[] {
  const largest = (of: readonly Tensor[]): number =>
    Math.max(...of.map((one) => one.abs().max().dataSync()[0]!));
  const size = largest(v);
  if (size === 0) return v.map((one) => mul(one, 0));
  const h = (Math.cbrt(SINGLE) * Math.max(1, largest(xs))) / size;
  const at = (step: number): Tensor[] => {
    const moved = xs.map((x, i) => add(x, mul(v[i]!, step)));
    return valueAndGradients(() => f(moved), moved).gradients;
  };
  const [ahead, behind] = [at(h), at(-h)];
  return ahead.map((one, i) => mul(sub(one, behind[i]!), 1 / (2 * h)));
}

/**
 * The product of the Hessian of a scalar function and `v`: exact, and by differences of gradients where an operation
 * has no second derivative. To be called in a tidy.
 */
export function secondDerivative(f: (xs: Tensor[]) => Tensor, xs: Tensor[], v: readonly Tensor[]): Tensor[] {
  let thrown: unknown;
  const guarded = (given: Tensor[]): Tensor => {
    try {
      return f(given);
    } catch (error) {
      thrown = error;
      throw error;
    }
  };
  try {
    return hessianTimes(() => valueAndGradients(() => guarded(xs), xs).gradients, xs, v);
  } catch (error) {
    if (error === thrown) throw error;
    return byDifferences(f, xs, v);
  }
}
