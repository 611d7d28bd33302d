import { AsyncResource } from 'node:async_hooks';
import { readMethod } from './inspect.ts';
import { inOrder, reportFailure, wantedWhile } from './queue.ts';

interface Turn {
  /** False when it is over, and when its cell was interrupted. */
  isDrawing(): boolean;
  /** What is to be shown after it. */
  next: (() => void) | undefined;
}

/** By the id of the output: what is being drawn. */
const turns = new Map<string, Turn>();

/**
 * Show a chart in the place of an output. While an earlier one is being drawn it waits, and only the last of those
 * that wait is drawn: a loop may update faster than charts are.
 */
export function showLatest<T>(id: string, render: () => T | Promise<T>, send: (value: T) => void): void {
  const turn = turns.get(id);
  if (turn?.isDrawing()) turn.next = AsyncResource.bind(() => show(id, render, send));
  else show(id, render, send);
}

/** What waits for its turn is out of date. */
export function dropWaiting(id: string): void {
  const turn = turns.get(id);
  if (turn) turn.next = undefined;
}

function show<T>(id: string, render: () => T | Promise<T>, send: (value: T) => void): void {
  const value = render();
  inOrder(value, send);
  if (!readMethod(value, 'then')) return;
  const turn: Turn = { isDrawing: () => true, next: undefined };
  const over = (): void => {
    if (turns.get(id) === turn) turns.delete(id);
    if (turn.isDrawing()) startNext(turn);
  };
  turn.isDrawing = wantedWhile(Promise.resolve(value).then(over, over));
  turns.set(id, turn);
}

function startNext({ next }: Turn): void {
  try {
    next?.();
  } catch (error) {
    reportFailure(error);
  }
}
