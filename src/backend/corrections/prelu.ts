import { Prelu } from '@tensorflow/tfjs-core';
import { handToCpu } from '../delegate.ts';

/** Broadcasts slopes; stock wasm repeats them from the start, which is right for the last axes only. */
export function broadcastSlopes(): void {
  handToCpu(Prelu, ({ inputs }) => {
    const x = inputs.x!.shape;
    const from = inputs.alpha!.shape.findIndex((length) => length !== 1);
    if (from === -1) return false;
    const slopes = inputs.alpha!.shape.slice(from);
    return slopes.some((length, axis) => length !== x[x.length - slopes.length + axis]);
  });
}
