import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { checkNumber } from '../../core/check.ts';
import type { Params } from '../../core/types.ts';
import { checkF, checkFunction, isVector, numbersOf, type Vector } from '../derivatives/arguments.ts';
import { callbackFor, type Domain, vectors } from './domain.ts';
import type { Objective, Residuals } from './objective.ts';
import { type AnyOptions, checkBounds, checkMethod, checkSettings } from './options.ts';
import { type PlainFunctions, type PlainResiduals, plainObjective, plainResiduals } from './plain.ts';
import { minimizeResiduals, minimizeValue } from './run.ts';
import type { Outcome, Settings } from './settings.ts';
import { type ResidualFunctions, TensorResiduals } from './tensorResiduals.ts';
import { type TensorFunctions, TensorObjective, tensorDomain } from './tensors.ts';
import type {
  LeastSquaresMethod,
  LeastSquaresOptions,
  Method,
  MinimizeOptions,
  MinimizeResult,
  StopReason,
} from './types.ts';

const MET: readonly StopReason[] = ['gradientTolerance', 'functionTolerance', 'stepTolerance'];

/** The result of a run, in the user's form. */
function resultOf<X>(domain: Domain<X>, outcome: Outcome, evaluations: number): MinimizeResult<X> {
  const { value, iterations, reason } = outcome;
  const numbers = outcome.gradient.slice();
  const x = domain.toResult(outcome.x);
  const rest = { iterations, evaluations, converged: MET.includes(reason), reason };
  if (x instanceof Float64Array) return { x, value, gradient: domain.toGradient(numbers), ...rest };
  let gradient: X | undefined;
  const result = {
    x,
    value,
    get gradient() {
      gradient ??= domain.toGradient(numbers);
      return gradient;
    },
    ...rest,
  };
  // Else its text would have a getter in the place of the gradient. To read it leaves no tensor behind.
  const text: Inspection = (_, options, inspect) =>
    tidy(() => inspect({ x, value, gradient: gradient ?? domain.toGradient(numbers), ...rest }, options));
  return Object.defineProperty(result, Symbol.for('nodejs.util.inspect.custom'), { value: text });
}

type Inspection = (
  depth: number,
  options: object,
  inspect: (value: object, options: object) => string,
) => string;

/** An algorithm with the settings of the user. */
type Algorithm = (settings: Settings) => Outcome;

/** Runs an algorithm with the user's callback; variables get their values back where it throws. */
function run<X>(
  domain: Domain<X>,
  counter: { readonly evaluations: number },
  options: AnyOptions,
  defaults: { tolerance: number; stepTolerance: number },
  algorithm: Algorithm,
): MinimizeResult<X> {
  const callback = checkFunction<(step: unknown) => unknown>('minimize', 'callback', options.callback);
  const told = callbackFor<X>(domain, () => counter.evaluations, callback);
  const settings = { ...checkSettings(options, defaults), callback: told };
  try {
    return resultOf(domain, algorithm(settings), counter.evaluations);
  } catch (error) {
    domain.restore();
    throw error;
  }
}

function minimizeIn<X>(domain: Domain<X>, objective: Objective, options: AnyOptions, tolerance: number) {
  const plan = {
    method: (options.method ?? 'lbfgs') as Exclude<Method, LeastSquaresMethod>,
    memory: checkNumber('minimize', 'memory', options.memory ?? 10, { min: 1, integer: true }),
    bounds: checkBounds(options.bounds, domain.start.length),
  };
  const defaults = { tolerance, stepTolerance: 0 };
  return run(domain, objective, options, defaults, (settings) =>
    minimizeValue(objective, domain.start, plan, settings),
  );
}

function fitIn<X>(domain: Domain<X>, problem: Residuals, options: AnyOptions) {
  const method = options.method as LeastSquaresMethod;
  const defaults = { tolerance: 0, stepTolerance: 1e-12 };
  return run(domain, problem, options, defaults, (settings) =>
    minimizeResiduals(problem, domain.start, method, settings),
  );
}

const isLeastSquares = (method: Method): method is LeastSquaresMethod =>
  method === 'levenberg-marquardt' || method === 'gauss-newton';

