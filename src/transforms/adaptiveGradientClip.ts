import { div, less, maximum, mul, ones, sqrt, square, sum, type Tensor, where } from '@tensorflow/tfjs-core';
import { ArgumentError, checkAxis, checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { needed } from '../core/needed.ts';
import { tidyTree, zipTrees } from '../core/tree.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `adaptiveGradientClip`. */
export interface AdaptiveGradientClipOptions {
  /** The least norm ε > 0 that a unit of the parameters counts with, so that zeros can be left; 1e-3 by default. */
  epsilon?: number | undefined;
  /** The axes that a unit's norm is taken over, of every tensor; by default they follow from its rank. */
  axis?: number | readonly number[] | undefined;
}

const WHERE = 'adaptiveGradientClip';

/** Keeps the quotient finite where a gradient is 0, and is without effect elsewhere. */
const TINY = 1e-6;

/** The axes of a unit: all of a vector, the inputs of a dense layer, the window and channels of a convolution. */
function unitAxes({ shape, rank }: Tensor, axis: number | readonly number[] | undefined): number[] {
  if (axis !== undefined) return [axis].flat().map((one) => checkAxis(WHERE, one, rank));
  if (shape.filter((size) => size !== 1).length <= 1) return shape.map((_, i) => i);
  if (rank <= 3) return [0];
  if (rank <= 5) return shape.slice(0, -1).map((_, i) => i);
  throw new ArgumentError(
    WHERE,
    'grads',
    `a tensor of rank ${rank}`,
    'of rank 5 at most, unless axis is given',
  );
}

/**
 * Bounds each unit of a gradient by the share `c` of its parameters.
 *
 * `u = g · min(1, c·max(‖w‖, ε) / ‖g‖)`, with the norms of units: of a whole vector, of the columns of a
 * matrix, of the slices along axis 0 of rank 3, and of the kernels of convolutions of rank 4 and 5 for each
 * channel of the output.
 *
 * @param clipping the largest share c > 0; 0.01 in the paper
 * @param options `epsilon` > 0 (1e-3), `axis` the axes of a unit instead
 * @returns a transform without state; its `update` needs `params`
 * @throws ArgumentError when a number is out of range, or `update` gets no `params` of the structure and shapes of
 * `grads`, or a tensor of rank above 5 without `axis`
 *
 * @example
 * const t = transforms.chain(transforms.adaptiveGradientClip(0.01), transforms.scaleByLearningRate(0.1));
 *
 * @see Brock et al., "High-Performance Large-Scale Image Recognition Without Normalization", ICML 2021
 */
export function adaptiveGradientClip(
  clipping: number,
  options: AdaptiveGradientClipOptions = {},
): GradientTransformation<Record<string, never>> {
  checkOptions(WHERE, options, ['epsilon', 'axis']);
  const { epsilon = 1e-3, axis } = options;
  checkNumber(WHERE, 'clipping', clipping, { min: 0, exclusiveMin: true });
  checkNumber(WHERE, 'epsilon', epsilon, { min: 0, exclusiveMin: true });
  const clip = (g: Tensor, w: Tensor): Tensor => {
    const axes = unitAxes(g, axis);
    const norm = (x: Tensor): Tensor => sqrt(sum(square(x), axes, true));
    const size = norm(g);
    const most = mul(maximum(norm(w), epsilon), clipping);
    return mul(g, where(less(size, most), ones(size.shape), div(most, maximum(size, TINY))));
  };
  const transform: GradientTransformation<Record<string, never>> = {
    init: () => ({}),
    update: (grads, state, given) => {
      const params = needed(WHERE, given);
      return { updates: tidyTree(() => zipTrees(WHERE, clip, ['grads', grads], ['params', params])), state };
    },
  };
  const given = Object.keys(options).length > 0 ? [clipping, options] : [clipping];
  return described(transform, { kind: 'transform', name: WHERE, options: given });
}
