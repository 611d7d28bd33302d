/**
 * Node keeps a stack of asynchronous contexts and aborts the process when it is not balanced. Terminating
 * a cell unbalances it by design. `--no-force-async-hooks-checks` switches that check off until the first
 * async hook (AsyncLocalStorage is one on Node 20 and 22) switches it on again, and there is no public way
 * to say so a second time: hence `--expose-internals`.
 */
interface AsyncWrap {
  async_hook_fields?: Uint32Array;
  constants?: { kCheck?: number; kTotals?: number; kStackLength?: number };
  clearAsyncIdStack?: () => void;
}

function binding(): AsyncWrap {
  try {
    const internals = require('internal/test/binding') as { internalBinding(name: string): AsyncWrap };
    return internals.internalBinding('async_wrap');
  } catch {
    // Interrupting a cell may then end the runtime; everything else works.
    return {};
  }
}

const wrap = binding();

/** To be called after each use of async hooks begins. */
export function relaxAsyncChecks(): void {
  const { constants, async_hook_fields: fields } = wrap;
  if (!fields) return;
  // The check when a context is popped, and the one after the microtasks of a callback.
  for (const index of [constants?.kCheck, constants?.kTotals]) if (index !== undefined) fields[index] = 0;
}

/** Forgets contexts that a termination left behind. To be called from the event loop only. */
export function resetAsyncStack(): void {
  const index = wrap.constants?.kStackLength;
  if (index !== undefined && (wrap.async_hook_fields?.[index] ?? 0) > 1) wrap.clearAsyncIdStack?.();
}
