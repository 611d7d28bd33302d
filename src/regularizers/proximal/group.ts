import { div, maximum, mul, relu, sqrt, square, sub, sum } from '@tensorflow/tfjs-core';
import { checkNumber } from '../../core/check.ts';
import { axesOf, checkGroupAxis, type GroupAxis, groupSize } from '../groups.ts';
import { type ProximalOfOne, proximal } from './operator.ts';

/** The factor of the penalty, and which weights make a group. */
interface GroupStrength {
  /** The factor λ ≥ 0. */
  factor: number;
  /** The axes along which a group lies; 0 by default, the weights that enter each unit of a dense layer. */
  axis?: GroupAxis | undefined;
}

/** So that 0 over 0 is 0. */
const TINY = 1e-30;

/**
 * The proximal step of `regularizers.groupLasso`: it makes whole groups of weights exactly 0.
 *
 * `prox(x)_g = x_g · max(0, 1 − η·λ·√|g| / ‖x_g‖)`.
 *
 * @param options `factor`, λ ≥ 0; `axis`, one or several, along which a group lies (0); `learningRate`, the η of the
 * optimizer before it in a chain (1)
 * @returns an operator on trees and a transform; for a tensor and a strength the result for η = 1
 * @throws ArgumentError when an option is out of range, and when it is applied to a tensor without such an axis
 *
 * @example
 * regularizers.proximal.group([[3, 0.1], [4, 0.1]], 1); // the second column becomes 0
 *
 * @see Yuan & Lin, "Model Selection and Estimation in Regression with Grouped Variables", Journal of the Royal
 * Statistical Society B 68, 2006
 */
export const group: ProximalOfOne<GroupStrength> = proximal(
  'group',
  ['factor', 'axis'],
  (strength: GroupStrength) => {
    const lambda = checkNumber('group', 'factor', strength.factor, { min: 0 });
    const given = checkGroupAxis('group', strength.axis ?? 0);
    return (x, stepSize) => {
      const axes = axesOf('group', x, given);
      const norms = sqrt(sum(square(x), axes, true));
      const left = relu(sub(norms, stepSize * lambda * Math.sqrt(groupSize(x, axes))));
      return mul(x, div(left, maximum(norms, TINY)));
    };
  },
);
