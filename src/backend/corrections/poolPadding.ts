import { AvgPool, type AvgPoolAttrs, backend_util, MaxPool } from '@tensorflow/tfjs-core';
import { handToCpu } from '../delegate.ts';

/** Of a window that holds nothing but padding stock wasm returns what its memory held before. */
export function poolPadding(): void {
  for (const name of [AvgPool, MaxPool]) {
    handToCpu(name, ({ inputs, attrs }) => {
      const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as AvgPoolAttrs;
      if (typeof pad === 'string' || pad === 0) return false;
      const shape = inputs.x!.shape as [number, number, number, number];
      const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
      const { top, bottom, left, right } = info.padInfo;
      return Math.max(top, bottom) >= info.filterHeight || Math.max(left, right) >= info.filterWidth;
    });
  }
}
