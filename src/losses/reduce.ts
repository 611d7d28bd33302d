import { mean, mul, reshape, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { ArgumentError, checkAxis, checkChoice, checkSameShape } from '../core/check.ts';
import { toTensor } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';
import type { LossOptions, Reduced, Reduction } from './options.ts';

const REDUCTIONS = ['mean', 'sum', 'none'] as const;

/** Weights reshaped so that they multiply `perSample` along its leading axes. */
function alignWeights(where: string, value: TensorLike, perSample: readonly number[]): Tensor {
  const weights = toTensor(where, 'sampleWeight', value);
  let shape = weights.shape;
  if (shape.length === perSample.length + 1 && shape.at(-1) === 1) shape = shape.slice(0, -1);
  const leads = shape.length <= perSample.length && shape.every((size, i) => size === perSample[i]);
  if (!leads) {
    const allowed = `a number or of the shape [${perSample}] or its leading sizes`;
    throw new ArgumentError(where, 'sampleWeight', `[${weights.shape}]`, allowed);
  }
  return reshape(
    weights,
    perSample.map((_, i) => shape[i] ?? 1),
  );
}

/** Weighs and reduces the losses of samples; frees what it and `losses` made on the way. */
export function reduce<R extends Reduction = 'mean'>(
  where: string,
  { sampleWeight, reduction }: LossOptions<R>,
  losses: () => Tensor,
): Reduced<R> {
  const kind = checkChoice(where, 'reduction', reduction ?? 'mean', REDUCTIONS);
  return tidy(() => {
    const perSample = losses();
    const weighted =
      sampleWeight === undefined
        ? perSample
        : mul(perSample, alignWeights(where, sampleWeight, perSample.shape));
    if (kind === 'none') return weighted as Reduced<R>;
    return (kind === 'sum' ? sum(weighted) : mean(weighted)) as Reduced<R>;
  });
}

/** Both arguments as tensors, of equal shapes. */
export function pair(where: string, yTrue: TensorLike, yPred: TensorLike): [Tensor, Tensor] {
  const truth = toTensor(where, 'yTrue', yTrue);
  const prediction = toTensor(where, 'yPred', yPred);
  checkSameShape(where, ['yTrue', truth.shape], ['yPred', prediction.shape]);
  return [truth, prediction];
}

/** A loss of single values: `f` elementwise, its mean over the values of a sample, then the reduction. */
export function elementwise<R extends Reduction = 'mean'>(
  where: string,
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R>,
  f: (truth: Tensor, prediction: Tensor) => Tensor,
): Reduced<R> {
  return reduce(where, options, () => {
    const values = f(...pair(where, yTrue, yPred));
    const oneValueEach = options.axis === undefined && values.rank <= 1;
    return oneValueEach ? values : mean(values, checkAxis(where, options.axis ?? -1, values.rank));
  });
}

/** A loss of vectors: `f` takes the axis away that holds the values of a sample, then the reduction. */
export function vectorwise<R extends Reduction = 'mean'>(
  where: string,
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R>,
  f: (truth: Tensor, prediction: Tensor, axis: number) => Tensor,
): Reduced<R> {
  return reduce(where, options, () => {
    const [truth, prediction] = pair(where, yTrue, yPred);
    if (truth.rank === 0) throw new ArgumentError(where, 'yTrue', 'a scalar', 'of rank 1 or more');
    return f(truth, prediction, checkAxis(where, options.axis ?? -1, truth.rank));
  });
}
