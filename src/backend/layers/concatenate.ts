// A concatenation along an axis that is counted from the last, of which tfjs takes each for the last one.
import { concat, type Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

interface Concatenate {
  readonly axis: number;
  mergeFunction(inputs: Tensor[]): Tensor;
}

const prototype: Concatenate = Object.getPrototypeOf(layers.concatenate());

prototype.mergeFunction = function (inputs) {
  return concat(inputs, this.axis);
};
