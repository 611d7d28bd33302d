// tfjs draws the normal kinds of VarianceScaling (Glorot's, He's, LeCun's) from a normal distribution that is cut off at
// two standard deviations, and forgets that what is left has a smaller one: its variances are 0.77 of those it promises.
// Keras divides by the standard deviation of the standard normal distribution within ±2.
import type { Tensor } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import type { Initializer, VarianceScaling } from '@tensorflow/tfjs-layers/dist/initializers.js';

/** √(1 − 4φ(2) / (2Φ(2) − 1)). */
const CUT_OFF = 0.8796256610342398;

const stock = initializers.varianceScaling({ scale: 1, mode: 'fanIn', distribution: 'normal' });
const scaling = Object.getPrototypeOf(stock) as VarianceScaling;
const { apply } = scaling;

interface Scaled {
  readonly scale: number;
  readonly distribution: string;
}

scaling.apply = function (this: VarianceScaling & Initializer, shape, dtype): Tensor {
  const { scale, distribution } = this as unknown as Scaled;
  if (distribution !== 'normal') return apply.call(this, shape, dtype);
  const wider = Object.create(this, { scale: { value: scale / CUT_OFF ** 2 } }) as VarianceScaling;
  return apply.call(wider, shape, dtype);
};
