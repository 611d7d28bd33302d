import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { type Case, float, given, int, type Numbers } from '../case.ts';
import { at, build } from '../numbers.ts';
import { bilinear, nearest, type Resize, type Size } from '../resize.ts';

const RESIZES: readonly Resize[] = (
  [
    [
      [1, 3, 3, 1],
      [5, 4],
    ],
    [
      [2, 4, 3, 2],
      [2, 2],
    ],
    [
      [3, 2, 2, 3],
      [4, 5],
    ],
    [
      [1, 5, 4, 2],
      [1, 1],
    ],
    [
      [2, 1, 1, 1],
      [3, 3],
    ],
    [
      [2, 3, 3, 2],
      [3, 3],
    ],
  ] as const
).flatMap(([x, size]) =>
  (
    [
      [false, false],
      [true, false],
      [false, true],
    ] as const
  ).map(([align, half]): Resize => ({ x: [...x], size: [...size], align, half })),
);

const describe = ({ x, size, align, half }: Resize): string =>
  `[${x}] to ${size}${align ? ' aligned' : ''}${half ? ' half pixels' : ''}`;

const resizes: Case[] = RESIZES.flatMap((one): Case[] => [
  {
    kernel: 'ResizeBilinear',
    title: describe(one),
    inputs: [float(one.x)],
    run: (tf, x) => tf.image.resizeBilinear(x as Tensor4D, one.size, one.align, one.half),
    reference: (x) => bilinear(x, one),
    // tfjs's gradient passes half pixels over.
    gradient: 'differences',
  },
  {
    kernel: 'ResizeNearestNeighbor',
    title: describe(one),
    inputs: [float(one.x)],
    run: (tf, x) => tf.image.resizeNearestNeighbor(x as Tensor4D, one.size, one.align, one.half),
    reference: (x) => nearest(x, one),
    gradient: 'differences',
    endless: one.align && one.x[1] === 1 && one.size[0] > 1 ? ['cpu', 'wasm'] : undefined,
  },
]);
const integerResizes: Case[] = [
  {
    kernel: 'ResizeBilinear',
    title: 'int32',
    inputs: [int([1, 3, 3, 2], 0, 255)],
    run: (tf, x) => tf.image.resizeBilinear(x as Tensor4D, [5, 5]),
  },
  {
    kernel: 'ResizeNearestNeighbor',
    title: 'int32',
    inputs: [int([1, 3, 3, 2], 0, 255)],
    run: (tf, x) => tf.image.resizeNearestNeighbor(x as Tensor4D, [5, 5]),
  },
];

const BOXES = [
  [0, 0, 1, 1],
  [0.2, 0.1, 0.9, 0.7],
  [-0.5, -0.5, 1.5, 1.2],
];
const crops: Case[] = (['bilinear', 'nearest'] as const).map((method) => ({
  kernel: 'CropAndResize',
  title: method,
  inputs: [float([2, 4, 5, 2]), given([0, 1, 1], [3], 'int32')],
  run: (tf, x, which) =>
    tf.image.cropAndResize(x as Tensor4D, tf.tensor2d(BOXES), which as Tensor1D, [3, 2], method, -7),
  gradient: 'differences',
}));
const singleCrop: Case = {
  kernel: 'CropAndResize',
  title: 'to one pixel',
  inputs: [float([1, 4, 5, 1]), given([0.1, 0.2, 0.8, 0.9], [1, 4]), given([0], [1], 'int32')],
  run: (tf, x, where, which) =>
    tf.image.cropAndResize(x as Tensor4D, where as Tensor2D, which as Tensor1D, [1, 1]),
};

const turned: Case[] = [
  ...(
    [
      [1, 2, 3, 1],
      [2, 3, 4, 3],
      [1, 1, 1, 2],
    ] as const
  ).map(
    (shape): Case => ({
      kernel: 'FlipLeftRight',
      title: `[${shape}]`,
      inputs: [float(shape)],
      run: (tf, x) => tf.image.flipLeftRight(x as Tensor4D),
      reference: (x) => build(shape, ([b, i, j, c]) => at(x, [b!, i!, shape[2] - 1 - j!, c!])),
    }),
  ),
  ...[0, 0.4, -1.2, Math.PI / 2].map(
    (angle): Case => ({
      kernel: 'RotateWithOffset',
      title: `by ${angle.toFixed(2)}`,
      inputs: [float([2, 4, 5, 3])],
      run: (tf, x) => tf.image.rotateWithOffset(x as Tensor4D, angle, 0.5, [0.4, 0.6]),
    }),
  ),
  {
    kernel: 'RotateWithOffset',
    title: 'filling with 0',
    inputs: [float([1, 4, 5, 2])],
    run: (tf, x) => tf.image.rotateWithOffset(x as Tensor4D, 0.4, 0, 0.5),
  },
  {
    kernel: 'RotateWithOffset',
    title: 'filling with a colour',
    inputs: [float([1, 5, 5, 3])],
    run: (tf, x) => tf.image.rotateWithOffset(x as Tensor4D, 0.7, [1, 2, 3]),
  },
  ...(['nearest', 'bilinear'] as const).flatMap((interpolation) =>
    (['constant', 'reflect', 'wrap', 'nearest'] as const).map(
      (fill): Case => ({
        kernel: 'Transform',
        title: `${interpolation} ${fill}`,
        inputs: [
          float([2, 4, 5, 2]),
          given([0.9, 0.2, -1, -0.1, 1.1, 0.6, 0.01, 0.02, 1, 0, 1.5, 0, 0.7, 0, 0, 0], [2, 8]),
        ],
        run: (tf, x, how) =>
          tf.image.transform(x as Tensor4D, how as Tensor2D, interpolation, fill, 0.5, [5, 4]),
        reference: (x, how) => seen(x, how, interpolation === 'bilinear', fill, 0.5, [5, 4]),
      }),
    ),
  ),
];

