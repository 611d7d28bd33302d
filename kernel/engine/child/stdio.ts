import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { StreamName } from '../engine.ts';

export type Print = (name: StreamName, text: string) => void;

/** A `process.stdout` that sends text to the host in the order of writing, without waiting. */
class OutputStream extends Writable {
  readonly fd: number;
  readonly isTTY = false;
  readonly columns = 100;
  readonly #print: (text: string) => void;
  readonly #decoder = new StringDecoder('utf8');

  constructor(fd: number, print: (text: string) => void) {
    // Who waits for its end then waits for `finish`, not for a `close` that never comes.
    super({ decodeStrings: false, autoDestroy: false, emitClose: false });
    // Each pipeline leaves some behind, as it may with a stream that has ended.
    this.setMaxListeners(0);
    this.fd = fd;
    this.#print = print;
  }

  /**
   * Prints at once, past the queue of Writable: a termination in the middle of a write would leave
   * that queue waiting for ever.
   */
  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    const text =
      typeof chunk === 'string'
        ? chunk
        : chunk instanceof Uint8Array
          ? this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
          : undefined;
    if (text === undefined) {
      throw new TypeError(`write expects a string or a Uint8Array, received ${typeof chunk}`);
    }
    if (text !== '') this.#print(text);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  }

  /** Says what the end of a Writable says, but stays open: the cells that follow go on printing. */
  override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    if (chunk !== undefined && typeof chunk !== 'function') this.write(chunk, encoding);
    const done = [chunk, encoding, callback].find((argument) => typeof argument === 'function');
    if (done) process.nextTick(done as () => void);
    process.nextTick(() => this.emit('finish'));
    return this;
  }

  /** A pipeline that fails destroys its streams; this one stays open. */
  override destroy(error?: Error): this {
    process.nextTick(() => {
      if (error && this.listenerCount('error') > 0) this.emit('error', error);
      this.emit('close');
    });
    return this;
  }

  hasColors(): boolean {
    return false;
  }

  getColorDepth(): number {
    return 1;
  }

  getWindowSize(): [number, number] {
    return [this.columns, 24];
  }
}

/** Replaces process.stdout and process.stderr, and what the global console writes with. */
export function replaceStdio(print: Print): void {
  const define = (name: 'stdout' | 'stderr', fd: number): void => {
    const stream = new OutputStream(fd, (text) => print(name, text));
    Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
  };
  define('stdout', 1);
  define('stderr', 2);
  quickenConsole();
}

/**
 * The global console calls the inspector's console too and guards each write with listeners: half of
 * what printing a line costs. One of our own does neither, and our streams never fail.
 */
function quickenConsole(): void {
  const { stdout, stderr } = process;
  const colorMode = process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== '0';
  const own = new Console({ stdout, stderr, ignoreErrors: false, colorMode });
  const methods = Object.entries(own).filter(([, method]) => typeof method === 'function');
  Object.assign(console, Object.fromEntries(methods));
}
