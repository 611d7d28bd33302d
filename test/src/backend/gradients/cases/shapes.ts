import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf } from './family.ts';

type Tensor = tfjs.Tensor;

export function shapes(tf: Tf): Case[] {
  const family = new Family(tf, 4);
  const { add, constant } = family;
  const row = constant([2, 2]);
  add('concat', [2, 2], (x) => tf.concat([tf.square(x), row(), x], 1).square());
  add('stack', [2, 2], (x) => tf.stack([tf.square(x), row()], 1).square());
  add('unstack', [2, 3], (x) => tf.mul(...(tf.unstack(x, 0) as [Tensor, Tensor])));
  add('unstack of one', [1, 3], (x) => tf.square(tf.unstack(x, 0)[0]!));
  add('split', [2, 4], (x) => tf.mul(...(tf.split(x, 2, 1) as [Tensor, Tensor])));
  add('split into one', [2, 4], (x) => tf.square(tf.split(x, 1, 1)[0]!));
  add('slice', [3, 4], (x) => tf.square(tf.slice(x, [1, 0], [2, 3])));
  add('stridedSlice', [5, 6], (x) => tf.square(tf.stridedSlice(x, [1, 0], [5, 6], [2, 3])));
  add('stridedSlice, backwards', [5, 6], (x) => tf.square(tf.stridedSlice(x, [4, 5], [0, 0], [-2, -1])));
  add('stridedSlice, masks', [4, 5], (x) => tf.square(tf.stridedSlice(x, [2, 2], [1, 0], [-1, 2], 0, 3)));
  add('gather', [3, 2], (x) => tf.square(tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'))));
  add('gather over 1', [2, 3], (x) => tf.square(tf.gather(x, tf.tensor2d([[2, 0, 2]], [1, 3], 'int32'), 1)));
  add('gather over -1 of 3', [2, 2, 3], (x) => tf.square(tf.gather(x, tf.tensor1d([1, 1], 'int32'), -1)));
  add('gather by batch', [2, 3], (x) =>
    tf.square(
      tf.gather(
        x,
        tf.tensor2d(
          [
            [2, 0],
            [1, 1],
          ],
          [2, 2],
          'int32',
        ),
        1,
        1,
      ),
    ),
  );
  add('gather by batch of 4 axes', [2, 3, 2, 2], (x) =>
    tf.square(
      tf.gather(
        x,
        tf.tensor2d(
          [
            [2, 0],
            [1, 1],
          ],
          [2, 2],
          'int32',
        ),
        1,
        1,
      ),
    ),
  );
  add('gatherND', [3, 2, 2], (x) =>
    tf.square(
      tf.gatherND(
        x,
        tf.tensor2d(
          [
            [2, 0],
            [0, 1],
            [2, 0],
          ],
          [3, 2],
          'int32',
        ),
      ),
    ),
  );
  add('scatterND', [3], (x) =>
    tf.square(tf.scatterND(tf.tensor2d([[4], [3], [1]], [3, 1], 'int32'), x, [8])),
  );
  // Of a copy: a kernel of tfjs writes into its argument.
  add('tensorScatterUpdate, tensor', [5], (x) =>
    tf.square(
      tf.tensorScatterUpdate(tf.mul(x, 1), tf.tensor2d([[1], [3]], [2, 1], 'int32'), tf.tensor1d([9, 8])),
    ),
  );
  add('tensorScatterUpdate, updates', [2], (x) =>
    tf.square(tf.tensorScatterUpdate(tf.ones([5]), tf.tensor2d([[1], [3]], [2, 1], 'int32'), x)),
  );
  add('sparseToDense', [2], (x) =>
    tf.square(tf.sparseToDense(tf.tensor1d([1, 3], 'int32'), x as tfjs.Tensor1D, [5], 0)),
  );
  add('unsortedSegmentSum', [4, 2], (x) =>
    tf.square(tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1, 2], 'int32'), 3)),
  );
  add('pad', [2, 3], (x) =>
    tf.square(
      tf.pad(
        x,
        [
          [1, 0],
          [0, 2],
        ],
        0.5,
      ),
    ),
  );
  add('mirrorPad, reflect', [3, 4], (x) =>
    tf.square(
      tf.mirrorPad(
        x,
        [
          [1, 2],
          [0, 3],
        ],
        'reflect',
      ),
    ),
  );
  add('mirrorPad, symmetric', [3, 4], (x) =>
    tf.square(
      tf.mirrorPad(
        x,
        [
          [3, 1],
          [2, 0],
        ],
        'symmetric',
      ),
    ),
  );
  for (const rank of [1, 2, 3, 4, 5]) {
    const shape = [2, 1, 2, 1, 2].slice(0, rank);
    add(`tile of ${rank} axes`, shape, (x) => tf.square(tf.tile(x, [2, 3, 1, 2, 2].slice(0, rank))));
  }
  add('reverse', [2, 3], (x) => tf.square(tf.reverse(x, [1])));
  add('transpose', [2, 3, 2], (x) => tf.square(tf.transpose(x, [2, 0, 1])));
  add('reshape and kin', [2, 1, 3], (x) => tf.square(tf.expandDims(tf.squeeze(tf.reshape(x, [1, 6])), 1)));
  add('broadcastTo', [2, 1, 3], (x) => tf.exp(tf.broadcastTo(x, [2, 2, 3])));
  add('broadcastTo more axes', [3], (x) => tf.exp(tf.broadcastTo(x, [2, 3])));
  add('batchToSpaceND', [4, 1, 2, 1], (x) =>
    tf.square(
      tf.batchToSpaceND(
        x,
        [2, 2],
        [
          [0, 0],
          [0, 1],
        ],
      ),
    ),
  );
  add('spaceToBatchND', [1, 3, 2, 1], (x) =>
    tf.square(
      tf.spaceToBatchND(
        x,
        [2, 2],
        [
          [1, 0],
          [0, 0],
        ],
      ),
    ),
  );
  add('depthToSpace', [1, 2, 2, 8], (x) => tf.square(tf.depthToSpace(x as tfjs.Tensor4D, 2)));
  add('diag', [2, 2], (x) => tf.square(tf.diag(x)));
  add('booleanMask by where', [4], (x) => tf.square(tf.gather(x, tf.tensor1d([0, 3], 'int32'))));
  add('bandPart', [3, 4], (x) => tf.square(tf.linalg.bandPart(x, 1, 0)));
  add('meshgrid', [3], (x) => tf.square(tf.meshgrid(x, tf.tensor1d([1, 2]))[0]!));
  add('frame', [6], (x) => tf.square(tf.signal.frame(x as tfjs.Tensor1D, 3, 2)));
  return family.list;
}
