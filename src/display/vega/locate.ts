import type { Plain } from '../plain.ts';
import { culpritOf } from './culprit.ts';
import { VegaError } from './draw.ts';

/** Do the work of a spec; what Vega throws then names the part of the spec that it is about. */
export function located<T>(spec: Plain, work: (spec: Plain) => T): T {
  try {
    return work(spec);
  } catch (error) {
    if (!(error instanceof VegaError)) throw error;
    const place = culpritOf(spec, (smaller) => succeeds(() => work(smaller)));
    throw new VegaError(error.reason, error.cause, place);
  }
}

function succeeds(work: () => unknown): boolean {
  try {
    return !(work() instanceof Promise);
  } catch {
    return false;
  }
}