/**
 * Finds a minimum of a function with curvature: `min f(x)`, or `min ½‖r(x)‖²` for the methods of least squares.
 *
 * `f` takes an array and gives a number, or takes tensors and gives a scalar tensor; for 'levenberg-marquardt' and
 * 'gauss-newton' it gives the residuals r, an array or a tensor. The arithmetic is in double precision, of tensors what
 * `f` computes in single. A place where `f` is not finite makes a step shorter.
 *
 * - 'lbfgs': a limited memory of steps makes the inverse Hessian, O(memory·n) a step; with `bounds` L-BFGS-B
 * - 'bfgs': all steps make it, O(n²) a step
 * - 'newton-cg': conjugate gradients on products with the Hessian, exact for tensors where tfjs has second derivatives
 * - 'levenberg-marquardt': least squares on linearized residuals within a trust region, 'gauss-newton' without one
 *
 * @param f a function of x0's form; it must not be async. Tensors that it makes are freed
 * @param x0 the start: an array of numbers; or a tensor, or a tree of tensors of float32, where the gradient is tfjs's.
 *   Variables in it are assigned: `f` may as well read them from outside, and they end at the minimum
 * @param options `method` ('lbfgs'); `gradient`: x → ∇f, by default tfjs's for tensors, else central differences;
 *   `memory` (10), `bounds`: for 'lbfgs'; `hessianVectorProduct`: (x, v) → H·v for 'newton-cg'; `jacobian`: x → a row for
 *   each residual; `tolerance` (1e-8, tensors 1e-5, least squares 0) for the largest entry of the gradient, within bounds
 *   of the projected one; `functionTolerance` (0) and `stepTolerance` (0, least squares 1e-12), relative;
 *   `maxIterations` (1000), `maxEvaluations` (no limit); `callback`, called after each iteration: `true` stops
 * @returns `x` and `gradient` in the form of x0 (the caller frees tensors), `value`, `iterations`, `evaluations`, the
 *   calls of f, `reason` and whether that means `converged`. 'functionTolerance' is also the reason where rounding,
 *   or the error of differences, leaves nothing to gain
 * @throws ArgumentError for an option that the method does not take or that is out of range, and where a function gives
 *   something of another kind or length; what `f` throws. Variables then have the values from before
 *
 * @example
 * const valley = ([x, y]: Float64Array) => (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2;
 * optimizers.minimize(valley, [-1.2, 1]).x; // [1, 1]
 * @example
 * const w = tf.variable(tf.tensor([3, 4]));
 * optimizers.minimize(() => w.sub([1, 2]).square().sum(), w); // w is [1, 2]
 *
 * @see Nocedal & Wright, "Numerical Optimization", 2nd ed., 2006
 */
export function minimize(
  f: (x: Float64Array) => number,
  x0: Vector,
  options?: MinimizeOptions,
): MinimizeResult<Float64Array>;
export function minimize(
  f: (x: Float64Array) => Vector,
  x0: Vector,
  options: LeastSquaresOptions,
): MinimizeResult<Float64Array>;
export function minimize<P extends Params>(
  f: (x: P) => Tensor,
  x0: P,
  options?: MinimizeOptions<P, P> | LeastSquaresOptions<P, Tensor>,
): MinimizeResult<P>;
export function minimize(f: unknown, x0: unknown, options: AnyOptions = {}): MinimizeResult<unknown> {
  const method = checkMethod(options);
  checkF('minimize', f);
  const functions: unknown = {
    f,
    bounds: isVector(x0) ? checkBounds(options.bounds, x0.length) : undefined,
    gradient: checkFunction('minimize', 'gradient', options.gradient),
    hessianVectorProduct: checkFunction('minimize', 'hessianVectorProduct', options.hessianVectorProduct),
    jacobian: checkFunction('minimize', 'jacobian', options.jacobian),
  };
  if (isVector(x0)) {
    const start = numbersOf('minimize', 'x0', x0);
    const domain = vectors(start);
    if (isLeastSquares(method)) {
      return fitIn(domain, plainResiduals(start, functions as PlainResiduals), options);
    }
    return minimizeIn(domain, plainObjective(start, functions as PlainFunctions), options, 1e-8);
  }
  const domain = tensorDomain(x0 as Params);
  if (isLeastSquares(method)) {
    return fitIn(domain, new TensorResiduals(domain, functions as ResidualFunctions<Params>), options);
  }
  const objective = new TensorObjective(domain, functions as TensorFunctions<Params>);
  return minimizeIn(domain, objective, options, 1e-5);
}
