import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { atCellEnd, isNotebook } from './channel.ts';
import { Bar } from './progress/bar.ts';
import type { Environment } from './progress/group.ts';
import { AsyncItems, ListIterator, SyncIterator } from './progress/iterate.ts';
import { type Source, sourceOf } from './progress/source.ts';
import { NotebookSurface, TerminalSurface } from './progress/surface.ts';
import { type Displayable, displaySymbol, type MimeBundle } from './types.ts';

/** Options of `progress`. */
export interface ProgressOptions {
  /** What stands before the bar. */
  desc?: string | undefined;
  /** How many there will be, a finite number of at least 0; the length of what is iterated over if left out. */
  total?: number | undefined;
  /** What is counted; 'it' if left out. 'B' counts the bytes of chunks and shows KiB, MiB and so on. */
  unit?: string | undefined;
  /** Whether the bar stays when it has ended; true if left out, but false within another bar. */
  leave?: boolean | undefined;
}

/** A bar that was shown. As a cell's last expression it shows nothing more. */
export interface ProgressBar extends Displayable {
  /** What stands before the bar; may be set. */
  desc: string;
  /** How many there will be; undefined where nobody knows. May be set. */
  total: number | undefined;
  /** How many are complete. */
  readonly count: number;
  /** So many more are complete, 1 if left out. The bar ends by itself at its total. */
  update(more?: number): void;
  /** The bar ends, marked as stopped where its total was not reached. */
  done(): void;
  [displaySymbol](): MimeBundle;
}

/** A bar over something; to iterate over it again makes a bar of its own. */
export interface Progress<T> extends ProgressBar {
  [Symbol.iterator](): IterableIterator<T>;
}

/** A bar over what comes later, for `for await`. */
export interface AsyncProgress<T> extends ProgressBar {
  [Symbol.asyncIterator](): AsyncIterableIterator<T>;
}

/** What has a body of bytes, such as the answer of a `fetch`. */
interface WithBody {
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** A dataset of tf.data. */
interface DatasetLike<T> {
  iterator(): Promise<{ next(): Promise<IteratorResult<T>> }>;
}

/** The function that makes bars. */
export interface MakeProgress {
  (count: number, options?: ProgressOptions): Progress<number>;
  <T>(items: Iterable<T>, options?: ProgressOptions): Progress<T>;
  <T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncProgress<T>;
  (response: WithBody, options?: ProgressOptions): AsyncProgress<Uint8Array>;
  <T>(dataset: DatasetLike<T>, options?: ProgressOptions): AsyncProgress<T>;
  (options: ProgressOptions): ProgressBar;
}

const NAMES = ['desc', 'total', 'unit', 'leave'];
const WHERE = 'progress';

function checkText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new ArgumentError(WHERE, name, describe(value), 'a string');
}

function checkTotal(total: unknown): number | undefined {
  return total === undefined ? undefined : checkNumber(WHERE, 'total', total, { min: 0 });
}

class ShownProgress implements ProgressBar {
  readonly #settings: ProgressOptions;
  readonly #source: Source;
  readonly #environment: Environment;
  #bar: Bar;
  #isUsed = false;

