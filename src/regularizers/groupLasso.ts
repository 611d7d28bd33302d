import {
  maximum,
  mul,
  type Scalar,
  serialization,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import { RegularizerBase } from './bases.ts';
import { axesOf, checkGroupAxis, type GroupAxis, groupSize } from './groups.ts';
import { type Penalty, withPenalty } from './penalty.ts';

/** Options of `groupLasso`. */
export interface GroupLassoOptions {
  /** The factor λ ≥ 0; 0.01 by default. */
  factor?: number | undefined;
  /**
   * The axes along which a group lies; 0 by default, which groups the weights that enter each unit of a dense layer;
   * [0, 1, 2] groups those of each filter.
   */
  axis?: GroupAxis | undefined;
}

/** So that the slope at 0 is 0 and not infinite. */
const TINY = 1e-30;

class GroupLasso extends RegularizerBase {
  static readonly className = 'GroupLasso';
  readonly #factor: number;
  readonly #axes: number[];

  constructor(options: GroupLassoOptions = {}) {
    super();
    this.#factor = checkNumber('groupLasso', 'factor', options.factor ?? 0.01, { min: 0 });
    this.#axes = checkGroupAxis('groupLasso', options.axis ?? 0);
  }

  override apply(x: Tensor): Scalar {
    return tidy(() => {
      const axes = axesOf('groupLasso', x, this.#axes);
      const norms = sqrt(maximum(sum(square(x), axes), TINY));
      return mul(sum(norms), this.#factor * Math.sqrt(groupSize(x, axes))) as Scalar;
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { factor: this.#factor, axis: this.#axes };
  }
}

serialization.registerClass(GroupLasso);

/**
 * A penalty on the norms of groups of weights, which leaves out whole units or features.
 *
 * `λ·Σ_g √|g|·‖w_g‖`, added to the loss, where |g| is the number of weights of group g.
 *
 * @param options `factor` ≥ 0 (0.01), `axis`, one or several, along which a group lies (0)
 * @returns a regularizer for the layers of a model, whose `penalty` takes any tree of tensors
 * @throws ArgumentError when an option is out of range, and when it is applied to a tensor without such an axis
 *
 * @example
 * const w = tf.tensor2d([[3, 0], [4, 0]]);
 * regularizers.groupLasso({ factor: 0.1 }).penalty([w]); // 0.1·√2·5: the second column costs nothing
 *
 * @see Yuan & Lin, "Model Selection and Estimation in Regression with Grouped Variables", Journal of the Royal
 * Statistical Society B 68, 2006
 */
export function groupLasso(options: GroupLassoOptions = {}): Penalty {
  checkOptions('groupLasso', options, ['factor', 'axis']);
  return withPenalty(new GroupLasso(options));
}
