import type { Bar } from './bar.ts';

/**
 * Iterators that report to a bar. They are written by hand, since a generator costs several times as much, and
 * compare one number an iteration: the clock is read only when the bar wants to hear from them.
 */

/** Over 0, 1, … or the items of a list. */
export class ListIterator<T> implements IterableIterator<T> {
  readonly #bar: Bar;
  #list: ArrayLike<T> | undefined;
  #size: number;
  #index = 0;
  #reportAt = 1;
  #isOver = false;

  constructor(bar: Bar, list: ArrayLike<T> | undefined, size: number) {
    this.#bar = bar;
    this.#list = list;
    this.#size = size;
    bar.completed = () => Math.max(0, this.#index - 1);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T> {
    const index = this.#index;
    if (index >= this.#reportAt) this.#reportAt = this.#bar.reach(index);
    const list = this.#list;
    if (index < (list === undefined ? this.#size : list.length)) {
      this.#index = index + 1;
      return { value: list === undefined ? (index as T) : list[index]!, done: false };
    }
    return this.#finish(index, 'done');
  }

  return(): IteratorResult<T> {
    return this.#finish(Math.max(0, this.#index - 1), 'stopped');
  }

  #finish(count: number, state: 'done' | 'stopped'): IteratorResult<T> {
    if (!this.#isOver) this.#bar.end(count, state);
    this.#isOver = true;
    this.#list = undefined;
    this.#size = 0;
    this.#reportAt = Number.POSITIVE_INFINITY;
    return { value: undefined, done: true };
  }
}

/** Over anything else that is iterable; what it returns and throws is passed on. */
export class SyncIterator<T> implements IterableIterator<T> {
  readonly #bar: Bar;
  readonly #items: Iterator<T>;
  #index = 0;
  #reportAt = 1;
  #isOver = false;

  constructor(bar: Bar, items: Iterable<T>) {
    this.#bar = bar;
    this.#items = items[Symbol.iterator]();
    bar.completed = () => Math.max(0, this.#index - 1);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T> {
    const index = this.#index;
    if (index >= this.#reportAt) this.#reportAt = this.#bar.reach(index);
    let result: IteratorResult<T>;
    try {
      result = this.#items.next();
    } catch (error) {
      this.#finish(index, 'stopped');
      throw error;
    }
    if (result.done) this.#finish(index, 'done');
    else this.#index = index + 1;
    return result;
  }

  return(value?: unknown): IteratorResult<T> {
    this.#finish(Math.max(0, this.#index - 1), 'stopped');
    return this.#items.return?.(value) ?? { value, done: true };
  }

  throw(error?: unknown): IteratorResult<T> {
    this.#finish(Math.max(0, this.#index - 1), 'stopped');
    if (!this.#items.throw) throw error;
    return this.#items.throw(error);
  }

  #finish(count: number, state: 'done' | 'stopped'): void {
    if (!this.#isOver) this.#bar.end(count, state);
    this.#isOver = true;
    this.#reportAt = Number.POSITIVE_INFINITY;
  }
}

/** Over what comes later; `weigh` says what an item counts. */
export class AsyncItems<T> implements AsyncIterableIterator<T> {
  readonly #bar: Bar;
  readonly #items: AsyncIterator<T>;
  readonly #weigh: (item: T) => number;
  #complete = 0;
  #given = 0;
  #reportAt = 0;
  #isOver = false;

  constructor(bar: Bar, items: AsyncIterable<T>, weigh: (item: T) => number) {
    this.#bar = bar;
    this.#items = items[Symbol.asyncIterator]();
    this.#weigh = weigh;
    bar.completed = () => this.#complete;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T>> {
    this.#complete = this.#given;
    if (!this.#isOver && this.#complete > this.#reportAt) this.#reportAt = this.#bar.reach(this.#complete);
    let result: IteratorResult<T>;
    try {
      result = await this.#items.next();
    } catch (error) {
      this.#finish('stopped');
      throw error;
    }
    if (result.done) this.#finish('done');
    else this.#given += this.#weigh(result.value);
    return result;
  }

  async return(value?: unknown): Promise<IteratorResult<T>> {
    this.#finish('stopped');
    return (await this.#items.return?.(value)) ?? { value, done: true };
  }

  async throw(error?: unknown): Promise<IteratorResult<T>> {
    this.#finish('stopped');
    if (!this.#items.throw) throw error;
    return await this.#items.throw(error);
  }

  #finish(state: 'done' | 'stopped'): void {
    if (!this.#isOver) this.#bar.end(this.#complete, state);
    this.#isOver = true;
  }
}
