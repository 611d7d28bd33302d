import {
  broadcastTo,
  cast,
  div,
  expandDims,
  maximum,
  mean,
  mul,
  notEqual,
  reshape,
  where as select,
  sum,
  type Tensor,
  tidy,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { ArgumentError, checkAxis, checkChoice, checkSameShape } from '../core/check.ts';
import { toTensor } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';
import type { Prepared } from './called.ts';
import type { LossOptions } from './options.ts';

const REDUCTIONS = ['mean', 'sum', 'none'] as const;

/** Factors reshaped so that they multiply `perSample` along its leading axes. */
function align(where: string, argument: string, value: TensorLike, perSample: readonly number[]): Tensor {
  const factors = toTensor(where, argument, value);
  let shape = factors.shape;
  if (shape.length === perSample.length + 1 && shape.at(-1) === 1) shape = shape.slice(0, -1);
  const leads = shape.length <= perSample.length && shape.every((size, i) => size === perSample[i]);
  if (!leads) {
    const allowed = `a number or of the shape [${perSample}] or its leading sizes`;
    throw new ArgumentError(where, argument, `[${factors.shape}]`, allowed);
  }
  return reshape(
    factors,
    perSample.map((_, i) => shape[i] ?? 1),
  );
}

/** The mask as true where a sample counts, in the shape of their losses. */
export function maskOf(
  where: string,
  mask: TensorLike | undefined,
  perSample: readonly number[],
): Tensor | undefined {
  if (mask === undefined) return undefined;
  return broadcastTo(notEqual(align(where, 'mask', mask, perSample), 0), [...perSample]);
}

/** The values of the samples that count, and 0 in the place of the others. */
export const shown = (x: Tensor, mask: Tensor | undefined, axis?: number): Tensor =>
  mask === undefined ? x : select(axis === undefined ? mask : expandDims(mask, axis), x, zerosLike(x));

/** The losses of samples, and where they count if not everywhere. */
export interface Samples {
  readonly losses: Tensor;
  readonly mask?: Tensor | undefined;
}

/** Checks the options of weights and reduction; then weighs and reduces the losses that `samples` makes of the inputs. */
export function reduced(
  where: string,
  { sampleWeight, reduction }: LossOptions,
  samples: (...inputs: TensorLike[]) => Samples,
): Prepared {
  const kind = checkChoice(where, 'reduction', reduction ?? 'mean', REDUCTIONS);
  return (inputs, perSample = false) =>
    tidy(() => {
      const { losses, mask } = samples(...inputs);
      const given =
        sampleWeight === undefined
          ? losses
          : mul(losses, align(where, 'sampleWeight', sampleWeight, losses.shape));
      const weighed = shown(given, mask);
      if (kind === 'none') return weighed;
      if (kind === 'sum') return perSample ? mul(weighed, weighed.size) : sum(weighed);
      if (mask === undefined) return perSample ? weighed : mean(weighed);
      const counted = maximum(sum(cast(mask, 'float32')), 1);
      return perSample ? div(mul(weighed, weighed.size), counted) : div(sum(weighed), counted);
    });
}

/** Rejects a batch of no samples, whose mean is not defined. */
export function checkNotEmpty(where: string, argument: string, x: Tensor): void {
  if (x.size > 0) return;
  throw new ArgumentError(where, argument, `an empty batch, [${x.shape}]`, 'of at least one sample');
}

/** Two arguments as tensors, of equal shapes. */
export function pair(
  where: string,
  [first, second]: readonly TensorLike[],
  [firstName, secondName]: readonly [string, string] = ['yTrue', 'yPred'],
): [Tensor, Tensor] {
  const a = toTensor(where, firstName, first!);
  const b = toTensor(where, secondName, second!);
  checkSameShape(where, [firstName, a.shape], [secondName, b.shape]);
  checkNotEmpty(where, firstName, a);
  return [a, b];
}

const without = (shape: readonly number[], axis: number): number[] => shape.filter((_, i) => i !== axis);

/** A loss of single values: `f` elementwise, its mean over the values of a sample, then the reduction. */
export function elementwise(
  where: string,
  options: LossOptions,
  f: (truth: Tensor, prediction: Tensor) => Tensor,
): Prepared {
  return reduced(where, options, (...inputs) => {
    const [truth, prediction] = pair(where, inputs);
    const { rank, shape } = truth;
    if (options.axis === undefined && rank <= 1) {
      const mask = maskOf(where, options.mask, shape);
      return { losses: f(shown(truth, mask), shown(prediction, mask)), mask };
    }
    const axis = checkAxis(where, options.axis ?? -1, rank);
    const mask = maskOf(where, options.mask, without(shape, axis));
    return { losses: mean(f(shown(truth, mask, axis), shown(prediction, mask, axis)), axis), mask };
  });
}

/** A loss of vectors: `f` takes the axis away that holds the values of a sample, then the reduction. */
export function vectorwise(
  where: string,
  options: LossOptions,
  f: (truth: Tensor, prediction: Tensor, axis: number) => Tensor,
): Prepared {
  return reduced(where, options, (...inputs) => {
    const [truth, prediction] = pair(where, inputs);
    if (truth.rank === 0) throw new ArgumentError(where, 'yTrue', 'a scalar', 'of rank 1 or more');
    const axis = checkAxis(where, options.axis ?? -1, truth.rank);
    const mask = maskOf(where, options.mask, without(truth.shape, axis));
    return { losses: f(shown(truth, mask, axis), shown(prediction, mask, axis), axis), mask };
  });
}
