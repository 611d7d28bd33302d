import type { NamedTensorMap, Optimizer, Tensor } from '@tensorflow/tfjs-core';

/** A gradient with the name of its variable. */
interface NamedTensor {
  name: string;
  tensor: Tensor;
}

/**
 * Is told of the total loss and the gradients of a step, by the names of the variables, before the optimizer takes
 * them. What it throws ends the step, which then has changed nothing that is trained.
 */
export type BeforeUpdate = (loss: number, gradients: Readonly<Record<string, Tensor>>) => void;

/** Runs `minimize`, which calls the optimizer, with `before` called in front of what applies the gradients. */
export function withCall<T>(
  optimizer: Optimizer,
  before: (gradients: NamedTensorMap) => void,
  minimize: () => T,
): T {
  const own = Object.getOwnPropertyDescriptor(optimizer, 'applyGradients');
  const apply = optimizer.applyGradients;
  let told = false;
  const value = (gradients: NamedTensorMap | NamedTensor[]): void => {
    const pairs = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    // Some optimizers take several gradients for a step, the others at other weights.
    if (!told) before(Object.fromEntries(pairs.filter(([, gradient]) => gradient != null)));
    told = true;
    apply.call(optimizer, gradients);
  };
  Object.defineProperty(optimizer, 'applyGradients', { configurable: true, writable: true, value });
  try {
    return minimize();
  } finally {
    if (own) Object.defineProperty(optimizer, 'applyGradients', own);
    else Reflect.deleteProperty(optimizer, 'applyGradients');
  }
}
