import { AsyncLocalStorage } from 'node:async_hooks';

interface Context {
  readonly cell: number;
  /** The cell itself is over: what stops its code does not stop this. */
  readonly isAfter: boolean;
}

/** Whose output it is: follows timers and promises, so that late output reaches the cell that started it. */
const storage = new AsyncLocalStorage<Context>();
let latest = 0;

export function runAsCell<T>(cell: number, body: () => T): T {
  latest = cell;
  return storage.run({ cell, isAfter: false }, body);
}

/** What is left to do for a cell that has ended or was stopped. */
export function runAfterCell<T>(cell: number, body: () => T): T {
  return storage.run({ cell, isAfter: true }, body);
}

/** The cell of the running code; the latest one where the context was lost (native callbacks). */
export function currentCell(): number {
  return storage.getStore()?.cell ?? latest;
}

/** The cell of the running code, when its context is known. */
export function contextCell(): number | undefined {
  return storage.getStore()?.cell;
}

/** The cell whose own code runs. */
export function stoppableCell(): number | undefined {
  const context = storage.getStore();
  return context?.isAfter === false ? context.cell : undefined;
}
