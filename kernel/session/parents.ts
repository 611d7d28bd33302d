import type { Message } from '../message/types.ts';

/** Late output of a cell finds its request among this many cells before it. */
const REMEMBERED = 10_000;

/** The requests whose output may still come, by the number that the engine knows them by. */
export class Parents {
  readonly #requests = new Map<number, Message>();
  #count = 0;

  add(request: Message): number {
    this.#count += 1;
    // Code and buffers can be large, and nobody asks for them again.
    const { code: _code, data: _data, ...content } = request.content;
    this.#requests.set(this.#count, { ...request, content, buffers: [] });
    this.#requests.delete(this.#count - REMEMBERED);
    return this.#count;
  }

  get(cell: number): Message | undefined {
    return this.#requests.get(cell);
  }
}
