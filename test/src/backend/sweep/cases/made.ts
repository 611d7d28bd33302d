import { type Case, given, strings, type Tensor, type Tf } from '../case.ts';
import { at, build } from '../numbers.ts';

const made: Case[] = [
  ...([[], [3], [2, 0], [2, 3]] as number[][]).flatMap((shape): Case[] => [
    {
      kernel: 'Fill',
      title: `float [${shape}]`,
      inputs: [],
      run: (tf) => tf.fill(shape, 1.5),
      reference: () => build(shape, () => 1.5),
    },
    {
      kernel: 'Fill',
      title: `int32 [${shape}]`,
      inputs: [],
      run: (tf) => tf.fill(shape, -3, 'int32'),
      reference: () => build(shape, () => -3),
    },
    {
      kernel: 'Fill',
      title: `bool [${shape}]`,
      inputs: [],
      run: (tf) => tf.fill(shape, 1, 'bool'),
      reference: () => build(shape, () => 1),
    },
  ]),
  { kernel: 'Fill', title: 'string', inputs: [], run: (tf) => tf.fill([2], 'a', 'string') },
  ...(
    [
      [0, 5, 1],
      [5, 0, -2],
      [0, 1, 0.3],
      [3, 3, 1],
      [-2, 2, 1],
    ] as const
  ).map(
    ([start, stop, step]): Case => ({
      kernel: 'Range',
      title: `${start} ${stop} ${step}`,
      inputs: [],
      run: (tf) => tf.range(start, stop, step),
      reference: () => {
        const count = Math.max(0, Math.ceil((stop - start) / step));
        return build([count], ([i]) => start + i! * step);
      },
    }),
  ),
  { kernel: 'Range', title: 'int32', inputs: [], run: (tf) => tf.range(0, 10, 3, 'int32') },
  ...(
    [
      [0, 1, 5],
      [2, -2, 3],
      [1, 1, 4],
      [0, 9, 1],
    ] as const
  ).map(
    ([start, stop, count]): Case => ({
      kernel: 'LinSpace',
      title: `${start} ${stop} ${count}`,
      inputs: [],
      run: (tf) => tf.linspace(start, stop, count),
      reference: () => build([count], ([i]) => start + (count > 1 ? ((stop - start) * i!) / (count - 1) : 0)),
    }),
  ),
  ...(
    [
      [given([0, 2, 1], [3], 'int32'), 'three'],
      [given([0, -1, 5, 2], [2, 2], 'int32'), 'beyond the depth'],
      [given([], [0], 'int32'), 'nothing'],
      [given([1], [], 'int32'), 'a scalar'],
    ] as const
  ).map(
    ([indices, title]): Case => ({
      kernel: 'OneHot',
      title,
      inputs: [indices],
      run: (tf, x) => tf.oneHot(x!, 3, 5, -1),
      reference: (x) =>
        build([...x.shape, 3], (index) => (at(x, index.slice(0, -1)) === index.at(-1) ? 5 : -1)),
    }),
  ),
  {
    kernel: 'BroadcastArgs',
    title: 'of two shapes',
    inputs: [given([2, 1, 3], [3], 'int32'), given([4, 1], [2], 'int32')],
    run: (tf, a, b) => tf.broadcastArgs(a!, b!),
    reference: () => ({ shape: [3], values: [2, 4, 3] }),
  },
];

const TEXT = ['a', 'bb', 'ccc', '', 'ü€𝄞', 'f'];
const texts: Case[] = (
  [
    ['Reshape', (tf, x) => tf.reshape(x, [3, 2])],
    ['Identity', (tf, x) => tf.clone(x)],
    ['Slice', (tf, x) => tf.slice(x, [0, 1], [2, 2])],
    ['Transpose', (tf, x) => tf.transpose(x)],
    ['Tile', (tf, x) => tf.tile(x, [2, 1])],
    ['Reverse', (tf, x) => tf.reverse(x, 1)],
    ['Concat', (tf, x) => tf.concat([x, x], 0)],
    ['Pack', (tf, x) => tf.stack([x, x], 1)],
    ['Unpack', (tf, x) => tf.unstack(x, 0)],
    ['GatherV2', (tf, x) => tf.gather(x, tf.tensor1d([1, 1, 0], 'int32'), 1)],
    [
      'GatherNd',
      (tf, x) =>
        tf.gatherND(
          x,
          tf.tensor2d(
            [
              [0, 1],
              [1, 2],
            ],
            [2, 2],
            'int32',
          ),
        ),
    ],
    ['StridedSlice', (tf, x) => tf.stridedSlice(x, [0, 0], [2, 3], [1, 2])],
    ['Equal', (tf, x) => tf.equal(x, tf.tensor2d(['a', 'x', 'ccc', '', 'y', 'f'], [2, 3]))],
    ['NotEqual', (tf, x) => tf.notEqual(x, tf.tensor2d(['a', 'x', 'ccc', '', 'y', 'f'], [2, 3]))],
    ['ExpandDims', (tf, x) => tf.expandDims(x, 0)],
    ['SplitV', (tf, x) => tf.split(x, 3, 1)],
  ] as [string, (tf: Tf, x: Tensor) => Tensor | Tensor[]][]
).map(([kernel, run]) => ({
  kernel,
  title: 'string',
  inputs: [strings(TEXT, [2, 3])],
  run: (tf, x) => run(tf, x!),
  throws: ['Transpose', 'Reverse', 'GatherV2', 'SplitV'].includes(kernel),
}));

export const makings: Case[] = [...made, ...texts];
