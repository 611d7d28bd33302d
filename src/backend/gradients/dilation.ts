// Second derivatives of grey dilation: its gradients pass on what belongs to the place of each maximum.
import {
  add,
  backend_util,
  type Dilation2DAttrs,
  Dilation2DBackpropFilter,
  Dilation2DBackpropInput,
  reshape,
  type Tensor,
  tile,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { setGradient } from './register.ts';
import { atLargest, seen, type Window } from './windows.ts';

function windowOf(x: Tensor, filter: Tensor, { strides, pad, dilations }: Dilation2DAttrs): Window {
  const info = backend_util.computeDilation2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number],
    strides,
    pad,
    'NHWC',
    dilations,
  );
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    positions: [info.outHeight, info.outWidth],
    before: [info.padInfo.top, info.padInfo.left],
  };
}

/** The filter as [positions, places], repeated for every position: channels come last among them. */
function repeated(filter: Tensor, rows: number): Tensor {
  const channels = filter.shape[2]!;
  const places = transpose(reshape(filter, [filter.size / channels, channels]), [1, 0]);
  return tile(places, [rows / channels, 1]);
}

for (const name of [Dilation2DBackpropInput, Dilation2DBackpropFilter]) {
  setGradient<Dilation2DAttrs>(
    name,
    { inputsToSave: ['x', 'filter', 'dy'] },
    (second, [x, filter, dy], attrs) => ({
      x: () => zeros(x!.shape),
      filter: () => zeros(filter!.shape),
      dy: () => {
        const window = windowOf(x!, filter!, attrs);
        const below = seen(x!, window, Number.NEGATIVE_INFINITY);
        const keys = add(below, repeated(filter!, below.shape[0]!));
        const values =
          name === Dilation2DBackpropInput ? seen(second, window, 0) : repeated(second, below.shape[0]!);
        return reshape(atLargest(keys, values), dy!.shape);
      },
    }),
  );
}
