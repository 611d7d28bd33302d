// Gradients of convolutions, and of the kernels that are those gradients: each is linear in both arguments.
import {
  Conv2D,
  type Conv2DAttrs,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  Conv3D,
  type Conv3DAttrs,
  Conv3DBackpropFilterV2,
  type Conv3DBackpropFilterV2Attrs,
  Conv3DBackpropInputV2,
  type Conv3DBackpropInputV2Attrs,
  DepthwiseConv2dNative,
  type DepthwiseConv2dNativeAttrs,
  DepthwiseConv2dNativeBackpropFilter,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInput,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { spread, thin } from './axes.ts';
import { runKernel, setGradient } from './register.ts';

const CONVOLUTION = { inputsToSave: ['x', 'filter'] };
const OF_INPUT = { inputsToSave: ['dy', 'filter'] };
const OF_FILTER = { inputsToSave: ['x', 'dy'] };

type Attrs = Conv2DAttrs | Conv3DAttrs | DepthwiseConv2dNativeAttrs;

/** How far apart the taps of the filter are, along each axis. */
const rates = ({ dilations }: Attrs, axes: number): number[] =>
  Array.from({ length: axes }, (_, i) => (Array.isArray(dilations) ? (dilations[i] ?? 1) : (dilations ?? 1)));

/**
 * The gradients of a convolution. One with holes is one of a filter with zeros in the holes, which the kernels
 * for gradients, unlike those for convolutions, cannot be told of.
 */
function convolution<A extends Attrs>(name: string, inputKernel: string, filterKernel: string, axes: number) {
  setGradient<A>(name, CONVOLUTION, (dy, [x, filter], attrs) => {
    const apart = rates(attrs, axes);
    const dense = { ...attrs, dilations: apart.map(() => 1) };
    const holed = (): Tensor => apart.reduce((f: Tensor, rate, axis) => spread(f, axis, rate), filter!);
    return {
      x: () => runKernel(inputKernel, { dy, filter: holed() }, { ...dense, inputShape: x!.shape }),
      filter: () => {
        const whole = runKernel(filterKernel, { x: x!, dy }, { ...dense, filterShape: holed().shape });
        return apart.reduce((f: Tensor, rate, axis) => thin(f, axis, rate), whole);
      },
    };
  });
}

/** The gradients of the two kernels of that convolution's gradients. */
function ofGradients<I extends object, F extends object>(
  name: string,
  inputKernel: string,
  filterKernel: string,
  axes: number,
) {
  const ones = { dilations: Array.from({ length: axes }, () => 1) };
  setGradient<I>(inputKernel, OF_INPUT, (ddx, [dy, filter], attrs) => ({
    dy: () => runKernel(name, { x: ddx, filter: filter! }, { ...ones, ...attrs }),
    filter: () => runKernel(filterKernel, { x: ddx, dy: dy! }, { ...attrs, filterShape: filter!.shape }),
  }));
  setGradient<F>(filterKernel, OF_FILTER, (ddf, [x, dy], attrs) => ({
    x: () => runKernel(inputKernel, { dy: dy!, filter: ddf }, { ...attrs, inputShape: x!.shape }),
    dy: () => runKernel(name, { x: x!, filter: ddf }, { ...ones, ...attrs }),
  }));
}

convolution<Conv2DAttrs>(Conv2D, Conv2DBackpropInput, Conv2DBackpropFilter, 2);
ofGradients<Conv2DBackpropInputAttrs, Conv2DBackpropFilterAttrs>(
  Conv2D,
  Conv2DBackpropInput,
  Conv2DBackpropFilter,
  2,
);

convolution<DepthwiseConv2dNativeAttrs>(
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  2,
);
ofGradients<DepthwiseConv2dNativeBackpropInputAttrs, DepthwiseConv2dNativeBackpropFilterAttrs>(
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  2,
);

convolution<Conv3DAttrs>(Conv3D, Conv3DBackpropInputV2, Conv3DBackpropFilterV2, 3);
ofGradients<Conv3DBackpropInputV2Attrs, Conv3DBackpropFilterV2Attrs>(
  Conv3D,
  Conv3DBackpropInputV2,
  Conv3DBackpropFilterV2,
  3,
);
