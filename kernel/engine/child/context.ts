import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose output it is: follows timers and promises, so that late output reaches the cell that started it. */
const storage = new AsyncLocalStorage<number>();
let latest = 0;

export function runAsCell<T>(cell: number, body: () => T): T {
  latest = cell;
  return storage.run(cell, body);
}

/** The cell of the running code; the latest one where the context was lost (native callbacks). */
export function currentCell(): number {
  return storage.getStore() ?? latest;
}

/** The cell of the running code, when its context is known. */
export function contextCell(): number | undefined {
  return storage.getStore();
}
