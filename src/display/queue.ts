import { messageOf, readMember, readMethod } from './inspect.ts';

const pendingSymbol = Symbol.for('descent.pending');
let tail: Promise<void> | undefined;

/**
 * Outputs that are still on their way. A kernel waits until the set is empty before it ends a cell; its
 * promises never reject and leave the set by themselves. Emptying the set after an interrupt frees the
 * queue: a promise of an interrupted cell may never settle.
 */
function pendingOutputs(): Set<Promise<unknown>> {
  const holder = globalThis as { [pendingSymbol]?: Set<Promise<unknown>> };
  holder[pendingSymbol] ??= new Set();
  return holder[pendingSymbol];
}

/** Keep the cell open until `work` is over; a failure is reported, not thrown, unless the cell was interrupted. */
export function trackPending(work: Promise<unknown>): Promise<void> {
  const pending = pendingOutputs();
  const entry: Promise<void> = work
    .then(
      () => undefined,
      (error: unknown) => {
        if (pending.has(entry)) reportFailure(error);
      },
    )
    .finally(() => pending.delete(entry));
  pending.add(entry);
  return entry;
}

/** Keep the cell open until `work` is over; the answer tells whether it is wanted: an interrupt forgets it. */
export function wantedWhile(work: Promise<unknown>): () => boolean {
  const pending = pendingOutputs();
  const over = (): boolean => pending.delete(entry);
  const entry: Promise<boolean> = work.then(over, over);
  pending.add(entry);
  return () => pending.has(entry);
}

/** Tell of an error that nobody can catch: in our kernel it is the error of the cell. */
export function reportFailure(error: unknown): void {
  const channel = readMember(globalThis, Symbol.for('descent.channel'));
  const fail = readMember(channel, 'fail');
  if (typeof fail === 'function') Reflect.apply(fail, channel, [error]);
  else console.error(`display: ${messageOf(error)}`);
}

/** Fulfilled when all outputs are sent that wait now; undefined when none does. */
export function earlierOutputs(): Promise<void> | undefined {
  return tail && pendingOutputs().has(tail) ? tail : undefined;
}

/**
 * Send outputs in the order of the calls: at once when nothing is waiting and the value is there, else
 * when all earlier ones are sent.
 */
export function inOrder<T>(value: T | Promise<T>, send: (value: T) => void): void {
  const previous = earlierOutputs();
  if (!previous && !readMethod(value, 'then')) {
    send(value as T);
    return;
  }
  tail = trackPending(
    Promise.allSettled([value, previous]).then(([result]) => {
      if (result.status === 'rejected') throw result.reason;
      send(result.value);
    }),
  );
}
