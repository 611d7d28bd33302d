import { checkNumber, checkOptions } from '../../core/check.ts';
import { described } from '../../core/description.ts';
import type { Params } from '../../core/types.ts';
import { type LayerConstraint, stock } from '../bases.ts';
import { checkGroupAxis, type GroupAxis } from '../groups.ts';
import { type Correction, correction, mapped } from '../projecting.ts';

/** A constraint of a layer's weights, of a tree of tensors, or of all parameters of an optimizer. */
export interface Constraint extends LayerConstraint, Correction {
  /**
   * The nearest tree that keeps to the constraint.
   *
   * @param params a tree of tensors
   */
  project<P extends Params>(params: P): P;
}

/** Options of `unitNorm`. */
export interface AxisOptions {
  /**
   * The axes along which norms are taken; 0 by default: the weights that enter each unit of a dense layer. [0, 1, 2] are
   * those of each filter of a convolution.
   */
  axis?: GroupAxis | undefined;
}

/** Options of `maxNorm`. */
export interface MaxNormOptions extends AxisOptions {
  /** The largest norm, at least 0; 2 by default. */
  maxValue?: number | undefined;
}

/** Options of `minMaxNorm`. */
export interface MinMaxNormOptions extends AxisOptions {
  /** The smallest norm, at least 0; 0 by default. */
  minValue?: number | undefined;
  /** The largest norm, at least `minValue`; 1 by default. */
  maxValue?: number | undefined;
  /** How far each step goes towards it, in [0, 1]; 1 by default: all the way. */
  rate?: number | undefined;
}

/** Gives a constraint of tfjs's what trees and chains need, which is no part of what is saved. */
function constraint(name: string, options: object, made: LayerConstraint): Constraint {
  const { init, update } = correction(name, (x) => made.apply(x), 0);
  const project = (params: Params): Params => mapped((x) => made.apply(x), params);
  for (const [member, value] of Object.entries({ init, update, project })) {
    Object.defineProperty(made, member, { value });
  }
  return described(made as Constraint, { kind: 'transform', name, options: { ...options } });
}

/** As tfjs passes it on to a sum, which takes a list as well. */
function checkAxis(where: string, axis: GroupAxis): number {
  const axes = checkGroupAxis(where, axis);
  return (axes.length === 1 ? axes[0] : axes) as number;
}

/**
 * Bounds the norm of the weights that enter each unit.
 *
 * `w ← w · min(‖w‖, maxValue) / ‖w‖`, with the norm along `axis`.
 *
 * @param options `maxValue` ≥ 0 (2), `axis`, one or several (0)
 * @returns a constraint for layers, trees and chains of transforms
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * tf.layers.dense({ units: 8, kernelConstraint: regularizers.constraints.maxNorm({ maxValue: 3 }) });
 *
 * @see Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", JMLR 15, 2014
 */
export function maxNorm(options: MaxNormOptions = {}): Constraint {
  checkOptions('maxNorm', options, ['maxValue', 'axis']);
  const maxValue = checkNumber('maxNorm', 'maxValue', options.maxValue ?? 2, { min: 0 });
  const axis = checkAxis('maxNorm', options.axis ?? 0);
  return constraint('maxNorm', options, stock.maxNorm({ maxValue, axis }));
}

/**
 * Makes the norm of the weights that enter each unit 1.
 *
 * `w ← w / ‖w‖`, with the norm along `axis`.
 *
 * @param options `axis` (0)
 * @returns a constraint for layers, trees and chains of transforms
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const w = tf.tensor2d([[3], [4]]);
 * regularizers.constraints.unitNorm().project([w]); // [[[0.6], [0.8]]]
 *
 * @see Salimans & Kingma, "Weight Normalization: A Simple Reparameterization to Accelerate Training of Deep Neural
 * Networks", NeurIPS 2016
 */
export function unitNorm(options: AxisOptions = {}): Constraint {
  checkOptions('unitNorm', options, ['axis']);
  const axis = checkAxis('unitNorm', options.axis ?? 0);
  return constraint('unitNorm', options, stock.unitNorm({ axis }));
}

/**
 * Sets weights below 0 to 0.
 *
 * @returns a constraint for layers, trees and chains of transforms
 *
 * @example
 * tf.layers.dense({ units: 8, kernelConstraint: regularizers.constraints.nonNeg() });
 *
 * @see Lee & Seung, "Learning the Parts of Objects by Non-negative Matrix Factorization", Nature 401, 1999
 */
export function nonNeg(): Constraint {
  return constraint('nonNeg', {}, stock.nonNeg());
}

/**
 * Keeps the norm of the weights that enter each unit within bounds.
 *
 * `w ← w · (rate·clip(‖w‖, minValue, maxValue) + (1 − rate)·‖w‖) / ‖w‖`, with the norm along `axis`.
 *
 * @param options `minValue` ≥ 0 (0), `maxValue` ≥ `minValue` (1), `rate` in [0, 1] (1), `axis` (0)
 * @returns a constraint for layers, trees and chains of transforms
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * tf.layers.dense({ units: 8, kernelConstraint: regularizers.constraints.minMaxNorm({ minValue: 0.5 }) });
 *
 * @see Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", JMLR 15, 2014
 */
export function minMaxNorm(options: MinMaxNormOptions = {}): Constraint {
  checkOptions('minMaxNorm', options, ['minValue', 'maxValue', 'rate', 'axis']);
  const minValue = checkNumber('minMaxNorm', 'minValue', options.minValue ?? 0, { min: 0 });
  const maxValue = checkNumber('minMaxNorm', 'maxValue', options.maxValue ?? 1, { min: minValue });
  const rate = checkNumber('minMaxNorm', 'rate', options.rate ?? 1, { min: 0, max: 1 });
  const axis = checkAxis('minMaxNorm', options.axis ?? 0);
  return constraint('minMaxNorm', options, stock.minMaxNorm({ minValue, maxValue, rate, axis }));
}
