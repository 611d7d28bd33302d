// How tfjs walks back over what it recorded, with complex numbers, which it refuses.
import { add, type Tensor, util } from '@tensorflow/tfjs-core';

/** An operation that was recorded. */
export interface TapeNode {
  id: number;
  kernelName: string;
  inputs: Record<string, Tensor> | Tensor[];
  outputs: Tensor[];
  saved: Tensor[];
  gradient?(dys: (Tensor | null)[]): Record<string, () => Tensor>;
}

/** A node with the inputs that a gradient is asked of. */
interface Step {
  node: TapeNode;
  inputs: [name: string, input: Tensor][];
}

/** The operations between `xs` and `y`, in the order of recording. */
export function between(tape: readonly TapeNode[], xs: readonly Tensor[], y: Tensor): Step[] {
  const fromX = new Set(xs.map(({ id }) => id));
  const steps: Step[] = [];
  for (const node of tape) {
    const inputs = Object.entries(node.inputs).filter(([, input]) => fromX.has(input.id));
    if (inputs.length === 0) continue;
    for (const output of node.outputs) fromX.add(output.id);
    steps.push({ node, inputs });
  }
  const toY = new Set([y.id]);
  const needed = steps.reverse().filter(({ node }) => {
    const leads = node.outputs.some(({ id }) => toY.has(id));
    if (leads) for (const input of Object.values(node.inputs)) toY.add(input.id);
    return leads;
  });
  return needed.reverse();
}

/** Throws, in tfjs's words, for a gradient of another shape or type than its input has. */
function check(dx: Tensor, name: string, input: Tensor, kernelName: string): void {
  const dtype = input.dtype === 'complex64' ? 'complex64' : 'float32';
  if (dx.dtype !== dtype) {
    throw new Error(
      `Error in gradient for op ${kernelName}. The gradient of input ${name} must have '${dtype}' dtype, but has ` +
        `'${dx.dtype}'`,
    );
  }
  if (!util.arraysEqual(dx.shape, input.shape)) {
    throw new Error(
      `Error in gradient for op ${kernelName}. The gradient of input '${name}' has shape '${dx.shape}', which does ` +
        `not match the shape of the input '${input.shape}'`,
    );
  }
}

function inputGradients({ node, inputs }: Step, dys: (Tensor | null)[]): [Tensor, () => Tensor][] {
  const { kernelName } = node;
  if (!node.gradient) {
    throw new Error(`Cannot compute gradient: gradient function not found for ${kernelName}.`);
  }
  const found = node.gradient(dys);
  return inputs.map(([name, input]) => {
    const gradient = found[name];
    if (!gradient) {
      throw new Error(
        `Cannot backprop through input ${name}. Available gradients found: ${Object.keys(found)}.`,
      );
    }
    return [
      input,
      () => {
        const dx = gradient();
        check(dx, name, input, kernelName);
        return dx;
      },
    ];
  });
}

/**
 * The gradients of all tensors on the way, by their ids.
 *
 * @param dy the gradient of the last result
 * @param tidy what frees the tensors made on the way
 */
export function backpropagate(
  steps: readonly Step[],
  y: Tensor,
  dy: Tensor,
  tidy: (f: () => Tensor) => Tensor,
): Map<number, Tensor> {
  const gradients = new Map([[y.id, dy]]);
  // A function may give one tensor for two inputs, the one that it was given or one that was saved: each gradient
  // is to be freed by itself.
  const taken = new Set([dy]);
  for (const step of steps.toReversed()) {
    const dys = step.node.outputs.map(({ id }) => gradients.get(id) ?? null);
    for (const [input, gradient] of inputGradients(step, dys)) {
      const given = tidy(gradient);
      const dx = taken.has(given) || given.kept ? given.clone() : given;
      const before = gradients.get(input.id);
      const sum = before ? tidy(() => add(before, dx)) : dx;
      taken.add(sum);
      gradients.set(input.id, sum);
      if (before && before !== dy) before.dispose();
    }
  }
  return gradients;
}
