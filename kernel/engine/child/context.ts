import { AsyncLocalStorage } from 'node:async_hooks';
import type { StreamName } from '../engine.ts';
import type { Event } from '../protocol.ts';

/** Takes what the code inside a capture prints, shows and fails with, in place of its cell. */
export interface Capture {
  print(name: StreamName, text: string): void;
  /** Says whether it is taken. */
  send(event: Event): boolean;
}

interface Context {
  /** The cell that the running code belongs to: interrupting that stops it. */
  readonly cell: number;
  /** The cell itself is over: what stops its code does not stop this. */
  readonly isAfter: boolean;
  /** The cell whose output it is. */
  readonly output: number;
  readonly capture: Capture | undefined;
}

/** Whose output it is: follows timers and promises, so that late output reaches the cell that started it. */
const storage = new AsyncLocalStorage<Context>();
let latest = 0;

const contextOf = (cell: number, isAfter: boolean): Context => ({
  cell,
  isAfter,
  output: cell,
  capture: undefined,
});
const runningContext = (): Context => storage.getStore() ?? contextOf(latest, false);

export function runAsCell<T>(cell: number, body: () => T): T {
  latest = cell;
  return storage.run(contextOf(cell, false), body);
}

/** What is left to do for a cell that has ended or was stopped. */
export function runAfterCell<T>(cell: number, body: () => T): T {
  return storage.run(contextOf(cell, true), body);
}

/** Runs `body` so that `capture` takes its output, also what it starts and leaves running. */
export function runCaptured<T>(capture: Capture, body: () => T): T {
  return storage.run({ ...runningContext(), capture }, body);
}

/** Runs `body` so that its output goes to its cell, also inside a capture. */
export function runUncaptured<T>(body: () => T): T {
  return storage.run({ ...runningContext(), capture: undefined }, body);
}

/**
 * A function whose output goes where the output of the code goes that binds it, whoever calls it: the listener of
 * a widget shows what it has to say in its own cell.
 */
export function bindOutput<A extends unknown[], T>(call: (...values: A) => T): (...values: A) => T {
  const { output, capture } = runningContext();
  return (...values) => storage.run({ ...runningContext(), output, capture }, () => call(...values));
}

/** The cell whose output the running code's is; the latest one where the context was lost (native callbacks). */
export function currentCell(): number {
  return storage.getStore()?.output ?? latest;
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

/** What takes the output of the running code. */
export function currentCapture(): Capture | undefined {
  return storage.getStore()?.capture;
}
