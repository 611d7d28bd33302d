import { basename } from 'node:path';
import { oneLine } from '../errors.ts';
import type { CellState } from './execute.ts';

const STATES: Readonly<Record<CellState, string>> = {
  ok: 'ok',
  failed: 'failed after',
  allowed: 'failed (allowed) after',
};

/** Where progress is written: process.stderr, or a test's list. */
export interface Terminal {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * Cell by cell: on a terminal one line that says where each running notebook is, elsewhere a line a
 * cell. Lines that stay (a notebook's end, an error) are written above it.
 */
export class Progress {
  readonly #terminal: Terminal;
  readonly #running = new Map<string, string>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  cell(name: string, number: number, total: number): void {
    this.#running.set(name, `${oneLine(basename(name, '.ipynb'))} ${number}/${total}`);
    this.#draw();
  }

  cellEnd(name: string, number: number, total: number, ms: number, state: CellState): void {
    if (this.#terminal.isTTY) return;
    this.#terminal.write(`${oneLine(name)}: cell ${number}/${total} ${STATES[state]} ${duration(ms)}\n`);
  }

  /** A line that stays. */
  line(text: string): void {
    this.#terminal.write(`${this.#terminal.isTTY ? '\r\x1b[K' : ''}${oneLine(text)}\n`);
    this.#draw();
  }

  done(name: string): void {
    this.#running.delete(name);
    if (this.#terminal.isTTY) this.#terminal.write('\r\x1b[K');
    this.#draw();
  }

  #draw(): void {
    if (!this.#terminal.isTTY || this.#running.size === 0) return;
    const text = [...this.#running.values()].join(' · ');
    this.#terminal.write(`\r\x1b[K${text.slice(0, Math.max(10, (this.#terminal.columns ?? 80) - 1))}`);
  }
}
