import type { CellEnd } from '../channel.ts';
import type { Bar } from './bar.ts';
import type { Row } from './markup.ts';
import type { Surface } from './surface.ts';

/** What bars need of the world. */
export interface Environment {
  /** Milliseconds, of a clock that never goes back. */
  now(): number;
  surface(): Surface;
  /** Calls `work` at the end of the running cell, unless it is taken back with the function returned. */
  atEnd(work: (end: CellEnd) => void): () => void;
  /** Calls `work` every `ms`, without keeping the process alive, until the function returned is called. */
  repeat(work: () => void, ms: number): () => void;
}

/** At most ten updates a second. */
const INTERVAL_MS = 100;
/** How often bars that stand still are looked at: their time goes on. */
const LOOK_MS = 250;

/** A bar with all that began within it: one output. */
export class Group {
  /** Bars that begin in another cell are not within this one. */
  isOpen = true;
  readonly #root: Bar;
  readonly #environment: Environment;
  readonly #surface: Surface;
  #shown = Number.NEGATIVE_INFINITY;
  #isDirty = false;
  #stopLooking: (() => void) | undefined;
  readonly #takeBack: () => void;

  constructor(root: Bar, environment: Environment) {
    this.#root = root;
    this.#environment = environment;
    this.#surface = environment.surface();
    this.#takeBack = environment.atEnd((end) => this.#cellEnded(end));
  }

  /** Something has changed: it is shown now, or soon when that was done a moment ago. */
  request(now: number): void {
    this.#look();
    if (now - this.#shown >= INTERVAL_MS) this.#show(now, false);
    else this.#isDirty = true;
  }

  /** A bar has ended: after the last one nothing more is to come. */
  ended(now: number): void {
    if (this.#root.isRunning) this.request(now);
    else this.#close(now);
  }

  #close(now: number): void {
    this.#rest();
    this.#takeBack();
    this.isOpen = false;
    this.#show(now, true);
  }

  #show(now: number, isLast: boolean): void {
    this.#shown = now;
    this.#isDirty = false;
    const rows: Row[] = [];
    if (!isLast || this.#root.stays) this.#root.addRows(rows, 0, now);
    this.#surface.show(rows, isLast);
  }

  #look(): void {
    this.#stopLooking ??= this.#environment.repeat(() => {
      const now = this.#environment.now();
      // In a cell that has ended bars go on only when their loops do.
      if (this.isOpen || this.#isDirty) this.#show(now, false);
      if (!this.isOpen) this.#rest();
    }, LOOK_MS);
  }

  #rest(): void {
    this.#stopLooking?.();
    this.#stopLooking = undefined;
  }

  #cellEnded(end: CellEnd): void {
    this.#rest();
    this.isOpen = false;
    if (end !== 'ok') this.#root.stopAll();
    this.#show(this.#environment.now(), true);
  }
}
