import { type AnsiStyle, PLAIN } from './ansiStyle.ts';

export interface ScreenCell {
  readonly char: string;
  readonly style: AnsiStyle;
}

/** A cursor sent further to the right than this stays here. */
const MAX_COLUMN = 2000;
const BLANK: ScreenCell = { char: ' ', style: PLAIN };

/** What a terminal of endless height shows: lines of cells, and a cursor that may go back over them. */
export class Screen {
  readonly lines: ScreenCell[][] = [[]];
  style: AnsiStyle = PLAIN;
  #row = 0;
  #column = 0;

  put(char: string): void {
    const line = this.lines[this.#row]!;
    while (line.length < this.#column) line.push(BLANK);
    line[this.#column++] = { char, style: this.style };
  }

  newLine(): void {
    this.#row++;
    this.#column = 0;
    if (this.#row === this.lines.length) this.lines.push([]);
  }

  carriageReturn(): void {
    this.#column = 0;
  }

  backspace(): void {
    this.#column = Math.max(0, this.#column - 1);
  }

  moveBy(rows: number, columns: number): void {
    this.#row = clamp(this.#row + rows, this.lines.length - 1);
    this.moveToColumn(this.#column + columns);
  }

  moveToColumn(column: number): void {
    this.#column = clamp(column, Math.max(MAX_COLUMN, this.#column));
  }

  /** EL: 0 clears from the cursor on, 1 up to it, 2 all. */
  eraseLine(mode: number): void {
    const line = this.lines[this.#row]!;
    if (mode === 0) line.length = Math.min(line.length, this.#column);
    else if (mode === 2) line.length = 0;
    else line.fill(BLANK, 0, Math.min(line.length, this.#column + 1));
  }

  /** ED: 0 clears from the cursor on, 2 begins a new screen. */
  eraseScreen(mode: number): void {
    if (mode === 0) {
      this.eraseLine(0);
      this.lines.length = this.#row + 1;
    } else if (mode >= 2) {
      // A page has no top that the next text could begin at: what was shown stays above it.
      this.#row = this.lines.length - 1;
      this.#column = 0;
      if (this.lines[this.#row]!.length > 0) this.newLine();
    }
  }
}

function clamp(value: number, maximum: number): number {
  return Math.min(maximum, Math.max(0, value));
}
