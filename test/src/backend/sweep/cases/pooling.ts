import type { Tensor3D, Tensor4D, Tensor5D } from '@tensorflow/tfjs-core';
import { type Case, distinct, float, int, type Numbers, spiked, type Tensor, type Tf } from '../case.ts';
import { at, build, indicesOf } from '../numbers.ts';
import { type Pad, windowsOf } from '../windows.ts';

interface Pooling {
  readonly x: number[];
  readonly size: number[];
  readonly strides: number[];
  readonly pad: Pad;
  readonly dilations?: number[];
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
/** tfjs passes NaN over. */
const largest = (values: number[]): number => values.reduce((a, b) => (b > a ? b : a), -Infinity);

/** Each output from the values that its window has inside the input. */
function pool(
  x: Numbers,
  { size, strides, pad, dilations }: Pooling,
  f: (values: number[]) => number,
): Numbers {
  const spatial = x.shape.slice(1, -1);
  const windows = windowsOf(spatial, size, strides, dilations ?? size.map(() => 1), pad);
  return build([x.shape[0]!, ...windows.map(({ outputs }) => outputs), x.shape.at(-1)!], (index) => {
    const values: number[] = [];
    for (const offset of indicesOf(size)) {
      const place = windows.map((w, i) => index[i + 1]! * w.stride - w.before + offset[i]! * w.dilation);
      if (place.every((p, i) => p >= 0 && p < spatial[i]!))
        values.push(at(x, [index[0]!, ...place, index.at(-1)!]));
    }
    return f(values);
  });
}

const PLANE: readonly Pooling[] = [
  { x: [1, 1, 1, 1], size: [1, 1], strides: [1, 1], pad: 'valid' },
  { x: [2, 4, 4, 2], size: [2, 2], strides: [2, 2], pad: 'valid' },
  { x: [2, 5, 5, 3], size: [2, 2], strides: [2, 2], pad: 'same' },
  { x: [2, 5, 4, 2], size: [3, 3], strides: [1, 1], pad: 'same' },
  { x: [1, 5, 5, 1], size: [3, 2], strides: [2, 1], pad: 'valid' },
  { x: [3, 4, 5, 2], size: [2, 3], strides: [3, 2], pad: 'same' },
  { x: [1, 4, 4, 2], size: [4, 4], strides: [1, 1], pad: 'valid' },
  { x: [2, 4, 4, 1], size: [3, 3], strides: [2, 2], pad: 1 },
  { x: [1, 3, 3, 2], size: [1, 1], strides: [1, 1], pad: 'same' },
  { x: [1, 5, 5, 2], size: [1, 1], strides: [2, 2], pad: 'valid' },
  { x: [1, 2, 2, 2], size: [3, 3], strides: [1, 1], pad: 'same' },
  { x: [2, 3, 3, 9], size: [2, 2], strides: [1, 1], pad: 'valid' },
  { x: [0, 4, 4, 2], size: [2, 2], strides: [2, 2], pad: 'valid' },
];
const SPACE: readonly Pooling[] = [
  { x: [1, 1, 1, 1, 1], size: [1, 1, 1], strides: [1, 1, 1], pad: 'valid' },
  { x: [2, 4, 4, 2, 2], size: [2, 2, 2], strides: [2, 2, 2], pad: 'valid' },
  { x: [2, 3, 4, 3, 1], size: [2, 2, 2], strides: [1, 2, 1], pad: 'same' },
  { x: [1, 3, 3, 3, 2], size: [3, 2, 3], strides: [2, 1, 2], pad: 'same' },
  { x: [1, 4, 3, 4, 1], size: [2, 3, 2], strides: [2, 2, 2], pad: 'valid' },
];

type Run = (tf: Tf, x: Tensor, one: Pooling) => Tensor;
interface Kind {
  readonly kernel: string;
  readonly places: readonly Pooling[];
  readonly run: Run;
  readonly of: (values: number[]) => number;
}
type Two = [number, number];
type Three = [number, number, number];

const KINDS: readonly Kind[] = [
  {
    kernel: 'MaxPool',
    places: PLANE,
    run: (tf, x, { size, strides, pad }) =>
      tf.maxPool(x as Tensor4D, size as Two, strides as Two, pad as 'same'),
    of: largest,
  },
  {
    kernel: 'AvgPool',
    places: PLANE,
    run: (tf, x, { size, strides, pad }) =>
      tf.avgPool(x as Tensor4D, size as Two, strides as Two, pad as 'same'),
    of: mean,
  },
  {
    kernel: 'MaxPool3D',
    places: SPACE,
    run: (tf, x, { size, strides, pad }) =>
      tf.maxPool3d(x as Tensor5D, size as Three, strides as Three, pad as 'same'),
    of: largest,
  },
  {
    kernel: 'AvgPool3D',
    places: SPACE,
    run: (tf, x, { size, strides, pad }) =>
      tf.avgPool3d(x as Tensor5D, size as Three, strides as Three, pad as 'same'),
    of: mean,
  },
];

const describe = ({ x, size, strides, pad }: Pooling): string =>
  `[${x}] size ${size} strides ${strides} pad ${pad}`;

const pooled: Case[] = KINDS.flatMap(({ kernel, places, run, of }) => [
  ...places.map(
    (one): Case => ({
      kernel,
      title: describe(one),
      inputs: [distinct(one.x)],
      run: (tf, x) => run(tf, x!, one),
      reference: (x) => pool(x, one, of),
      gradient: one.x.includes(0) ? undefined : 'differences',
    }),
  ),
  ...places.slice(1, 5).map(
    (one): Case => ({
      kernel,
      title: `${describe(one)} of negative numbers`,
      inputs: [float(one.x, -9, -1)],
      run: (tf, x) => run(tf, x!, one),
      reference: (x) => pool(x, one, of),
      gradient: 'differences',
    }),
  ),
  ...places.slice(1, 5).map(
    (one): Case => ({
      kernel,
      title: `${describe(one)} with NaN and infinities`,
      inputs: [spiked(distinct(one.x), 9)],
      run: (tf, x) => run(tf, x!, one),
      reference: (x) => pool(x, one, of),
      native: kernel === 'MaxPool3D' ? 'the largest of NaN and others is the one or the other' : undefined,
    }),
  ),
]);

const dilated: Case[] = (['max', 'avg'] as const).flatMap((type) =>
  [
    [2, 2],
    [1, 2],
    [2, 3],
  ].map(
    (dilations): Case => ({
      kernel: 'Pool',
      title: `${type} dilated by ${dilations}`,
      inputs: [distinct([2, 6, 6, 2])],
      run: (tf, x) => tf.pool(x as Tensor4D, [2, 2], type, 'valid', dilations as Two),
      reference: (x) =>
        pool(
          x,
          { x: [], size: [2, 2], strides: [1, 1], pad: 'valid', dilations },
          type === 'max' ? largest : mean,
        ),
      gradient: 'differences',
    }),
  ),
);

/** The largest sum of value and filter in each window (Dilation2D of TensorFlow). */
function dilate(x: Numbers, filter: Numbers, strides: number[], dilations: number[], pad: Pad): Numbers {
  const spatial = x.shape.slice(1, 3);
  const sizes = filter.shape.slice(0, 2);
  const windows = windowsOf(spatial, sizes, strides, dilations, pad);
  return build([x.shape[0]!, ...windows.map(({ outputs }) => outputs), x.shape[3]!], (index) => {
    let best = -Infinity;
    for (const offset of indicesOf(sizes)) {
      const place = windows.map((w, i) => index[i + 1]! * w.stride - w.before + offset[i]! * w.dilation);
      if (place.some((p, i) => p < 0 || p >= spatial[i]!)) continue;
      best = Math.max(best, at(x, [index[0]!, ...place, index[3]!]) + at(filter, [...offset, index[3]!]));
    }
    return best;
  });
}

const DILATIONS: readonly (readonly [number[], number[], Two, Two, 'same' | 'valid'])[] = [
  [[1, 2, 2, 1], [2, 2, 1], [1, 1], [1, 1], 'same'],
  [[2, 4, 5, 2], [2, 3, 2], [1, 1], [1, 1], 'valid'],
  [[2, 5, 4, 1], [3, 2, 1], [2, 1], [1, 1], 'same'],
  [[2, 5, 5, 2], [2, 2, 2], [1, 1], [2, 2], 'same'],
  [[1, 5, 6, 3], [2, 2, 3], [2, 2], [1, 2], 'valid'],
];
const dilations: Case[] = DILATIONS.flatMap(([x, filter, strides, steps, pad]) =>
  (
    [
      ['', -2, 2],
      [' of negative numbers', -9, -3],
    ] as const
  ).map(
    ([title, low, high]): Case => ({
      kernel: 'Dilation2D',
      title: `[${x}] by [${filter}] strides ${strides} dilations ${steps} ${pad}${title}`,
      inputs: [float(x, low, high), float(filter, low, high)],
      run: (tf, image, weights) => tf.dilation2d(image as Tensor4D, weights as Tensor3D, strides, pad, steps),
      reference: (image, weights) => dilate(image, weights, strides, steps, pad),
      gradient: 'differences',
    }),
  ),
);

const withArgmax: Case[] = [false, true].flatMap((includeBatch) =>
  PLANE.slice(1, 6).map(
    (one): Case => ({
      kernel: 'MaxPoolWithArgmax',
      title: `${describe(one)}${includeBatch ? ' with the batch in its indices' : ''}`,
      inputs: [distinct(one.x)],
      run: (tf, x) => {
        const { size, strides, pad } = one;
        const { result, indexes } = tf.maxPoolWithArgmax(
          x as Tensor4D,
          size as Two,
          strides as Two,
          pad as 'same',
          includeBatch,
        );
        return [result!, indexes!];
      },
      reference: (x) => {
        const [, height, width, depth] = x.shape as [number, number, number, number];
        const values = pool(x, one, largest);
        const indexes = build(values.shape, (index) => {
          const [batch, channel] = [index[0]!, index[3]!];
          const wanted = at(values, index);
          for (const [row, column] of indicesOf([height, width]) as Generator<Two>) {
            if (at(x, [batch, row, column, channel]) !== wanted) continue;
            const inside = (row * width + column) * depth + channel;
            return includeBatch ? batch * height * width * depth + inside : inside;
          }
          return NaN;
        });
        return [values, indexes];
      },
    }),
  ),
);

const others: Case[] = [
  {
    kernel: 'MaxPool',
    title: 'int32',
    inputs: [int([1, 4, 4, 2], -9, 9)],
    run: (tf, x) => tf.maxPool(x as Tensor4D, 2, 2, 'valid'),
    reference: (x) => pool(x, { x: [], size: [2, 2], strides: [2, 2], pad: 'valid' }, largest),
  },
  {
    kernel: 'MaxPool',
    title: 'of equal values',
    inputs: [int([1, 4, 4, 1], 3, 3, 'float32')],
    run: (tf, x) => tf.maxPool(x as Tensor4D, 2, 2, 'valid'),
    gradient: 'agree',
  },
];

export const poolings: Case[] = [...pooled, ...dilated, ...dilations, ...withArgmax, ...others];
