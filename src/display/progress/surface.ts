import { type DisplayHandle, display } from '../display.ts';
import { barsBundle, type Row, rowText } from './markup.ts';

/** Where bars are drawn, again and again in the same place. */
export interface Surface {
  /** Draws the rows; those of the last time stay. */
  show(rows: readonly Row[], isLast: boolean): void;
}

/** One output of a notebook, updated. */
export class NotebookSurface implements Surface {
  #handle: DisplayHandle | undefined;
  #text = '';

  show(rows: readonly Row[]): void {
    const bundle = barsBundle(rows);
    const text = String(bundle['text/html']);
    if (text === this.#text) return;
    this.#text = text;
    if (this.#handle) this.#handle.update(bundle, { raw: true });
    else this.#handle = display(bundle, { raw: true });
  }
}

/** What is asked of process.stderr. */
export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How long a pipe stays silent, in milliseconds: each of its lines stays. */
const SILENCE_MS = 10_000;

/** Lines of a terminal, written over; in a pipe one line now and then. */
export class TerminalSurface implements Surface {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #lines = 0;
  #spoke: number;

  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
    this.#spoke = now();
  }

  show(rows: readonly Row[], isLast: boolean): void {
    if (this.#terminal.isTTY) this.#rewrite(rows.map(rowText), isLast);
    else this.#speak(rows, isLast);
  }

  #rewrite(lines: readonly string[], isLast: boolean): void {
    const width = Math.max(10, (this.#terminal.columns || 80) - 1);
    const up = this.#lines > 1 ? `\x1b[${this.#lines - 1}A` : '';
    const text = lines.map((line) => `\r\x1b[K${[...line].slice(0, width).join('')}`).join('\n');
    this.#terminal.write(`${up}${text === '' ? '\r\x1b[K' : text}\x1b[J${isLast && text !== '' ? '\n' : ''}`);
    this.#lines = isLast ? 0 : lines.length;
  }

  #speak(rows: readonly Row[], isLast: boolean): void {
    const now = this.#now();
    if (!isLast && now - this.#spoke < SILENCE_MS) return;
    this.#spoke = now;
    const said = isLast ? rows : rows.slice(0, 1);
    if (said.length > 0) this.#terminal.write(`${said.map(rowText).join('\n')}\n`);
  }
}
