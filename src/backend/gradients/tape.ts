// Puts right how tfjs records operations for gradients (its engine's "tape").
import { cast, engine, Identity, ones, Tensor, util } from '@tensorflow/tfjs-core';
import { backpropagate, between, type TapeNode } from './backpropagate.ts';
import { runKernel } from './register.ts';

type Inputs = Record<string, Tensor | null | undefined> | Tensor[];

/** What is used of tfjs's engine; it declares the methods as private. */
interface Engine {
  state: {
    activeTape: TapeNode[] | null;
    activeScope: { name: string };
    gradientDepth: number;
    kernelDepth: number;
  };
  addTapeNode(kernelName: string, inputs: Inputs, ...rest: unknown[]): void;
  saveTensorsForBackwardMode(tensors: (Tensor | null | undefined)[]): Tensor[];
  gradients(f: () => Tensor, xs: Tensor[], dy?: Tensor | null, allowNoGradients?: boolean): Gradients;
  clone(x: Tensor): Tensor;
  scopedRun<T>(start: () => void, end: () => void, f: () => T): T;
  startTape(): void;
  endTape(): void;
  tidy<T>(name: string, f: () => T): T;
  tidy<T>(f: () => T): T;
}

interface Gradients {
  value: Tensor;
  /** Of each x; undefined for one that the value does not depend on. */
  grads: (Tensor | undefined)[];
}

const prototype: Engine = Object.getPrototypeOf(engine());
const { addTapeNode, saveTensorsForBackwardMode } = prototype;

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
export function release(engine: Pick<Engine, 'state'>): void {
  for (const { saved } of engine.state.activeTape ?? []) {
    for (const tensor of saved) tensor.dispose();
  }
  engine.state.activeTape = null;
}

const isComplex = ({ dtype }: Tensor): boolean => dtype === 'complex64';

/** The copy of a tensor that a gradient needs; the gradient of the copy of a complex one is complex too. */
prototype.clone = function (x) {
  const y = runKernel(Identity, { x });
  const gradient = (dy: Tensor) => ({ x: () => (isComplex(dy) ? dy.clone() : cast(dy, 'float32')) });
  this.addTapeNode(this.state.activeScope.name, { x }, [y], gradient, [], {});
  return y;
};

/** The gradients along the tape of this call alone. */
function differentiate(
  engine: Engine,
  f: () => Tensor,
  xs: Tensor[],
  dy: Tensor | null | undefined,
  allowNoGradients: boolean,
): Gradients {
  util.assert(xs.length > 0, () => 'gradients() received an empty list of xs.');
  if (dy != null && dy.dtype !== 'float32') {
    throw new Error(`dy must have 'float32' dtype, but has '${dy.dtype}'`);
  }
  const run = (): Tensor => engine.tidy('forward', f);
  const y = engine.scopedRun(
    () => engine.startTape(),
    () => engine.endTape(),
    run,
  );
  util.assert(y instanceof Tensor, () => 'The result y returned by f() must be a tensor.');
  const steps = between(engine.state.activeTape!, xs, y);
  if (!allowNoGradients && steps.length === 0) {
    throw new Error(
      'Cannot compute gradient of y=f(x) with respect to x. Make sure that the f you passed encloses all ' +
        'operations that lead from x to y.',
    );
  }
  return engine.tidy('backward', () => {
    const found = backpropagate(steps, y, dy ?? ones(y.shape), (g) => engine.tidy(g));
    if (engine.state.gradientDepth === 0) release(engine);
    return { value: y, grads: xs.map(({ id }) => found.get(id)) };
  });
}

/**
 * A gradient within the function of another has a tape of its own, which becomes part of the outer one.
 * tfjs uses the outer one from its beginning, so that what was computed from x before, a constant of the inner
 * function, is differentiated too: `const c = tf.exp(x); return tf.grad((v) => v.mul(c))(x)` is c, not c + x·c.
 */
prototype.gradients = function (f, xs, dy, allowNoGradients = false) {
  const { activeTape, gradientDepth, kernelDepth } = this.state;
  // Within a function with a gradient of its own nothing is recorded, and tfjs finds no gradient there.
  const isHidden = kernelDepth > 0;
  this.state.activeTape = gradientDepth > 0 && !isHidden ? [] : null;
  if (isHidden) Object.assign(this.state, { gradientDepth: 0, kernelDepth: 0 });
  try {
    return differentiate(this, f, xs, dy, allowNoGradients);
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