  constructor(source: Source, options: ProgressOptions, environment: Environment) {
    this.#source = source;
    this.#settings = options;
    this.#environment = environment;
    this.#bar = this.#begin();
    // `in` tells whether something can be iterated over, and how.
    if (source.kind === 'async') {
      Object.defineProperty(this, Symbol.asyncIterator, { value: () => this.#asyncItems(source) });
    } else if (source.kind !== 'none') {
      Object.defineProperty(this, Symbol.iterator, { value: () => this.#items(source) });
    }
  }

  get desc(): string {
    return this.#bar.desc;
  }

  set desc(desc: string) {
    this.#bar.desc = checkText('desc', desc);
    this.#bar.refresh();
  }

  get total(): number | undefined {
    return this.#bar.total;
  }

  set total(total: number | undefined) {
    this.#bar.total = checkTotal(total);
    this.#bar.refresh();
  }

  get count(): number {
    return this.#bar.count;
  }

  update(more = 1): void {
    const count = this.#bar.count + checkNumber(`${WHERE}.update`, 'more', more, { min: 0 });
    if (count === this.total) this.#bar.end(count, 'done');
    else this.#bar.reach(count);
  }

  done(): void {
    if (!this.#bar.isOpen) return;
    const { count, total } = this.#bar;
    this.#bar.end(count, total === undefined || count >= total ? 'done' : 'stopped');
  }

  [displaySymbol](): MimeBundle {
    return {};
  }

  #begin(): Bar {
    const { desc = '', total, unit, leave } = this.#settings;
    const source = this.#source;
    const size = source.kind === 'none' ? undefined : source.size;
    const own = source.kind === 'async' ? source.unit : undefined;
    return new Bar({ desc, total: total ?? size, unit: unit ?? own ?? 'it', leave }, this.#environment);
  }

  /** Iterating again is a bar of its own. */
  #fresh(): Bar {
    if (this.#isUsed) this.#bar = this.#begin();
    this.#isUsed = true;
    return this.#bar;
  }

  #items(source: Exclude<Source, { kind: 'async' | 'none' }>): IterableIterator<unknown> {
    const bar = this.#fresh();
    if (source.kind === 'sync') return new SyncIterator(bar, source.items);
    return new ListIterator(bar, source.kind === 'list' ? source.list : undefined, source.size);
  }

  #asyncItems(source: Extract<Source, { kind: 'async' }>): AsyncIterableIterator<unknown> {
    const bar = this.#fresh();
    return new AsyncItems(bar, source.items, (item) => {
      if (bar.unit !== 'B') return 1;
      if (ArrayBuffer.isView(item)) return item.byteLength;
      if (this.#settings.unit === undefined) bar.unit = 'it';
      return 1;
    });
  }
}

/** `progress` for a clock and a place to draw at. */
export function makeProgress(environment: Environment): MakeProgress {
  const make = (first: unknown, options?: ProgressOptions): ShownProgress => {
    const isAlone = options === undefined && isOptions(first);
    const given = isAlone ? first : (options ?? {});
    checkOptions(WHERE, given, NAMES);
    const { desc, unit, leave, total } = given;
    if (desc !== undefined) checkText('desc', desc);
    if (unit !== undefined) checkText('unit', unit);
    checkTotal(total);
    if (leave !== undefined && typeof leave !== 'boolean') {
      throw new ArgumentError(WHERE, 'leave', describe(leave), 'true or false');
    }
    const source: Source = isAlone ? { kind: 'none' } : sourceOf(first);
    return new ShownProgress(source, given, environment);
  };
  return make as unknown as MakeProgress;
}

function isOptions(value: unknown): value is ProgressOptions {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain && !(Symbol.iterator in value) && !(Symbol.asyncIterator in value) && !('iterator' in value);
}

// Cells may replace these.
const { performance, setInterval, clearInterval, process } = globalThis;

/**
 * A bar that shows how far a loop is, how fast, and how long it still takes. It is shown at once, at most ten
 * updates a second follow, also while a loop never waits.
 *
 * A bar that begins while another runs is shown within that one, and makes room for the next one when it has
 * ended. A loop that is left early, by `break` or by an error, leaves its bar marked as stopped. In a terminal
 * the bar is a line on standard error as tqdm's; in a pipe, a line now and then.
 *
 * @param items a count, which gives 0, 1, …; anything to iterate over; a stream or the answer of a `fetch`, of
 *   which it counts the bytes; a dataset of tf.data; or the options alone, for a bar that is only told
 * @param options `desc` stands before the bar; `total` where the length is not known; `unit` ('it'); `leave`
 *   (true, but false within another bar)
 * @returns a bar to iterate over, with `update(more)`, `done()`, `count`, `desc` and `total`
 * @throws ArgumentError for something that cannot be iterated over, a count or total that is negative or NaN, or
 *   an option that does not exist
 * @example
 * for (const epoch of progress(10, { desc: 'training' })) {
 *   for (const batch of progress([1, 2, 3])) Math.sqrt(batch);
 * }
 * @example
 * const bar = progress({ total: 3, desc: 'files' });
 * for (const file of ['a', 'b', 'c']) bar.update();
 */
export const progress: MakeProgress = makeProgress({
  now: () => performance.now(),
  surface: () =>
    isNotebook() ? new NotebookSurface() : new TerminalSurface(process.stderr, () => performance.now()),
  atEnd: atCellEnd,
  repeat: (work, ms) => {
    const timer = setInterval(work, ms);
    timer.unref?.();
    return () => clearInterval(timer);
  },
});
