import { createHook, executionAsyncResource } from 'node:async_hooks';
import { Session } from 'node:inspector';
import { relaxAsyncChecks } from './asyncStack.ts';
import { stoppableCell } from './context.ts';
import { forgetDisplays } from './pendingDisplays.ts';

/** Continuations of an interrupted cell that are stopped: what it awaits, and its timers. */
const STOPPED = new Set(['PromiseWrap', 'Promise', 'Timeout', 'Immediate']);

const cancelled = new Set<number>();
const listeners = new Map<() => void, number>();
let session: Session | undefined;

/**
 * Calls `stop` when a cell is cancelled, again when a termination came in between; to be taken back with the
 * function returned.
 */
export function onCancel(cell: number, stop: () => void): () => void {
  listeners.set(stop, cell);
  return () => void listeners.delete(stop);
}

/**
 * Stops a cell that waits. Nothing of it runs at this moment, so its continuations are terminated
 * where they would begin: a loop that awaits does not go on behind the next cell.
 */
export function cancelCell(cell: number): void {
  cancelled.add(cell);
  for (const [stop, of] of listeners) if (of === cell) stop();
  forgetDisplays();
  if (session) return;
  const own = new Session();
  own.connect();
  session = own;
  createHook({
    before() {
      const running = stoppableCell();
      if (running === undefined || !cancelled.has(running)) return;
      if (STOPPED.has(executionAsyncResource()?.constructor?.name ?? ''))
        own.post('Runtime.terminateExecution');
    },
  }).enable();
  relaxAsyncChecks();
}
