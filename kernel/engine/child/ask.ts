import type { Command, Question } from '../protocol.ts';
import type { Channel } from './channel.ts';
import { currentCell } from './context.ts';

/** How long the host may take, in milliseconds. */
const ANSWER_MS = 30_000;

// Cells may replace these.
const { Promise: OwnPromise, setTimeout: later, clearTimeout: drop } = globalThis;

type Answer = Extract<Command, { op: 'answer' }>;

/** Questions to the host; a cell that is interrupted does not wait for their answers. */
export class Asker {
  readonly #channel: Channel;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #count = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  ask<T>(question: Question, timeout: number = ANSWER_MS): Promise<T> {
    this.#count += 1;
    const id = this.#count;
    return new OwnPromise((resolve, reject) => {
      const timer = later(() => {
        this.#waiting.delete(id);
        reject(new Error(`the kernel did not answer '${question.kind}' within ${timeout / 1000} s`));
      }, timeout);
      this.#waiting.set(id, (answer) => {
        drop(timer);
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.value as T);
      });
      this.#channel.send({ ev: 'ask', id, cell: currentCell(), question });
    });
  }

  settle(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }
}
