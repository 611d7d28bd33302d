/** A function of n numbers as the algorithms see it. */
export interface Objective {
  readonly size: number;
  /** The relative rounding of its values: 2⁻⁵² for numbers, 2⁻²³ for tensors. */
  readonly precision: number;
  /** The error of the gradient, relative to the largest entry that it has had: 0 where only its value rounds. */
  readonly gradientPrecision?: number | undefined;
  /** The relative rounding of the products with its Hessian. */
  readonly hessianPrecision: number;
  /** How often the user's function has been called. */
  readonly evaluations: number;
  /** The value at `x`; writes the gradient there into `gradient`. Where the value is not finite, it need not. */
  evaluate(x: Float64Array, gradient: Float64Array): number;
  /** Writes the product of the Hessian at `x`, whose gradient is given, and `v` into `out`. */
  hessianTimes(x: Float64Array, gradient: Float64Array, v: Float64Array, out: Float64Array): void;
}

/** A function of n numbers that gives m residuals, as the algorithms see it. */
export interface Residuals {
  readonly size: number;
  readonly precision: number;
  readonly evaluations: number;
  /** The residuals at `x`, in an array of its own. */
  residuals(x: Float64Array): Float64Array;
  /** The Jacobian at `x`, column by column: entry (i, j) at `j·m + i`. */
  jacobian(x: Float64Array, residuals: Float64Array): Float64Array;
}

/** The relative rounding of numbers, and of tensors. */
export const DOUBLE: number = 2 ** -52;
export const SINGLE: number = 2 ** -23;
