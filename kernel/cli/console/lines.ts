import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { History } from './history.ts';

/** What {@link Lines.next} gives for Ctrl-C. */
export const INTERRUPTED: unique symbol = Symbol('interrupted');

export type Line = string | typeof INTERRUPTED | undefined;

type Completer = (line: string) => Promise<[matches: string[], replaced: string]>;

export interface LinesOptions {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  history: History;
  complete: Completer;
  /** Ctrl-C while nothing is being read. */
  onInterrupt(): void;
}

/** A cell's line is remembered; an answer to the cell is not; a secret is not shown either. */
export type LineKind = 'code' | 'answer' | 'secret';

interface Reading {
  kind: LineKind;
  resolve(line: Line): void;
}

/** Lines from a terminal or a pipe, one at a time; what is typed ahead waits. */
export class Lines {
  readonly isTerminal: boolean;
  readonly #options: LinesOptions;
  readonly #interface: Interface;
  readonly #ahead: string[] = [];
  #reading: Reading | undefined;
  #closed = false;
  /** Whether output has left the cursor within a line, which a prompt would overwrite. */
  #midLine = false;

  constructor(options: LinesOptions) {
    this.#options = options;
    this.isTerminal = Boolean(options.input.isTTY && options.output.isTTY);
    this.#interface = createInterface({
      input: options.input,
      ...(this.isTerminal ? { output: this.#echo() } : {}),
      terminal: this.isTerminal,
      history: this.isTerminal ? options.history.load() : [],
      historySize: 1000,
      removeHistoryDuplicates: true,
      completer: (line: string, done: (error: Error | null, result: [string[], string]) => void) => {
        options.complete(line).then(
          (result) => done(null, result),
          () => done(null, [[], line]),
        );
      },
    });
    this.#interface.on('line', (line) => this.#line(line));
    this.#interface.on('close', () => this.#close());
    this.#interface.on('SIGINT', () => this.#interrupt());
    this.#interface.on('history', (history: string[]) => {
      if (this.#reading && this.#reading.kind !== 'code') history.shift();
    });
  }

  /** The next line; undefined at the end of input. `prefill` is what it begins with. */
  next(prompt: string, kind: LineKind, prefill = ''): Promise<Line> {
    const waiting = this.#ahead.shift();
    if (waiting !== undefined) return Promise.resolve(waiting);
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      if (this.isTerminal) {
        if (this.#midLine) this.#options.output.write('\n');
        this.#midLine = false;
        this.#interface.setPrompt(prompt);
        this.#interface.prompt();
        if (prefill !== '') this.#interface.write(prefill);
      }
      this.#reading = { kind, resolve };
    });
  }

  /** Writes above a prompt that is being answered. */
  print(text: string): void {
    const { output } = this.#options;
    if (!this.isTerminal || !this.#reading) {
      output.write(text);
      this.#midLine = !text.endsWith('\n');
      return;
    }
    output.write(`\r\x1b[K${text}${text.endsWith('\n') ? '' : '\n'}`);
    this.#interface.prompt(true);
  }

  /** Gives up what is being read, as if Ctrl-C had been pressed. */
  cancel(): void {
    this.#settle(INTERRUPTED);
  }

  close(): void {
    this.#interface.close();
  }

  #settle(line: Line): void {
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.resolve(line);
  }

  #line(line: string): void {
    const reading = this.#reading;
    if (!reading) {
      this.#ahead.push(line);
      return;
    }
    if (reading.kind === 'secret') this.#options.output.write('\n');
    if (reading.kind === 'code' && this.isTerminal) this.#options.history.add(line);
    this.#settle(line);
  }

  #interrupt(): void {
    if (!this.#reading) {
      this.#options.onInterrupt();
      return;
    }
    // Ctrl-E, Ctrl-U: drop what was typed.
    this.#interface.write(null, { ctrl: true, name: 'e' });
    this.#interface.write(null, { ctrl: true, name: 'u' });
    this.#options.output.write('\n');
    this.#settle(INTERRUPTED);
  }

  #close(): void {
    this.#closed = true;
    this.#settle(undefined);
  }

  /** readline's output: nothing of it reaches the terminal while a secret is typed. */
  #echo(): Writable {
    const { output } = this.#options;
    const echo = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (this.#reading?.kind !== 'secret') output.write(chunk);
        // At once: what waits in the queue would be judged by a later state.
        done();
      },
    });
    // readline asks its output for the width.
    return Object.defineProperty(echo, 'columns', { get: () => output.columns });
  }
}
