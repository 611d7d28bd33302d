// Gradients of functions of tensors, of any order. The toolkit's corrections of how tfjs records operations come with
// them: without those a second derivative loses terms.
import '../../backend/gradients/index.ts';
import { add, dot, engine, reshape, type Tensor, zerosLike } from '@tensorflow/tfjs-core';

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
  const { value, grads } = (engine() as unknown as Engine).gradients(f, xs, dy, true);
  return { value, gradients: xs.map((x, i) => grads[i] ?? zerosLike(x)) };
}

/** Σ aᵢ·bᵢ over all entries of all tensors. */
export function innerProduct(a: readonly Tensor[], b: readonly Tensor[]): Tensor {
  const flat = (x: Tensor): Tensor => reshape(x, [-1]);
  return a.map((one, i) => dot(flat(one), flat(b[i]!))).reduce((sum, one) => add(sum, one));
}

/** H·v as the gradient of vᵀ∇f, exact up to rounding; throws where an operation has no second derivative. */
export function hessianTimes(gradients: () => Tensor[], xs: Tensor[], v: readonly Tensor[]): Tensor[] {
  return valueAndGradients(() => innerProduct(gradients(), v), xs).gradients;
}
