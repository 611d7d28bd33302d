import type { backend_util } from '@tensorflow/tfjs-core';
import type { Attribute } from '../../train/residents.ts';
import {
  type ActivationName,
  type ActivationOptions,
  type Convolution,
  type Emitter,
  Uncompiled,
  type WeightUse,
} from '../emitter.ts';
import type { NativeProgram, NativeWeight, Node } from './program.ts';

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The same numbers under another shape. */
function reshape(program: NativeProgram, x: Node, out: readonly number[]): Node {
  if (String(x.shape) === String(out)) return x;
  const attributes = [...program.attributes(), program.integerType('Tshape')];
  const [there, back] = [program.integers(out), program.integers(x.shape)];
  const y = program.node(out, x.needsGradient);
  program.onForward(() => {
    y.parts = [];
    y.id = program.call('Reshape', attributes, [x.id, there]);
  });
  if (x.needsGradient) {
    program.onBackward(y, (dy) => x.parts.push(program.call('Reshape', attributes, [dy, back])));
  }
  return y;
}

function addBias(program: NativeProgram, x: Node, bias: WeightUse | undefined): Node {
  if (!bias) return x;
  const b = program.weight(bias);
  const attributes = program.attributes({ data_format: 'NHWC' });
  const y = program.node(x.shape, x.needsGradient || b.isTrained);
  program.onForward(() => {
    y.parts = [];
    y.id = program.call('BiasAdd', attributes, [x.id, b.id]);
  });
  program.onBackward(y, (dy) => {
    if (b.isTrained) b.parts.push(program.call('BiasAddGrad', attributes, [dy]));
    if (x.needsGradient) x.parts.push(dy);
  });
  return y;
}

/** A weight under the shape that an operation wants, and its gradient under its own. */
interface Shaped {
  /** Its number in this step, once it is taken. */
  id: number;
  take(): number;
  give(gradient: number): void;
}

function underShape(program: NativeProgram, weight: NativeWeight, wanted: readonly number[]): Shaped {
  const { shape } = weight.variable;
  const isSame = String(shape) === String(wanted);
  const attributes = [...program.attributes(), program.integerType('Tshape')];
  const [there, back] = isSame ? [-1, -1] : [program.integers(wanted), program.integers(shape)];
  return {
    id: -1,
    take() {
      this.id = isSame ? weight.id : program.call('Reshape', attributes, [weight.id, there]);
      return this.id;
    },
    give(gradient) {
      weight.parts.push(isSame ? gradient : program.call('Reshape', attributes, [gradient, back]));
    },
  };
}

function matMul(
  program: NativeProgram,
  given: Node,
  kernel: WeightUse,
  bias: WeightUse | undefined,
  out: readonly number[],
): Node {
  const w = program.weight(kernel);
  const depth = given.shape.at(-1)!;
  const columns = out.at(-1)!;
  const rows = size(given.shape) / depth;
  const x = reshape(program, given, [rows, depth]);
  const product = (transposeA: boolean, transposeB: boolean): Attribute[] =>
    program.attributes({ transpose_a: transposeA, transpose_b: transposeB });
  const [forward, byKernel, byInput] = [product(false, false), product(true, false), product(false, true)];
  const weights = underShape(program, w, [depth, columns]);
  const y = program.node([rows, columns], x.needsGradient || w.isTrained);
  program.onForward(() => {
    y.parts = [];
    y.id = program.call('MatMul', forward, [x.id, weights.take()]);
  });
  program.onBackward(y, (dy) => {
    if (w.isTrained) weights.give(program.call('MatMul', byKernel, [x.id, dy]));
    if (x.needsGradient) x.parts.push(program.call('MatMul', byInput, [dy, weights.id]));
  });
  return reshape(program, addBias(program, y, bias), out);
}

/** tfjs tells the kind of padding in small or in capital letters. */
const paddingOf = (info: backend_util.Conv2DInfo): string => info.padInfo.type.toUpperCase();

