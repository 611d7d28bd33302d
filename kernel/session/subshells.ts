import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../message/types.ts';

/** Where nothing waits, these turns of the event loop bring what the sockets hold. */
const QUIET_TURNS = 3;
/** Where something waits, more may be on its way; after this many milliseconds without, there is not. */
const QUIET_MS = 5;

/** One line of execution: its count, what waits in it, and what an error aborts (JEP 91). */
export class Subshell {
  readonly id: string | null;
  executionCount = 0;
  readonly #run: (request: Message) => Promise<void>;
  readonly #abort: (request: Message) => void;
  #queue: Message[] = [];
  #running: Promise<void> | undefined;
  /** How many requests came, and how many of them have begun or were aborted. */
  #pushed = 0;
  #begun = 0;
  #waiting: { for: number; resolve: () => void }[] = [];

  constructor(
    id: string | null,
    run: (request: Message) => Promise<void>,
    abort: (request: Message) => void,
  ) {
    this.id = id;
    this.#run = run;
    this.#abort = abort;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Runs a request after those before it. */
  push(request: Message): void {
    this.#queue.push(request);
    this.#pushed += 1;
    this.#running ??= this.#drain();
  }

  /** Lets in the requests that were sent together with the one that runs. */
  async allArrived(): Promise<void> {
    for (let turn = 0; turn < QUIET_TURNS; turn += 1) await nextTurn();
    for (let before = 0; this.#queue.length > before; ) {
      before = this.#queue.length;
      await sleep(QUIET_MS);
    }
  }

  /** Answers what waits with an abort, as an error in a cell demands. */
  abortQueued(): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (const request of waiting) this.#abort(request);
    this.#count(waiting.length);
  }

  /** When those before have begun: a comm message must not overtake the cells that were sent before it. */
  get turn(): Promise<void> | undefined {
    if (this.#begun === this.#pushed) return undefined;
    return new Promise((resolve) => this.#waiting.push({ for: this.#pushed, resolve }));
  }

  #count(more: number): void {
    this.#begun += more;
    const due = this.#waiting.filter((each) => each.for <= this.#begun);
    this.#waiting = this.#waiting.filter((each) => each.for > this.#begun);
    for (const { resolve } of due) resolve();
  }

  async #drain(): Promise<void> {
    for (let request = this.#queue.shift(); request; request = this.#queue.shift()) {
      const run = this.#run(request);
      this.#count(1);
      await run;
    }
    this.#running = undefined;
  }
}
