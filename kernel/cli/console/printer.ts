import { stripVTControlCharacters } from 'node:util';
import type { Json, Message } from '../../message/types.ts';

/** The place where output goes, as far as it matters for what is printed. */
export interface Screen {
  isTerminal: boolean;
  /** Characters that fit in a line. */
  columns(): number;
}

function record(value: unknown): Json {
  return (typeof value === 'object' && value !== null ? value : {}) as Json;
}

/** What a browser would run and not show: the library of a chart is half a megabyte. */
const UNSEEN = /<(script|style)\b.*?<\/\1\s*>/gis;

function plain(data: unknown): string {
  const bundle = record(data);
  const html = bundle['text/html'];
  const seen = typeof html === 'string' ? html.replace(UNSEEN, '').trim() : html;
  const text = bundle['text/plain'] ?? bundle['text/markdown'] ?? seen;
  return typeof text === 'string' ? text : `[${Object.keys(bundle).join(', ')}]`;
}

/** Lines that belong below each other begin below the prompt, as in IPython. */
const besides = (text: string): string => (text.includes('\n') ? `\n${text}` : ` ${text}`);

/**
 * Turns the iopub messages of cells into what a terminal shows. An output that is updated is written over while
 * it is the last on the screen; elsewhere, and in a pipe, only its last state is printed, when the cell ends.
 */
export class Printer {
  readonly #screen: Screen;
  /** The text of each output that can be updated, as it was last printed. */
  readonly #printed = new Map<string, string>();
  /** The state of outputs that were updated since. */
  readonly #pending = new Map<string, string>();
  #last: string | undefined;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** What to print for a message; empty for one that shows nothing now. */
  format({ header, content }: Message): string {
    const id = record(content.transient).display_id;
    if (header.msg_type === 'update_display_data') {
      return typeof id === 'string' ? this.#update(id, plain(content.data)) : '';
    }
    const text = formatOutput(header.msg_type, content);
    if (text === '') return '';
    this.#last = undefined;
    if (typeof id === 'string') {
      this.#last = id;
      this.#printed.set(id, plain(content.data));
      this.#pending.delete(id);
    }
    return this.#coloured(text);
  }

  /** The last state of what was updated and could not be written over: the cell has ended. */
  end(): string {
    const texts = [...this.#pending].filter(([id, text]) => this.#printed.get(id) !== text);
    for (const [id, text] of texts) this.#printed.set(id, text);
    this.#pending.clear();
    this.#last = undefined;
    return this.#coloured(texts.map(([, text]) => (text === '' ? '' : `${text}\n`)).join(''));
  }

  #coloured(text: string): string {
    return colours(text, this.#screen.isTerminal);
  }

  #update(id: string, text: string): string {
    const before = this.#printed.get(id);
    if (before === undefined) return '';
    if (!this.#screen.isTerminal || this.#last !== id) {
      this.#pending.set(id, text);
      return '';
    }
    this.#printed.set(id, text);
    return `\x1b[${this.#height(before)}A\x1b[0J${this.#coloured(text)}\n`;
  }

  /** How many lines of the screen a text takes. */
  #height(text: string): number {
    const columns = Math.max(1, this.#screen.columns());
    const lines = stripVTControlCharacters(text).split('\n');
    return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / columns)), 0);
  }
}

function formatOutput(type: string, content: Json): string {
  switch (type) {
    case 'stream':
      return String(content.text ?? '');
    case 'execute_result':
      return `Out[${content.execution_count}]:${besides(plain(content.data))}\n`;
    case 'display_data': {
      const text = plain(content.data);
      return text === '' ? '' : `${text}\n`;
    }
    case 'error':
      return `${Array.isArray(content.traceback) ? content.traceback.join('\n') : content.evalue}\n`;
    default:
      return '';
  }
}

/** Colours for terminals only, and not where NO_COLOR is set (no-color.org). */
export function colours(text: string, isTerminal: boolean, env: NodeJS.ProcessEnv = process.env): string {
  return isTerminal && !env.NO_COLOR ? text : stripVTControlCharacters(text);
}
