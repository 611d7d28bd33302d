// Puts right how tfjs records operations for gradients (its engine's "tape").
import { engine, type Tensor } from '@tensorflow/tfjs-core';

interface TapeNode {
  saved: Tensor[];
}

type Inputs = Record<string, Tensor | null | undefined> | Tensor[];

/** What is used of tfjs's engine; it declares the methods as private. */
interface Engine {
  state: { activeTape: TapeNode[] | null; gradientDepth: number; kernelDepth: number };
  addTapeNode(kernelName: string, inputs: Inputs, ...rest: unknown[]): void;
  saveTensorsForBackwardMode(tensors: (Tensor | null | undefined)[]): Tensor[];
  gradients(...args: unknown[]): unknown;
}

const prototype: Engine = Object.getPrototypeOf(engine());
const { addTapeNode, saveTensorsForBackwardMode, gradients } = prototype;

/**
 * Kernels whose results are flags, indices or samples. tfjs records them like any other, and then cannot
 * differentiate what merely chooses by them: `tf.where(x.greater(0), x, y)`, and the gradients of selu, prelu
 * and leakyRelu, which are of that form.
 */
const WITHOUT_DERIVATIVE: ReadonlySet<string> = new Set(
  `All Any Bincount BitwiseAnd Equal Greater Less LessEqual LogicalAnd LogicalNot LogicalOr LogicalXor LowerBound
  Multinomial NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 NotEqual SearchSorted UpperBound`.split(
    /\s+/,
  ),
);

/** The inputs that there are: a batch norm may have no scale, at which tfjs fails. */
function given(inputs: Inputs): Inputs {
  if (Array.isArray(inputs) || Object.values(inputs).every((tensor) => tensor != null)) return inputs;
  return Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor != null));
}

prototype.saveTensorsForBackwardMode = function (tensors) {
  return saveTensorsForBackwardMode.call(
    this,
    tensors.filter((tensor) => tensor != null),
  );
};

/**
 * Records an operation, and then the copies of its results that its gradient will need. tfjs records those
 * copies first, so that they do not seem to depend on what the operation depends on: the second derivative
 * of every function whose gradient is given by its result (exp, tanh, sigmoid, softmax …) loses a term.
 */
prototype.addTapeNode = function (kernelName, inputs, ...rest) {
  if (WITHOUT_DERIVATIVE.has(kernelName)) return;
  addTapeNode.call(this, kernelName, given(inputs), ...rest);
  const tape = this.state.activeTape!;
  const node = tape.pop()!;
  tape.splice(tape.length - node.saved.length, 0, node);
};

/** Frees what the operations on the tape saved for their gradients. */
function release(engine: Engine): void {
  for (const { saved } of engine.state.activeTape ?? []) {
    for (const tensor of saved) tensor.dispose();
  }
  engine.state.activeTape = null;
}

/**
 * A gradient within the function of another has a tape of its own, which becomes part of the outer one.
 * tfjs uses the outer one from its beginning, so that what was computed from x before, a constant of the inner
 * function, is differentiated too: `const c = tf.exp(x); return tf.grad((v) => v.mul(c))(x)` is c, not c + x·c.
 */
prototype.gradients = function (...args) {
  const { activeTape, gradientDepth, kernelDepth } = this.state;
  // Within a function with a gradient of its own nothing is recorded, and tfjs finds no gradient there.
  const isHidden = kernelDepth > 0;
  this.state.activeTape = gradientDepth > 0 && !isHidden ? [] : null;
  if (isHidden) Object.assign(this.state, { gradientDepth: 0, kernelDepth: 0 });
  try {
    return gradients.apply(this, args);
  } catch (error) {
    if (this.state.gradientDepth === 0) release(this);
    throw error;
  } finally {
    if (isHidden) Object.assign(this.state, { activeTape, gradientDepth, kernelDepth });
    else if (gradientDepth > 0) {
      for (const node of this.state.activeTape!) activeTape!.push(node);
      this.state.activeTape = activeTape;
    }
  }
};
