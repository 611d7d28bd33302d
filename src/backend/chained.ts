/// <reference types="@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js" preserve="true" />
// Gives tensors their chained operations (`x.add(y).relu()`). tfjs-core ships them only as modules
// that its CommonJS build, the one Node loads, does not contain; the declarations above are its own.
import * as core from '@tensorflow/tfjs-core';
import { type DataType, Tensor } from '@tensorflow/tfjs-core';

/** Operations whose method takes the tensor as the first argument of the function of that name. */
const SAME_ARGUMENTS = `abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh avgPool
  batchToSpaceND batchNorm broadcastTo cast ceil clipByValue conv1d conv2d conv2dTranspose cos cosh
  cumprod cumsum depthToSpace depthwiseConv2d dilation2d div divNoNan dot elu equal erf euclideanNorm
  exp expandDims expm1 fft floor floorDiv gather greater greaterEqual ifft irfft isFinite isInf isNaN
  leakyRelu less lessEqual localResponseNormalization log log1p logSigmoid logSoftmax logSumExp
  logicalAnd logicalNot logicalOr logicalXor matMul max maxPool maximum mean min minimum mirrorPad mod
  mul neg norm notEqual oneHot onesLike pad pool pow prelu prod reciprocal relu relu6 reshape reverse
  rfft round rsqrt selu separableConv2d sigmoid sign sin sinh slice softmax softplus spaceToBatchND
  split sqrt square squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk transpose
  unique unsortedSegmentSum unstack zerosLike`.split(/\s+/);

type Method = (this: Tensor, ...args: never[]) => unknown;
type Operation = (x: Tensor, ...args: unknown[]) => unknown;

const list = (x: Tensor | Tensor[]): Tensor[] => (x instanceof Tensor ? [x] : x);

/** `x.asScalar()` and its kin, which are not functions of tfjs of their own. */
const OTHERS: Readonly<Record<string, Method>> = {
  asScalar() {
    if (this.size !== 1) throw new Error(`asScalar: the tensor must have one element; it has ${this.size}`);
    return core.reshape(this, []);
  },
  as1D() {
    return core.reshape(this, [this.size]);
  },
  as2D(...shape: number[]) {
    return core.reshape(this, shape);
  },
  as3D(...shape: number[]) {
    return core.reshape(this, shape);
  },
  as4D(...shape: number[]) {
    return core.reshape(this, shape);
  },
  as5D(...shape: number[]) {
    return core.reshape(this, shape);
  },
  asType(dtype: DataType) {
    return core.cast(this, dtype);
  },
  concat(x: Tensor | Tensor[], axis?: number) {
    return core.concat([this, ...list(x)], axis);
  },
  flatten() {
    return core.reshape(this, [this.size]);
  },
  reshapeAs(x: Tensor) {
    return core.reshape(this, x.shape);
  },
  resizeBilinear(...args: [[number, number], boolean?, boolean?]) {
    return core.image.resizeBilinear(this as core.Tensor3D, ...args);
  },
  resizeNearestNeighbor(...args: [[number, number], boolean?, boolean?]) {
    return core.image.resizeNearestNeighbor(this as core.Tensor3D, ...args);
  },
  stack(x: Tensor | Tensor[], axis?: number) {
    return core.stack([this, ...list(x)], axis);
  },
  toBool() {
    return core.cast(this, 'bool');
  },
  toFloat() {
    return core.cast(this, 'float32');
  },
  toInt() {
    return core.cast(this, 'int32');
  },
  where(condition: Tensor, x: Tensor) {
    return core.where(condition, this, x);
  },
};

function define(name: string, method: (this: Tensor, ...args: unknown[]) => unknown): void {
  Object.defineProperty(Tensor.prototype, name, {
    configurable: true,
    writable: true,
    value(this: Tensor, ...args: unknown[]): unknown {
      if (this.isDisposed) throw new Error(`${name}: the tensor is disposed`);
      return method.apply(this, args);
    },
  });
}

for (const name of SAME_ARGUMENTS) {
  const operation: Operation = Reflect.get(core, name);
  define(name, function (...args) {
    return operation(this, ...args);
  });
}
for (const [name, method] of Object.entries(OTHERS)) {
  define(name, function (...args) {
    return Reflect.apply(method, this, args);
  });
}
