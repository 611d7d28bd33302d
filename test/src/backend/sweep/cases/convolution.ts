import type { Tensor3D, Tensor4D, Tensor5D } from '@tensorflow/tfjs-core';
import { type Case, float, type Numbers, spiked, type Tensor, type Tf } from '../case.ts';
import { at, build, indicesOf } from '../numbers.ts';
import { type Pad, windowsOf } from '../windows.ts';

interface Convolution {
  readonly x: number[];
  readonly filter: number[];
  readonly strides?: number[];
  readonly dilations?: number[];
  readonly pad: Pad;
}

/** Any number of spatial axes between batch and channels; depthwise filters give channels of their own. */
export function convolve(
  x: Numbers,
  filter: Numbers,
  { strides, dilations, pad }: Pick<Convolution, 'strides' | 'dilations' | 'pad'>,
  depthwise = false,
): Numbers {
  const rank = x.shape.length - 2;
  const spatial = x.shape.slice(1, -1);
  const ones = new Array(rank).fill(1);
  const sizes = filter.shape.slice(0, rank);
  const windows = windowsOf(spatial, sizes, strides ?? ones, dilations ?? ones, pad);
  const [inside, outside] = filter.shape.slice(-2) as [number, number];
  const channels = depthwise ? inside * outside : outside;
  return build([x.shape[0]!, ...windows.map(({ outputs }) => outputs), channels], (index) => {
    const channel = index.at(-1)!;
    let sum = 0;
    for (const offset of indicesOf(sizes)) {
      const place = windows.map((w, i) => index[i + 1]! * w.stride - w.before + offset[i]! * w.dilation);
      if (place.some((p, i) => p < 0 || p >= spatial[i]!)) continue;
      const from = depthwise ? [Math.floor(channel / outside)] : Array.from({ length: inside }, (_, c) => c);
      for (const c of from) {
        const weight = at(filter, [...offset, c, depthwise ? channel % outside : channel]);
        sum += at(x, [index[0]!, ...place, c]) * weight;
      }
    }
    return sum;
  });
}

const describePad = (pad: Pad): string =>
  typeof pad === 'object' ? `pads ${JSON.stringify(pad)}` : `pad ${pad}`;
const describe = ({ x, filter, strides, dilations, pad }: Convolution): string =>
  [
    `[${x}] by [${filter}]`,
    strides && `strides ${strides}`,
    dilations && `dilations ${dilations}`,
    describePad(pad),
  ]
    .filter(Boolean)
    .join(' ');

const PADS: readonly (readonly [number, number])[] = [
  [0, 0],
  [2, 0],
  [1, 2],
  [0, 0],
];

/** Filters are completed by channels: [height, width] to [height, width, in, out]. */
const PLANE: readonly Convolution[] = [
  { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], pad: 'valid' },
  { x: [1, 3, 3, 1], filter: [2, 2, 1, 1], pad: 'valid' },
  { x: [2, 5, 4, 2], filter: [3, 3, 2, 3], pad: 'same' },
  { x: [2, 5, 4, 2], filter: [3, 3, 2, 3], pad: 'valid' },
  { x: [2, 4, 5, 3], filter: [1, 1, 3, 2], pad: 'same' },
  { x: [2, 5, 5, 3], filter: [1, 1, 3, 2], strides: [2, 2], pad: 'same' },
  { x: [3, 5, 6, 2], filter: [3, 2, 2, 4], strides: [2, 2], pad: 'same' },
  { x: [2, 6, 5, 1], filter: [2, 3, 1, 5], strides: [2, 1], pad: 'valid' },
  { x: [2, 6, 6, 2], filter: [2, 2, 2, 2], dilations: [2, 2], pad: 'valid' },
  { x: [1, 6, 5, 2], filter: [3, 2, 2, 3], dilations: [2, 1], pad: 'same' },
  { x: [2, 4, 4, 2], filter: [3, 3, 2, 2], pad: 1 },
  { x: [2, 4, 4, 2], filter: [3, 3, 2, 2], strides: [2, 2], pad: PADS },
  { x: [1, 3, 3, 2], filter: [3, 3, 2, 2], pad: 'valid' },
  { x: [1, 2, 2, 2], filter: [3, 3, 2, 2], pad: 'same' },
  { x: [0, 4, 4, 2], filter: [2, 2, 2, 3], pad: 'same' },
  { x: [1, 7, 7, 4], filter: [5, 5, 4, 8], strides: [3, 3], pad: 'same' },
];

type Run = (tf: Tf, x: Tensor4D, filter: Tensor4D, one: Convolution) => Tensor;

const conv2d: Run = (tf, x, filter, { strides, dilations, pad }) =>
  tf.conv2d(
    x,
    filter,
    (strides ?? [1, 1]) as [number, number],
    pad as 'same',
    'NHWC',
    (dilations ?? [1, 1]) as [number, number],
  );

const depthwise: Run = (tf, x, filter, { strides, dilations, pad }) =>
  tf.depthwiseConv2d(
    x,
    filter,
    (strides ?? [1, 1]) as [number, number],
    pad as 'same',
    'NHWC',
    (dilations ?? [1, 1]) as [number, number],
  );

