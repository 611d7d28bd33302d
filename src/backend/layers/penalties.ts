// tfjs counts the penalties of a layer once for each of its uses; they are of its weights, and count once.
import type { Scalar } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { methods } from './internals.ts';

interface Penalised {
  calculateLosses(): Scalar[];
}

methods.calculateLosses = function (this: LayersModel): Scalar[] {
  return this.layers.flatMap((layer) => (layer as unknown as Penalised).calculateLosses());
};
