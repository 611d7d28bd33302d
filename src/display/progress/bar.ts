import { type Environment, Group } from './group.ts';
import type { Row } from './markup.ts';
import { Meter } from './meter.ts';
import type { BarState, Snapshot } from './text.ts';

/** What a bar is made with. */
export interface BarSettings {
  readonly desc: string;
  readonly total: number | undefined;
  readonly unit: string;
  readonly leave: boolean | undefined;
}

/** Of the bars within another that stay, no more are shown. */
const MAX_KEPT = 8;
/** The clock is read again after so many iterations at most: it costs less than one of them. */
const MAX_STRIDE = 128;
/** Between two looks at the clock, in milliseconds. */
const STRIDE_MS = 4;

/** The innermost bar that runs. */
let innermost: Bar | undefined;

/** A bar: how far something is. It begins within the innermost one that runs. */
export class Bar {
  desc: string;
  total: number | undefined;
  unit: string;
  /** How many are complete, where somebody knows better than the last report. */
  completed: (() => number) | undefined;
  #count = 0;
  #state: Exclude<BarState, 'resting'> = 'running';
  readonly #leave: boolean | undefined;
  readonly #environment: Environment;
  readonly #meter: Meter;
  readonly #parent: Bar | undefined;
  readonly #group: Group;
  #within: Bar[] = [];
  #dropped = 0;
  #stride = 1;
  #read: number;
  #end = 0;

  constructor(settings: BarSettings, environment: Environment) {
    this.desc = settings.desc;
    this.total = settings.total;
    this.unit = settings.unit;
    this.#leave = settings.leave;
    this.#environment = environment;
    this.#read = environment.now();
    this.#meter = new Meter(this.#read);
    this.#parent = innermost?.canHold(environment) ? innermost : undefined;
    this.#group = this.#parent ? this.#parent.#group : new Group(this, environment);
    if (this.#parent) this.#parent.#take(this);
    innermost = this;
    this.#group.request(this.#read);
  }

  get count(): number {
    return this.#state === 'running' ? (this.completed?.() ?? this.#count) : this.#count;
  }

  /** Whether it, or one within it, goes on. */
  get isRunning(): boolean {
    return this.#state === 'running' || this.#within.some((bar) => bar.isRunning);
  }

  /** Whether it has not ended. */
  get isOpen(): boolean {
    return this.#state === 'running';
  }

  /** Whether it is still to be seen when it has ended: those within others make room. */
  get stays(): boolean {
    return this.#leave ?? (this.#parent === undefined || this.#parent.#state !== 'running');
  }

  canHold(environment: Environment): boolean {
    return this.#state === 'running' && this.#group.isOpen && this.#environment === environment;
  }

  /** So many are complete. Returns the count at which to report again. */
  reach(count: number): number {
    const now = this.#environment.now();
    const passed = now - this.#read;
    if (passed < STRIDE_MS / 2) this.#stride = Math.min(2 * this.#stride, MAX_STRIDE);
    else if (passed > 2 * STRIDE_MS) {
      this.#stride = Math.max(1, Math.floor((this.#stride * STRIDE_MS) / passed));
    }
    this.#read = now;
    this.#count = count;
    this.#state = 'running';
    this.#group.request(now);
    return count + this.#stride;
  }

  /** Shows what has changed beside the count. */
  refresh(): void {
    this.#group.request(this.#environment.now());
  }

  /** It ends, at this count. */
  end(count: number, state: 'done' | 'stopped'): void {
    this.#close(count, state);
    this.#group.ended(this.#end);
  }

  /** What runs in it is over with it. */
  stopAll(): void {
    for (const bar of this.#within) bar.stopAll();
    if (this.#state === 'running') this.#close(this.count, 'stopped');
  }

  addRows(rows: Row[], depth: number, now: number): void {
    rows.push({ depth, shown: this.#snapshot(now) });
    if (this.#dropped > 0) rows.push({ depth: depth + 1, shown: `… ${this.#dropped} more before` });
    for (const bar of this.#within) bar.addRows(rows, depth + 1, now);
  }

  #close(count: number, state: 'done' | 'stopped'): void {
    this.#end = this.#environment.now();
    this.#count = count;
    this.#state = state;
    this.#within = this.#within.filter((bar) => bar.isRunning || bar.#leave === true);
    if (innermost === this) innermost = this.#runningAbove();
  }

  #runningAbove(): Bar | undefined {
    const parent = this.#parent;
    return parent === undefined || parent.isOpen ? parent : parent.#runningAbove();
  }

  /** The last one that ended stays until the next begins, so that what is below does not jump. */
  #take(bar: Bar): void {
    this.#within = this.#within.filter((other) => other.isRunning || other.stays);
    const kept = this.#within.filter((other) => !other.isRunning);
    const [oldest] = kept;
    if (kept.length >= MAX_KEPT && oldest) {
      this.#within.splice(this.#within.indexOf(oldest), 1);
      this.#dropped += 1;
    }
    this.#within.push(bar);
  }

  #snapshot(now: number): Snapshot {
    const { desc, total, unit, count } = this;
    const state = this.#state;
    const isRunning = state === 'running';
    const at = isRunning ? now : this.#end;
    if (isRunning) this.#meter.sample(count, at);
    const rate = isRunning ? this.#meter.rate : this.#meter.mean(count, at);
    const shown = isRunning && !this.#group.isOpen ? 'resting' : state;
    return { desc, count, total, unit, state: shown, elapsed: this.#meter.elapsed(at), rate };
  }
}