const planeCases = (kernel: string, run: Run, isDepthwise: boolean): Case[] => [
  ...PLANE.map(
    (one): Case => ({
      kernel,
      title: describe(one),
      inputs: [float(one.x), float(one.filter)],
      run: (tf, x, filter) => run(tf, x as Tensor4D, filter as Tensor4D, one),
      reference: (x, filter) => convolve(x, filter, one, isDepthwise),
      gradient: one.x.includes(0) ? undefined : 'differences',
    }),
  ),
  ...PLANE.slice(2, 8).map(
    (one): Case => ({
      kernel,
      title: `${describe(one)} with NaN and infinities`,
      inputs: [spiked(float(one.x), 17), float(one.filter)],
      run: (tf, x, filter) => run(tf, x as Tensor4D, filter as Tensor4D, one),
      reference: (x, filter) => convolve(x, filter, one, isDepthwise),
    }),
  ),
];

const SPACE: readonly Convolution[] = [
  { x: [1, 1, 1, 1, 1], filter: [1, 1, 1, 1, 1], pad: 'valid' },
  { x: [2, 3, 4, 3, 2], filter: [2, 2, 2, 2, 3], pad: 'same' },
  { x: [1, 3, 4, 3, 2], filter: [2, 3, 2, 2, 2], pad: 'valid' },
  { x: [2, 4, 3, 5, 1], filter: [2, 2, 3, 1, 2], strides: [2, 1, 2], pad: 'same' },
  { x: [1, 4, 4, 3, 2], filter: [3, 2, 2, 2, 2], strides: [2, 2, 1], pad: 'valid' },
];

const conv3d: Case[] = SPACE.flatMap((one): Case[] => {
  const run: Case['run'] = (tf, x, filter) =>
    tf.conv3d(
      x as Tensor5D,
      filter as Tensor5D,
      (one.strides ?? [1, 1, 1]) as [number, number, number],
      one.pad as 'same',
    );
  const reference = (x: Numbers, filter: Numbers): Numbers => convolve(x, filter, one);
  return [
    {
      kernel: 'Conv3D',
      title: describe(one),
      inputs: [float(one.x), float(one.filter)],
      run,
      reference,
      gradient: 'differences',
    },
    {
      kernel: 'Conv3D',
      title: `${describe(one)} with NaN and infinities`,
      inputs: [spiked(float(one.x), 13), float(one.filter)],
      run,
      reference,
    },
  ];
});

const others: Case[] = [
  {
    kernel: 'Conv3D',
    title: 'dilated',
    inputs: [float([1, 5, 5, 4, 2]), float([2, 2, 2, 2, 2])],
    run: (tf, x, filter) => tf.conv3d(x as Tensor5D, filter as Tensor5D, 1, 'same', 'NDHWC', [2, 2, 1]),
    reference: (x, filter) => convolve(x, filter, { dilations: [2, 2, 1], pad: 'same' }),
  },
  ...(['same', 'valid'] as const).flatMap((pad): Case[] =>
    [1, 2].flatMap((stride): Case[] => [
      {
        kernel: 'Conv2D',
        title: `conv1d stride ${stride} pad ${pad}`,
        inputs: [float([2, 7, 3]), float([3, 3, 2])],
        run: (tf, x, filter) => tf.conv1d(x as Tensor3D, filter as Tensor3D, stride, pad),
        reference: (x, filter) => convolve(x, filter, { strides: [stride], pad }),
        gradient: 'differences',
      },
      {
        kernel: 'Conv2DBackpropInput',
        title: `conv2dTranspose stride ${stride} pad ${pad}`,
        inputs: [float([2, 3, 4, 3]), float([3, 2, 2, 3])],
        run: (tf, x, filter) => {
          const size = (n: number, k: number): number => (pad === 'same' ? n * stride : (n - 1) * stride + k);
          const shape: [number, number, number, number] = [2, size(3, 3), size(4, 2), 2];
          return tf.conv2dTranspose(x as Tensor4D, filter as Tensor4D, shape, stride, pad);
        },
        gradient: 'differences',
      },
      {
        kernel: 'Conv3DBackpropInputV2',
        title: `conv3dTranspose stride ${stride} pad ${pad}`,
        inputs: [float([2, 2, 3, 2, 3]), float([2, 2, 2, 2, 3])],
        run: (tf, x, filter) => {
          const size = (n: number): number => (pad === 'same' ? n * stride : (n - 1) * stride + 2);
          const shape: [number, number, number, number, number] = [2, size(2), size(3), size(2), 2];
          return tf.conv3dTranspose(x as Tensor5D, filter as Tensor5D, shape, stride, pad);
        },
        gradient: 'differences',
      },
      {
        kernel: 'DepthwiseConv2dNative',
        title: `separable stride ${stride} pad ${pad}`,
        inputs: [float([2, 5, 4, 2]), float([2, 2, 2, 2]), float([1, 1, 4, 3])],
        run: (tf, x, deep, wide) =>
          tf.separableConv2d(x as Tensor4D, deep as Tensor4D, wide as Tensor4D, [stride, stride], pad),
        reference: (x, deep, wide) =>
          convolve(convolve(x, deep, { strides: [stride, stride], pad }, true), wide, { pad: 'valid' }),
        gradient: 'differences',
      },
    ]),
  ),
];

export const convolutions: Case[] = [
  ...planeCases('Conv2D', conv2d, false),
  ...planeCases('DepthwiseConv2dNative', depthwise, true),
  ...conv3d,
  ...others,
];