/** On the processor TensorFlow's gradients of depthwise convolutions leave their dilation out. */
function checkDilation({ kind, info }: Convolution): void {
  if (kind === 'full' || (info.dilationHeight === 1 && info.dilationWidth === 1)) return;
  throw new Uncompiled('a depthwise convolution with dilation has no compiled form on the native back end');
}

function convolve(program: NativeProgram, x: Node, convolution: Convolution, out: readonly number[]): Node {
  checkDilation(convolution);
  const { kind, kernel, bias, info } = convolution;
  const w = program.weight(kernel);
  const attributes = program.attributes({
    strides: [1, info.strideHeight, info.strideWidth, 1],
    dilations: [1, info.dilationHeight, info.dilationWidth, 1],
    padding: paddingOf(info),
    data_format: 'NHWC',
  });
  const names =
    kind === 'full'
      ? { forward: 'Conv2D', input: 'Conv2DBackpropInput', filter: 'Conv2DBackpropFilter' }
      : {
          forward: 'DepthwiseConv2dNative',
          input: 'DepthwiseConv2dNativeBackpropInput',
          filter: 'DepthwiseConv2dNativeBackpropFilter',
        };
  const filter =
    kind === 'full' ? info.filterShape : [...info.filterShape.slice(0, 2), ...w.variable.shape.slice(-2)];
  const weights = underShape(program, w, filter);
  const [inputShape, filterShape] = [program.integers(x.shape), program.integers(filter)];
  const y = program.node(out, x.needsGradient || w.isTrained);
  program.onForward(() => {
    y.parts = [];
    y.id = program.call(names.forward, attributes, [x.id, weights.take()]);
  });
  program.onBackward(y, (dy) => {
    if (w.isTrained) weights.give(program.call(names.filter, attributes, [x.id, filterShape, dy]));
    if (x.needsGradient) x.parts.push(program.call(names.input, attributes, [inputShape, weights.id, dy]));
  });
  return addBias(program, y, bias);
}

function pool(
  program: NativeProgram,
  x: Node,
  kind: 'max' | 'avg',
  info: backend_util.Conv2DInfo,
  out: readonly number[],
): Node {
  const attributes = program.attributes({
    ksize: [1, info.filterHeight, info.filterWidth, 1],
    strides: [1, info.strideHeight, info.strideWidth, 1],
    padding: paddingOf(info),
    data_format: 'NHWC',
  });
  const shape = program.integers(x.shape);
  const y = program.node(out, x.needsGradient);
  program.onForward(() => {
    y.parts = [];
    y.id = program.call(kind === 'max' ? 'MaxPool' : 'AvgPool', attributes, [x.id]);
  });
  if (!x.needsGradient) return y;
  program.onBackward(y, (dy) => {
    const inputs = kind === 'max' ? [x.id, y.id, dy] : [shape, dy];
    x.parts.push(program.call(kind === 'max' ? 'MaxPoolGrad' : 'AvgPoolGrad', attributes, inputs));
  });
  return y;
}

/** TensorFlow's operations for activations; their gradients take dy and the argument, or the value and dy. */
const ACTIVATIONS: Readonly<
  Partial<Record<ActivationName, readonly [op: string, known: 'x' | 'y' | 'y first']>>
> = {
  relu: ['Relu', 'y'],
  relu6: ['Relu6', 'y'],
  leakyRelu: ['LeakyRelu', 'x'],
  elu: ['Elu', 'y'],
  selu: ['Selu', 'y'],
  softplus: ['Softplus', 'x'],
  softsign: ['Softsign', 'x'],
  sigmoid: ['Sigmoid', 'y first'],
  tanh: ['Tanh', 'y first'],
};

function operationOf(name: ActivationName): readonly [op: string, known: 'x' | 'y' | 'y first'] {
  const found = ACTIVATIONS[name];
  if (!found) throw new Uncompiled(`the activation ${name} has no compiled form on the native back end`);
  return found;
}

