import { Editor } from './editor.ts';
import type { History } from './history.ts';

/** What {@link Lines.next} gives for Ctrl-C. */
export const INTERRUPTED: unique symbol = Symbol('interrupted');

export type Line = string | typeof INTERRUPTED | undefined;

export interface LinesOptions {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  history: History;
  complete(line: string): Promise<[matches: string[], replaced: string]>;
  /** Ctrl-C while nothing is being read. */
  onInterrupt(): void;
}

/** A cell's line is remembered; an answer to the cell is not; a secret is not shown either. */
export type LineKind = 'code' | 'answer' | 'secret';

interface Reading {
  kind: LineKind;
  prompt: string;
  resolve(line: Line): void;
}

/** Lines from a terminal or a pipe, one at a time; what is typed ahead waits, and is shown in its turn. */
export class Lines {
  readonly isTerminal: boolean;
  readonly #options: LinesOptions;
  readonly #editor: Editor;
  /** Whole lines that nobody has asked for yet; undefined is Ctrl-D. */
  readonly #ahead: (string | undefined)[] = [];
  #reading: Reading | undefined;
  #closed = false;
  /** Whether output has left the cursor within a line, which a prompt would overwrite. */
  #midLine = false;

  constructor(options: LinesOptions) {
    this.#options = options;
    this.isTerminal = Boolean(options.input.isTTY && options.output.isTTY);
    this.#editor = new Editor({
      ...options,
      isTerminal: this.isTerminal,
      history: this.isTerminal ? options.history.load() : [],
      complete: async (line) => (this.#reading?.kind === 'code' ? options.complete(line) : [[], line]),
      line: (line) => this.#line(line),
      interrupt: () => this.#interrupt(),
      endOfFile: () => {
        if (this.#reading) this.#leave(undefined);
        else this.#ahead.push(undefined);
      },
      closed: () => {
        this.#closed = true;
        this.#leave(undefined);
      },
    });
  }

  /** Characters that fit in a line of the terminal. */
  columns(): number {
    return this.#options.output.columns ?? 80;
  }

  /** The next line; undefined at the end of input. `prefill` is what it begins with, if nothing is typed yet. */
  next(prompt: string, kind: LineKind, prefill = ''): Promise<Line> {
    if (this.#ahead.length > 0) return Promise.resolve(this.#takeAhead(prompt, kind));
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      if (this.isTerminal) {
        const typed = this.#editor.lift();
        const first = typed.line === '' ? { line: prefill, cursor: prefill.length } : typed;
        this.#startLine();
        this.#editor.lay(prompt, first, kind !== 'secret');
      }
      this.#reading = { kind, prompt, resolve };
    });
  }

  /** Writes above a prompt that is being answered. */
  print(text: string): void {
    const { output } = this.#options;
    const reading = this.#reading;
    if (!this.isTerminal || !reading) {
      output.write(text);
      this.#midLine = !text.endsWith('\n');
      return;
    }
    const echoes = reading.kind !== 'secret';
    // readline takes what it has not shown for shown: its prompt stays where it is.
    if (!echoes) output.write('\n');
    const typed = this.#editor.lift();
    output.write(`${text}${text.endsWith('\n') ? '' : '\n'}`);
    this.#editor.lay(reading.prompt, typed, echoes);
  }

  close(): void {
    this.#editor.close();
  }

  #startLine(): void {
    if (this.#midLine) this.#options.output.write('\n');
    this.#midLine = false;
  }

  #takeAhead(prompt: string, kind: LineKind): string | undefined {
    const line = this.#ahead.shift();
    if (this.isTerminal) {
      this.#startLine();
      this.#options.output.write(`${prompt}${kind === 'secret' ? '' : (line ?? '')}\n`);
    }
    if (line !== undefined) this.#remember(line, kind);
    return line;
  }

  #remember(line: string, kind: LineKind): void {
    if (!this.isTerminal) return;
    if (kind === 'code') this.#options.history.add(line);
    else this.#editor.forget(line);
  }

  #settle(line: Line): void {
    const reading = this.#reading;
    this.#reading = undefined;
    this.#editor.echoes = false;
    reading?.resolve(line);
  }

  /** Ends the reading without Enter: the cursor is still behind the prompt. */
  #leave(line: Line): void {
    if (this.#reading && this.isTerminal) this.#options.output.write('\n');
    this.#settle(line);
  }

  #line(line: string): void {
    const reading = this.#reading;
    if (!reading) {
      this.#ahead.push(line);
      return;
    }
    if (reading.kind === 'secret') this.#options.output.write('\n');
    this.#remember(line, reading.kind);
    this.#settle(line);
  }

  #interrupt(): void {
    const reading = this.#reading;
    if (!reading) {
      this.#options.onInterrupt();
      return;
    }
    this.#editor.lift();
    if (reading.kind !== 'secret') this.#options.output.write(reading.prompt);
    this.#leave(INTERRUPTED);
  }
}
