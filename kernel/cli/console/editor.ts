import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** What is on readline's line, and where its cursor is. */
export interface Typed {
  line: string;
  cursor: number;
}

export interface EditorOptions {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  isTerminal: boolean;
  /** Newest first. */
  history: string[];
  complete(line: string): Promise<[matches: string[], replaced: string]>;
  line(line: string): void;
  interrupt(): void;
  /** Ctrl-D on an empty line: more may be typed after it. */
  endOfFile(): void;
  /** The input has ended, or {@link Editor.close} was called. */
  closed(): void;
}

/** readline, which can be taken off the screen and put back, and which goes on after Ctrl-D. */
export class Editor {
  /** Whether what readline writes reaches the terminal. */
  echoes = false;
  readonly #options: EditorOptions;
  #interface: Interface;
  #history: string[];
  #closing = false;

  constructor(options: EditorOptions) {
    this.#options = options;
    this.#history = options.history;
    this.#interface = this.#open();
  }

  /** Takes the prompt and the line off the screen. */
  lift(): Typed {
    const { line, cursor } = this.#interface;
    if (this.echoes) {
      const { rows, cols } = this.#interface.getCursorPos();
      // Behind a full row the cursor may not have gone to the next one yet: a space takes it there.
      const toStart = `${cols === 0 ? ' ' : ''}\r${rows > 0 ? `\x1b[${rows}A` : ''}`;
      this.#options.output.write(`${toStart}\x1b[J`);
    }
    // Unseen: readline has lost count of the rows where a wrapped line was pasted.
    this.echoes = false;
    this.#interface.setPrompt('');
    // Ctrl-E, Ctrl-U.
    this.#interface.write(null, { ctrl: true, name: 'e' });
    this.#interface.write(null, { ctrl: true, name: 'u' });
    return { line, cursor };
  }

  /** Puts a prompt and a line on the screen; of the line and what follows nothing unless `echoes`. */
  lay(prompt: string, { line, cursor }: Typed, echoes: boolean): void {
    const target = this.#interface;
    this.echoes = true;
    target.setPrompt(prompt);
    target.prompt();
    this.echoes = echoes;
    if (line !== '') target.write(line);
    for (let before = Infinity; target.cursor > cursor && target.cursor < before; ) {
      before = target.cursor;
      target.write(null, { name: 'left' });
    }
  }

  /** Takes a line out of what the arrow keys bring back. */
  forget(line: string): void {
    const at = this.#history.indexOf(line);
    if (at >= 0) this.#history.splice(at, 1);
  }

  close(): void {
    this.#closing = true;
    this.#interface.close();
  }

  #open(): Interface {
    const { input, isTerminal, complete, line, interrupt } = this.#options;
    return createInterface({
      input,
      ...(isTerminal ? { output: this.#echo() } : {}),
      terminal: isTerminal,
      history: this.#history,
      historySize: 1000,
      removeHistoryDuplicates: true,
      completer: (text: string, done: (error: Error | null, result: [string[], string]) => void) => {
        complete(text).then(
          (result) => done(null, result),
          () => done(null, [[], text]),
        );
      },
    })
      .on('line', line)
      .on('SIGINT', interrupt)
      .on('history', (history: string[]) => {
        this.#history = history;
      })
      .on('close', () => this.#closed());
  }

  /** readline closes itself at Ctrl-D, as at the end of its input. */
  #closed(): void {
    const { input, isTerminal, closed, endOfFile } = this.#options;
    if (!isTerminal || this.#closing || input.readableEnded || input.destroyed) {
      closed();
      return;
    }
    this.#interface = this.#open();
    endOfFile();
  }

  #echo(): Writable {
    const { output } = this.#options;
    const echo = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (this.echoes) output.write(chunk);
        // At once: what waits in the queue would be judged by a later state.
        done();
      },
    });
    // readline asks its output for the width.
    return Object.defineProperty(echo, 'columns', { get: () => output.columns });
  }
}
