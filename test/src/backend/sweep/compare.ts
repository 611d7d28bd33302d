import type { Case, Numbers, Plain } from './case.ts';
import { inputsOf } from './case.ts';
import type { Outcome } from './outcome.ts';

/** What is wrong with two lists of numbers or texts; undefined when they agree. */
function difference(
  actual: readonly unknown[],
  expected: readonly unknown[],
  tolerance: number,
): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} values instead of ${expected.length}`;
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i], expected[i]];
    if (Object.is(a, e) || a === e) continue;
    const near =
      typeof a === 'number' &&
      typeof e === 'number' &&
      Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e)) &&
      Number.isFinite(e);
    if (!near) return `value ${i} is ${a} instead of ${e}`;
  }
  return undefined;
}

function compareAll(
  what: string,
  actual: readonly Plain[],
  expected: readonly (Numbers | Plain)[],
  tolerance: number,
): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} ${what}s instead of ${expected.length}`;
  for (const [i, wanted] of expected.entries()) {
    const got = actual[i]!;
    const name = expected.length > 1 ? `${what} ${i}` : what;
    if (`${got.shape}` !== `${wanted.shape}`)
      return `${name} has shape [${got.shape}] instead of [${wanted.shape}]`;
    if ('dtype' in wanted && got.dtype !== wanted.dtype)
      return `${name} has dtype ${got.dtype} instead of ${wanted.dtype}`;
    const exact = got.dtype === 'int32' || got.dtype === 'bool';
    const wrong = difference(got.values, wanted.values, exact ? 0 : tolerance);
    if (wrong) return `${name}: ${wrong}`;
  }
  return undefined;
}

/** What is right for a case. */
export interface Truth {
  readonly outputs?: readonly (Numbers | Plain)[] | undefined;
  readonly error?: string | undefined;
  readonly gradients?: readonly Plain[] | undefined;
  readonly gradientError?: string | undefined;
}

/** The outputs by reference, else as on the JavaScript back end; gradients by differences, else as there. */
export function truthOf(one: Case, cpu: Outcome, double: Outcome): Truth {
  const gradients = one.gradient === 'differences' ? double : cpu;
  const back = { gradients: gradients.gradients, gradientError: gradients.gradientError };
  if (!one.reference) return { outputs: cpu.outputs, error: cpu.error, ...back };
  const result = one.reference(...(inputsOf(one) as unknown as Numbers[]));
  return { outputs: Array.isArray(result) ? result : [result], ...back };
}

const TOLERANCE = 1e-5;
/** Gradients sum over more numbers. */
const GRADIENT_TOLERANCE = 5e-5;

/** What is wrong with an outcome; undefined when nothing is. */
export function faultOf(
  one: Case,
  outcome: Outcome,
  truth: Truth,
  dtypes: readonly Plain[] | undefined,
): string | undefined {
  if (outcome.error) return one.throws ? undefined : `throws ${outcome.error}`;
  if (one.throws) return 'does not throw';
  if (truth.error) return `cannot be compared: the JavaScript back end throws ${truth.error}`;
  const tolerance = one.tolerance ?? TOLERANCE;
  const forward = compareAll('output', outcome.outputs!, truth.outputs!, tolerance);
  if (forward) return forward;
  // A reference has no dtypes: those are the JavaScript back end's.
  for (const [i, { dtype }] of (dtypes ?? []).entries()) {
    const got = outcome.outputs![i]!.dtype;
    if (got !== dtype) return `output has dtype ${got} instead of ${dtype}`;
  }
  if (one.gradient) {
    if (truth.gradientError) return `differences failed: ${truth.gradientError}`;
    if (outcome.gradientError) return `gradient throws ${outcome.gradientError}`;
    const back = compareAll(
      'gradient',
      outcome.gradients!,
      truth.gradients!,
      Math.max(tolerance, GRADIENT_TOLERANCE),
    );
    if (back) return back;
  }
  return outcome.leaked ? `${outcome.leaked} tensors and buffers left behind` : undefined;
}
