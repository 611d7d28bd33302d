import { checkTransform } from '../transforms/checkTransform.ts';
import type { GradientTransformation } from '../transforms/index.ts';
import { Optimizer } from './optimizer.ts';

/**
 * Makes an optimizer of any transform.
 *
 * @param transform a transform, most often a chain that ends in `scaleByLearningRate`
 * @returns an optimizer for `model.compile`, `minimize`, `init` and `update`
 * @throws ArgumentError when it is no transform
 *
 * @example
 * const optimizer = optimizers.fromTransform(
 *   transforms.chain(transforms.trace({ decay: 0.9 }), transforms.scaleByLearningRate(0.01)),
 * );
 */
export function fromTransform(transform: GradientTransformation): Optimizer {
  checkTransform('fromTransform', 'transform', transform);
  return new Optimizer(transform);
}