function checkFactor(factor: number): void {
  if (factor !== 1) throw new Uncompiled('means of layers have no compiled form on the native back end');
}

function softmax(program: NativeProgram, given: Node): Node {
  const columns = given.shape.at(-1)!;
  const x = reshape(program, given, [size(given.shape) / columns, columns]);
  const plain = program.attributes();
  const sums = [...program.attributes({ keep_dims: true }), program.integerType('Tidx')];
  const axis = program.integers([1]);
  const y = program.node(x.shape, x.needsGradient);
  program.onForward(() => {
    y.parts = [];
    y.id = program.call('Softmax', plain, [x.id]);
  });
  program.onBackward(y, (dy) => {
    if (!x.needsGradient) return;
    const weighed = program.call('Mul', plain, [dy, y.id]);
    const sum = program.call('Sum', sums, [weighed, axis]);
    const shared = program.call('Mul', plain, [y.id, sum]);
    x.parts.push(program.call('Sub', plain, [weighed, shared]));
  });
  return reshape(program, y, given.shape);
}

function activate(
  program: NativeProgram,
  x: Node,
  name: ActivationName,
  { alpha = 1 }: ActivationOptions = {},
): Node {
  if (name === 'softmax') return softmax(program, x);
  const [op, known] = operationOf(name);
  const attributes = program.attributes(name === 'leakyRelu' ? { alpha } : {});
  const y = program.node(x.shape, x.needsGradient);
  program.onForward(() => {
    y.parts = [];
    y.id = program.call(op, attributes, [x.id]);
  });
  program.onBackward(y, (dy) => {
    if (!x.needsGradient) return;
    const inputs = known === 'x' ? [dy, x.id] : known === 'y' ? [dy, y.id] : [y.id, dy];
    x.parts.push(program.call(`${op}Grad`, attributes, inputs));
  });
  return y;
}

function add(program: NativeProgram, values: readonly Node[], factor: number): Node {
  checkFactor(factor);
  const y = program.node(
    values[0]!.shape,
    values.some(({ needsGradient }) => needsGradient),
  );
  program.onForward(() => {
    y.parts = [];
    y.id = program.sum(values.map(({ id }) => id));
  });
  program.onBackward(y, (dy) => {
    for (const value of values) if (value.needsGradient) value.parts.push(dy);
  });
  return y;
}

const missing = (what: string) => (): never => {
  throw new Uncompiled(`${what} has no compiled form on the native back end`);
};

const absent = {
  dropout: missing('dropout'),
  batchNorm: missing('batch normalization'),
  layerNorm: missing('layer normalization'),
  embed: missing('an embedding'),
  multiply: missing('a product of layers'),
  concatenate: missing('a concatenation'),
  recur: missing('a recurrence'),
};

/** Refuses what the native back end has no compiled form of; see `refusals`. */
export const nativeLimits: Partial<Emitter> = {
  ...absent,
  convolve: (_x, convolution, shape) => {
    checkDilation(convolution);
    return { shape };
  },
  activate: (x, name) => {
    if (name !== 'softmax') operationOf(name);
    return x;
  },
  add: ([first], factor) => {
    checkFactor(factor);
    return first!;
  },
};

/** Takes down the operations as calls of TensorFlow. */
export function nativeEmitter(program: NativeProgram): Emitter<Node> {
  return {
    matMul: (x, kernel, bias, out) => matMul(program, x, kernel, bias, out),
    convolve: (x, convolution, out) => convolve(program, x, convolution, out),
    pool: (x, kind, info, out) => pool(program, x, kind, info, out),
    activate: (x, name, options) => activate(program, x, name, options),
    reshape: (x, out) => reshape(program, x, out),
    add: (values, factor) => add(program, values, factor),
    ...absent,
  };
}
