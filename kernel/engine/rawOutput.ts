import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EngineEvents, StreamName } from './engine.ts';

/** How long the end of a cell waits for descriptors 1 and 2 to fall silent: something may go on writing. */
const RAW_MS = 250;
const LAST_WORDS = 8192;

/** What child processes and native code write to descriptors 1 and 2 of a runtime. */
export class RawOutput {
  /** The cell that it belongs to. */
  cell = 0;
  readonly #print: EngineEvents['stream'];
  #isSeen = false;
  #lastWords = '';

  constructor(print: EngineEvents['stream']) {
    this.#print = print;
  }

  /** The end of what was written to stderr. */
  get lastWords(): string {
    return this.#lastWords;
  }

  /** A runtime begins that has written nothing yet. */
  begin(): void {
    this.#lastWords = '';
  }

  take(name: StreamName, text: string): void {
    this.#isSeen = true;
    if (name === 'stderr') this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
    this.#print(this.cell, name, text);
  }

  /** Waits for what was written before the end of a cell. */
  async read(): Promise<void> {
    const deadline = Date.now() + RAW_MS;
    do {
      this.#isSeen = false;
      await pipesRead();
    } while (this.#isSeen && Date.now() < deadline);
  }
}

/** What was written before is in the pipes by now, and read in the next turn of the event loop. */
export async function pipesRead(): Promise<void> {
  // The first is still of this turn.
  await nextTurn();
  await nextTurn();
}
