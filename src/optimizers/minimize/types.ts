import type { Vector } from '../derivatives/arguments.ts';

/** The algorithms of `minimize`. */
export type Method = 'lbfgs' | 'bfgs' | 'newton-cg' | 'levenberg-marquardt' | 'gauss-newton';

/** Those whose function gives residuals. */
export type LeastSquaresMethod = 'levenberg-marquardt' | 'gauss-newton';

/** Why `minimize` stopped. */
export type StopReason =
  | 'gradientTolerance'
  | 'functionTolerance'
  | 'stepTolerance'
  | 'maxIterations'
  | 'maxEvaluations'
  | 'lineSearchFailed'
  | 'callback'
  | 'notFinite';

/** The lowest and the highest value of a coordinate; ±Infinity for none. */
export type Bound = readonly [low: number, high: number];

/** What a callback is given after each iteration. */
export interface MinimizeStep<X> {
  /** The place that was reached. Tensors of it are freed when the callback returns. */
  readonly x: X;
  readonly value: number;
  /** The largest entry of the gradient, by its absolute value. */
  readonly gradientNorm: number;
  /** Counted from 1. */
  readonly iteration: number;
  /** Calls of f so far. */
  readonly evaluations: number;
}

/** Options that all methods and kinds of functions share. */
export interface SharedOptions<X> {
  /** Stops where no entry of the gradient is larger than this; 1e-8, for tensors 1e-5, for least squares 0. */
  tolerance?: number | undefined;
  /** Stops where an iteration lowers the value by no more than this, relative to it; 0 by default. */
  functionTolerance?: number | undefined;
  /** Stops where a step is no longer than this, relative to x; 0 by default, for least squares 1e-12. */
  stepTolerance?: number | undefined;
  /** 1000 by default. */
  maxIterations?: number | undefined;
  /** The largest number of calls of f, about: an iteration that has begun is finished; no limit by default. */
  maxEvaluations?: number | undefined;
  /** Is called after each iteration; `true` stops. */
  callback?: ((step: MinimizeStep<X>) => unknown) | undefined;
}

/** Options of `minimize` for a function that gives a value. X is a vector or a tree of tensors. */
export interface MinimizeOptions<X = Float64Array, G = Vector> extends SharedOptions<X> {
  /** 'lbfgs' by default. */
  method?: Exclude<Method, LeastSquaresMethod> | undefined;
  /** The gradient at x; by default that of tfjs for tensors, else central differences. */
  gradient?: ((x: X) => G) | undefined;
  /** For 'newton-cg': the product of the Hessian at x and v. */
  hessianVectorProduct?: ((x: X, v: X) => G) | undefined;
  /** For 'lbfgs': how many steps it remembers; 10 by default. */
  memory?: number | undefined;
  /** For 'lbfgs': one pair for each coordinate, or one for all. */
  bounds?: readonly Bound[] | Bound | undefined;
}

/** Options of `minimize` for a function that gives residuals. */
export interface LeastSquaresOptions<X = Float64Array, J = readonly Vector[]> extends SharedOptions<X> {
  method: LeastSquaresMethod;
  /** The derivatives of the residuals at x, a row for each residual. */
  jacobian?: ((x: X) => J) | undefined;
}

/** What `minimize` found. */
export interface MinimizeResult<X> {
  /** The place of the least value: a Float64Array, a tree of tensors, which the caller frees, or the variables. */
  x: X;
  /** The value there; for least squares half the sum of the squared residuals. */
  value: number;
  /** The gradient there, in the form of x. Tensors are made when it is first read; the caller frees them. */
  gradient: X;
  iterations: number;
  /** Calls of f. */
  evaluations: number;
  /** Whether a tolerance was met. */
  converged: boolean;
  reason: StopReason;
}
