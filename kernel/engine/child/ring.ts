import { writeSync } from 'node:fs';
import { streamHeader } from '../pipe.ts';
import { endGroup } from './end.ts';

/**
 * Printed text on its way from the user's thread to the pipe: a ring of bytes with one producer (the
 * user's thread) and one consumer (the interrupter thread). The consumer writes to the pipe, so text
 * leaves also while a cell computes; text becomes visible with one atomic store, so terminating the
 * producer anywhere tears nothing.
 */
export interface SharedRing {
  control: SharedArrayBuffer;
  bytes: SharedArrayBuffer;
}

const CAPACITY = 1 << 20;
/** Bytes that make the producer wake the consumer at once. */
const BATCH = 1 << 16;

const HEAD = 0;
const TAIL = 1;
const CRITICAL = 2;
const INPUT = 3;
const RUNNING = 4;
const SYNCED = 5;
const STEP = 6;
const POSTING = 7;
/** How long the host may take to say that it has read what was written, in milliseconds. */
const SYNC_MS = 250;

export function createRing(): SharedRing {
  return { control: new SharedArrayBuffer(32), bytes: new SharedArrayBuffer(CAPACITY) };
}

/**
 * Writes all bytes to a blocking descriptor; waits a little where the pipe turns out not to block. Where
 * nobody reads it any more, the host has gone, and so does this process with what it started.
 */
export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') endGroup();
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

class RingView {
  protected readonly control: Int32Array;
  protected readonly bytes: Buffer;

  constructor(ring: SharedRing) {
    this.control = new Int32Array(ring.control);
    this.bytes = Buffer.from(ring.bytes);
  }

  get pending(): number {
    return (Atomics.load(this.control, HEAD) - Atomics.load(this.control, TAIL)) | 0;
  }

  /** The main thread is in a step that must not be terminated (loading the toolkit, starting a command). */
  get critical(): boolean {
    return Atomics.load(this.control, CRITICAL) !== 0 || Atomics.load(this.control, STEP) !== 0;
  }

  set critical(value: boolean) {
    Atomics.store(this.control, CRITICAL, value ? 1 : 0);
  }

  /** The main thread is in the synchronous part of a cell: it cannot be idle. */
  get running(): boolean {
    return Atomics.load(this.control, RUNNING) !== 0;
  }

  set running(value: boolean) {
    Atomics.store(this.control, RUNNING, value ? 1 : 0);
  }
}

/** The side of the user's thread. */
export class RingWriter extends RingView {
  readonly #wake: (now: boolean) => void;
  readonly #askHost: () => void;
  /** What was written last by which way, since the host was known to have read all. */
  #unread: 'text' | 'raw' | undefined;

  /** `askHost` makes the reader call {@link RingReader.announceSync} when the host has read what there is. */
  constructor(ring: SharedRing, wake: (now: boolean) => void, askHost: () => void) {
    super(ring);
    this.#wake = wake;
    this.#askHost = askHost;
  }

  /**
   * To be called before something else writes to descriptors 1 and 2: the host reads them and the text from
   * different pipes, and keeps the order only of what it has read before the next is written.
   */
  beforeRaw(): void {
    this.#turnTo('raw');
  }

  #turnTo(way: 'text' | 'raw'): void {
    if (this.#unread !== undefined && this.#unread !== way) {
      Atomics.store(this.control, SYNCED, 0);
      this.#askHost();
      Atomics.wait(this.control, SYNCED, 0, SYNC_MS);
    }
    this.#unread = way;
  }

  /**
   * Runs a step whole: a termination that is on its way comes before it, and the next after it. A step within a
   * step ends with the outer one.
   */
  whole<T>(step: () => T): T {
    if (Atomics.load(this.control, STEP) !== 0) return step();
    Atomics.store(this.control, STEP, 1);
    while (Atomics.load(this.control, POSTING) !== 0) Atomics.wait(this.control, POSTING, 1, 10);
    try {
      return step();
    } finally {
      Atomics.store(this.control, STEP, 0);
    }
  }

  /** The event loop has been reached, also where a termination skipped the end of a cell or a step. */
  atLoop(): void {
    this.running = false;
    Atomics.store(this.control, STEP, 0);
  }

  /** Appends a record; waits for room when the reader is behind. */
  append(record: Buffer): void {
    this.#turnTo('text');
    while (CAPACITY - this.pending < record.length) this.#waitForReader();
    const head = Atomics.load(this.control, HEAD);
    const at = (head >>> 0) % CAPACITY;
    const first = record.copy(this.bytes, at, 0, Math.min(record.length, CAPACITY - at));
    if (first < record.length) record.copy(this.bytes, 0, first);
    const before = this.pending;
    Atomics.store(this.control, HEAD, (head + record.length) | 0);
    if (before === 0) this.#wake(false);
    else if (before < BATCH && before + record.length >= BATCH) this.#wake(true);
  }

  /** Returns once everything appended has been handed to the pipe. */
  flush(): void {
    while (this.pending > 0) this.#waitForReader();
  }

  #waitForReader(): void {
    const tail = Atomics.load(this.control, TAIL);
    this.#wake(true);
    Atomics.wait(this.control, TAIL, tail, 1000);
  }

  /**
   * Asks for input, then waits until {@link RingReader.announceInput} is called and there is something to take:
   * the call for an answer that was taken already may come late.
   */
  waitForInput<T>(ask: () => void, take: () => T | undefined): T {
    Atomics.store(this.control, INPUT, 0);
    ask();
    for (;;) {
      Atomics.wait(this.control, INPUT, 0);
      Atomics.store(this.control, INPUT, 0);
      const taken = take();
      if (taken !== undefined) return taken;
    }
  }
}

/** The side of the interrupter thread. */
export class RingReader extends RingView {
  /** Writes what is there to the pipe as one frame. */
  drain(fd: number): void {
    const tail = Atomics.load(this.control, TAIL);
    const length = this.pending;
    if (length === 0) return;
    const at = (tail >>> 0) % CAPACITY;
    const first = this.bytes.subarray(at, Math.min(at + length, CAPACITY));
    writeFully(
      fd,
      Buffer.concat([streamHeader(length), first, this.bytes.subarray(0, length - first.length)]),
    );
    Atomics.store(this.control, TAIL, (tail + length) | 0);
    Atomics.notify(this.control, TAIL);
  }

  /** Posts a termination unless the main thread must not be terminated now. */
  terminate(post: () => void): void {
    Atomics.store(this.control, POSTING, 1);
    if (!this.critical) post();
    Atomics.store(this.control, POSTING, 0);
    Atomics.notify(this.control, POSTING);
  }

  announceSync(): void {
    Atomics.store(this.control, SYNCED, 1);
    Atomics.notify(this.control, SYNCED);
  }

  announceInput(): void {
    Atomics.store(this.control, INPUT, 1);
    Atomics.notify(this.control, INPUT);
  }
}