type Fill = 'constant' | 'reflect' | 'wrap' | 'nearest';

/** The pixel that stands for a place outside the image along one axis. */
function inside(place: number, length: number, fill: Fill): number {
  const last = length - 1;
  if (fill === 'constant' || (place >= 0 && place <= last)) return place;
  if (fill === 'nearest') return Math.max(0, Math.min(last, place));
  let moved = place;
  if (fill === 'reflect') {
    moved -= 2 * length * Math.floor(place / (2 * length));
    if (moved >= length) moved = 2 * length - 1 - moved;
  } else {
    moved += place < 0 ? length * (Math.trunc(-place / last) + 1) : -length * Math.trunc(place / last);
  }
  return Math.max(0, Math.min(last, moved));
}

/** The image seen through a projective map for each of the batch (ImageProjectiveTransformV3 of TensorFlow). */
function seen(
  x: Numbers,
  maps: Numbers,
  bilinearly: boolean,
  fill: Fill,
  value: number,
  size: Size,
): Numbers {
  const [batch, height, width, depth] = x.shape as [number, number, number, number];
  return build([batch, ...size, depth], ([b, row, column, c]) => {
    const m = (k: number): number => at(maps, [b!, k]);
    const scale = m(6) * column! + m(7) * row! + 1;
    const across = inside((m(0) * column! + m(1) * row! + m(2)) / scale, width, fill);
    const down = inside((m(3) * column! + m(4) * row! + m(5)) / scale, height, fill);
    const pixel = (i: number, j: number): number =>
      i >= 0 && i < height && j >= 0 && j < width ? at(x, [b!, i, j, c!]) : value;
    if (!bilinearly) return pixel(Math.round(down), Math.round(across));
    const [i, j] = [Math.floor(down), Math.floor(across)];
    const mix = (p: number, q: number, weight: number): number => p + (q - p) * weight;
    const upper = mix(pixel(i, j), pixel(i, j + 1), across - j);
    const lower = mix(pixel(i + 1, j), pixel(i + 1, j + 1), across - j);
    return mix(upper, lower, down - i);
  });
}

const places = given(
  [0, 0, 1, 1, 0, 0.1, 1, 1.1, 0, -0.1, 1, 0.9, 0, 10, 1, 11, 0, 10.1, 1, 11.1, 0, 100, 1, 101],
  [6, 4],
);
const scores = given([0.9, 0.75, 0.6, 0.95, 0.5, 0.3]);
const suppressions: Case[] = [
  ...(
    [
      [3, 0.5, 0],
      [2, 0.5, 0],
      [30, 0.5, 0.4],
      [3, 0.99, -Infinity],
      [0, 0.5, 0],
    ] as const
  ).flatMap(([count, overlap, least]): Case[] => [
    {
      kernel: 'NonMaxSuppressionV3',
      title: `${count} ${overlap} ${least}`,
      inputs: [places, scores],
      run: (tf, a, b) => tf.image.nonMaxSuppression(a as Tensor2D, b as Tensor1D, count, overlap, least),
    },
    {
      kernel: 'NonMaxSuppressionV4',
      title: `${count} ${overlap} ${least}`,
      inputs: [places, scores],
      run: (tf, a, b) => {
        const result = tf.image.nonMaxSuppressionPadded(
          a as Tensor2D,
          b as Tensor1D,
          count,
          overlap,
          least,
          true,
        );
        return [result.selectedIndices!, result.validOutputs!];
      },
    },
    {
      kernel: 'NonMaxSuppressionV5',
      title: `${count} ${overlap} ${least}`,
      inputs: [places, scores],
      native: 'boxes that overlap are kept with less weight, however much they do',
      run: (tf, a, b) => {
        const result = tf.image.nonMaxSuppressionWithScore(
          a as Tensor2D,
          b as Tensor1D,
          count,
          overlap,
          least,
          0.5,
        );
        return [result.selectedIndices!, result.selectedScores!];
      },
    },
  ]),
];

const others: Case[] = [
  {
    kernel: 'FromPixels',
    title: 'of raw pixels',
    inputs: [],
    run: (tf) =>
      tf.browser.fromPixels({ width: 2, height: 1, data: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]) }, 3),
    reference: () => ({ shape: [1, 2, 3], values: [1, 2, 3, 5, 6, 7] }),
  },
  {
    kernel: 'Multiply',
    title: 'grayscaleToRGB',
    inputs: [float([2, 2, 1])],
    run: (tf, x) => tf.image.grayscaleToRGB(x as Tensor3D),
  },
  {
    kernel: 'Einsum',
    title: 'rgbToGrayscale',
    inputs: [int([2, 2, 3], 0, 255)],
    run: (tf, x) => tf.image.rgbToGrayscale(x as Tensor3D),
  },
  {
    kernel: 'Bincount',
    title: 'threshold by Otsu',
    inputs: [int([4, 4, 1], 0, 255)],
    run: (tf, x) => tf.image.threshold(x as Tensor3D, 'otsu'),
  },
];

export const images: Case[] = [
  ...resizes,
  ...integerResizes,
  ...crops,
  singleCrop,
  ...turned,
  ...suppressions,
  ...others,
];
