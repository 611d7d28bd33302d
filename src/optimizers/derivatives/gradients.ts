// Gradients of functions of tensors, of any order. The toolkit's corrections of how tfjs records operations come with
// them: without those a second derivative loses terms.
import '../../backend/gradients/index.ts';
import { add, dot, engine, reshape, type Tensor, tensor1d, zerosLike } from '@tensorflow/tfjs-core';

/** What is used of tfjs's engine beside what it declares. */
interface Engine {
  gradients(
    f: () => Tensor,
    xs: Tensor[],
    dy: Tensor | null,
    allowNoGradients: boolean,
  ): { value: Tensor; grads: (Tensor | undefined)[] };
}

/** A value and its gradients, one for each x. */
export interface ValueAndGradients {
  value: Tensor;
  gradients: Tensor[];
}

/**
 * The value of `f` and its gradients; zeros for an x that it does not depend on.
 *
 * @param dy what the gradients of the entries of the value are weighed by; ones if left out
 */
export function valueAndGradients(
  f: () => Tensor,
  xs: Tensor[],
  dy: Tensor | null = null,
): ValueAndGradients {
  return differentiate(f, xs, dy, true);
}

function differentiate(
  f: () => Tensor,
  xs: Tensor[],
  dy: Tensor | null,
  isConstantAllowed: boolean,
): ValueAndGradients {
  const { value, grads } = (engine() as unknown as Engine).gradients(f, xs, dy, isConstantAllowed);
  return { value, gradients: xs.map((x, i) => grads[i] ?? zerosLike(x)) };
}

/** The i-th unit vector of n entries. */
export function unit(i: number, n: number): Tensor {
  const values = new Float32Array(n);
  values[i] = 1;
  return tensor1d(values);
}

/** Σ aᵢ·bᵢ over all entries of all tensors. */
export function innerProduct(a: readonly Tensor[], b: readonly Tensor[]): Tensor {
  const flat = (x: Tensor): Tensor => reshape(x, [-1]);
  return a.map((one, i) => dot(flat(one), flat(b[i]!))).reduce((sum, one) => add(sum, one));
}

/**
 * The gradients of a function of gradients.
 *
 * Throws where an operation has no second derivative, and where the value does not depend on any x: gradients that were
 * computed outside of tfjs look the same as constant ones.
 */
export const gradientsOfGradients = (f: () => Tensor, xs: Tensor[]): Tensor[] =>
  differentiate(f, xs, null, false).gradients;

/** H·v as the gradient of vᵀ∇f, exact up to rounding; throws as `gradientsOfGradients` does. */
export const hessianTimes = (gradients: () => Tensor[], xs: Tensor[], v: readonly Tensor[]): Tensor[] =>
  gradientsOfGradients(() => innerProduct(gradients(), v), xs);
