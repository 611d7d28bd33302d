import type { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, describe } from '../../core/check.ts';
import type { Params } from '../../core/types.ts';
import { callbackFor, type Domain, vectors } from './domain.ts';
import type { Objective } from './objective.ts';
import { type AnyOptions, checkBounds, checkFunction, checkMethod, checkSettings } from './options.ts';
import { type PlainFunctions, plainObjective } from './plain.ts';
import { minimizeValue, type Plan } from './run.ts';
import type { Outcome, Settings } from './settings.ts';
import { type TensorFunctions, TensorObjective, tensorDomain } from './tensors.ts';
import type {
  LeastSquaresMethod,
  Method,
  MinimizeOptions,
  MinimizeResult,
  StopReason,
  Vector,
} from './types.ts';

const MET: readonly StopReason[] = ['gradientTolerance', 'functionTolerance', 'stepTolerance'];

/** The result of a run, in the user's form. */
function resultOf<X>(domain: Domain<X>, outcome: Outcome, evaluations: number): MinimizeResult<X> {
  const { value, iterations, reason } = outcome;
  const numbers = outcome.gradient.slice();
  let gradient: X | undefined;
  return {
    x: domain.toResult(outcome.x),
    value,
    get gradient() {
      gradient ??= domain.toGradient(numbers);
      return gradient;
    },
    ...{ iterations, evaluations, converged: MET.includes(reason), reason },
  };
}

/** Runs an algorithm with the user's callback; variables keep their values where it throws. */
function run<X>(
  domain: Domain<X>,
  counter: { readonly evaluations: number },
  settings: Omit<Settings, 'callback'>,
  callback: unknown,
  algorithm: (settings: Settings) => Outcome,
): MinimizeResult<X> {
  const told = callbackFor<X>(domain, () => counter.evaluations, checkFunction('callback', callback));
  try {
    const outcome = algorithm({ ...settings, callback: told });
    return resultOf(domain, outcome, counter.evaluations);
  } catch (error) {
    domain.restore();
    throw error;
  }
}

const isVector = (x0: unknown): x0 is Vector =>
  x0 instanceof Float64Array || (Array.isArray(x0) && x0.every((value) => typeof value === 'number'));

function checkStart(x0: Vector): Float64Array {
  if (x0.length === 0) throw new ArgumentError('minimize', 'x0', 'an array of 0', 'at least one number');
  return Float64Array.from(x0, (value, i) => checkNumber('minimize', `x0[${i}]`, value));
}

export function minimize(
  f: (x: Float64Array) => number,
  x0: Vector,
  options?: MinimizeOptions,
): MinimizeResult<Float64Array>;
export function minimize<P extends Params>(
  f: (x: P) => Tensor,
  x0: P,
  options?: MinimizeOptions<P, P>,
): MinimizeResult<P>;
export function minimize(f: unknown, x0: unknown, options: AnyOptions = {}): MinimizeResult<unknown> {
  const method = checkMethod(options);
  if (typeof f !== 'function') throw new ArgumentError('minimize', 'f', describe(f), 'a function');
  const derivatives = {
    gradient: checkFunction('gradient', options.gradient),
    hessianVectorProduct: checkFunction('hessianVectorProduct', options.hessianVectorProduct),
  };
  const plan = (size: number): Plan => ({
    method: method as Exclude<Method, LeastSquaresMethod>,
    memory: checkNumber('minimize', 'memory', options.memory ?? 10, { min: 1, integer: true }),
    bounds: checkBounds(options.bounds, size),
  });
  const minimizeIn = <X>(domain: Domain<X>, objective: Objective, tolerance: number, chosen: Plan) =>
    run(
      domain,
      objective,
      checkSettings(options, { tolerance, stepTolerance: 0 }),
      options.callback,
      (settings) => minimizeValue(objective, domain.start, chosen, settings),
    );
  if (isVector(x0)) {
    const domain = vectors(checkStart(x0));
    const chosen = plan(domain.start.length);
    const functions = { f, ...derivatives, bounds: chosen.bounds } as PlainFunctions;
    return minimizeIn(domain, plainObjective(domain.start.length, functions), 1e-8, chosen);
  }
  const domain = tensorDomain(x0 as Params);
  const objective = new TensorObjective(domain, { f, ...derivatives } as TensorFunctions<Params>);
  return minimizeIn(domain, objective, 1e-5, plan(objective.size));
}
