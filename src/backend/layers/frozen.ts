// A frozen batch normalization uses the statistics it has and leaves them as they are, as in Keras.
import { ones, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { LayersModel, layers, Sequential } from '@tensorflow/tfjs-layers';

interface Weight {
  read(): Tensor;
}

interface BatchNormalization {
  trainable: boolean;
  axis: number;
  gamma: Weight | null;
  beta: Weight | null;
  call(inputs: Tensor | Tensor[], options: { training?: boolean }): Tensor;
}

const prototype: BatchNormalization = Object.getPrototypeOf(layers.batchNormalization());
const { call } = prototype;

prototype.call = function (inputs, options) {
  if (!options.training || !this.trainable) return call.call(this, inputs, { ...options, training: false });
  const { gamma, beta } = this;
  if (gamma && beta) return call.call(this, inputs, options);
  // In training tfjs reads both, also where `scale` or `center` is false and there is none.
  const { shape } = [inputs].flat()[0]!;
  const size = shape.at(this.axis)!;
  this.gamma = gamma ?? { read: () => ones([size]) };
  this.beta = beta ?? { read: () => zeros([size]) };
  try {
    return call.call(this, inputs, options);
  } finally {
    this.gamma = gamma;
    this.beta = beta;
  }
};

/** `model.trainable = false` freezes the layers, where tfjs freezes no more than their weights. */
const container: object = Object.getPrototypeOf(LayersModel.prototype);
const stock = Object.getOwnPropertyDescriptor(container, 'trainable')!;

/** A sequential model that is built sets this of the model within it: the layers keep what they have. */
let isBuilding = false;

Object.defineProperty(container, 'trainable', {
  ...stock,
  set(this: LayersModel, trainable: boolean) {
    stock.set!.call(this, trainable);
    if (isBuilding) return;
    for (const layer of this.layers ?? []) layer.trainable = trainable;
  },
});

const { build } = Sequential.prototype;

Sequential.prototype.build = function (...args) {
  isBuilding = true;
  try {
    build.apply(this, args);
  } finally {
    isBuilding = false;
  }
};
