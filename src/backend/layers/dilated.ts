// A convolution with holes can be trained: tfjs makes it with its bias in one kernel, whose gradient refuses holes.
import { add, conv2d, type Tensor, type Tensor4D, tidy, transpose } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

interface Weight {
  read(): Tensor;
}

interface Convolution {
  readonly dilationRate: number | readonly number[];
  readonly strides: [number, number];
  readonly padding: 'same' | 'valid';
  readonly dataFormat: 'channelsFirst' | 'channelsLast';
  readonly kernel: Weight;
  readonly bias: Weight | null;
  readonly activation: { apply(x: Tensor): Tensor } | null;
  invokeCallHook(inputs: Tensor | Tensor[], options: object): void;
  call(inputs: Tensor | Tensor[], options: object): Tensor;
}

const prototype: Convolution = Object.getPrototypeOf(layers.conv2d({ filters: 1, kernelSize: 1 }));
const { call } = prototype;

prototype.call = function (inputs, options) {
  const rates = [this.dilationRate].flat() as number[];
  if (rates.every((rate) => rate === 1)) return call.call(this, inputs, options);
  return tidy(() => {
    this.invokeCallHook(inputs, options);
    const [given] = [inputs].flat() as [Tensor4D];
    const isTurned = this.dataFormat === 'channelsFirst';
    const images = isTurned ? transpose(given, [0, 2, 3, 1]) : given;
    const kernel = this.kernel.read() as Tensor4D;
    const sums = conv2d(images, kernel, this.strides, this.padding, 'NHWC', rates as [number, number]);
    const biased = this.bias ? add(sums, this.bias.read()) : sums;
    const y = isTurned ? transpose(biased, [0, 3, 1, 2]) : biased;
    return this.activation ? this.activation.apply(y) : y;
  });
};
