import { PassThrough, Writable } from 'node:stream';

/** The part of a terminal that readline uses: rows of characters, wrapped at `columns`, and a cursor. */
export class Screen {
  readonly #columns: number;
  #cells: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  get rows(): string[] {
    return this.#cells.map((row) =>
      Array.from(row, (cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
  }

  write(text: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal reads
    for (const [piece, count, code] of text.matchAll(/\x1b\[(\d*)([A-Za-z])|./gs)) {
      if (code !== undefined) this.#control(code, count === '' ? undefined : Number(count));
      else this.#put(piece);
    }
  }

  #control(code: string, count: number | undefined): void {
    const steps = count ?? 1;
    if (code === 'A') this.#row = Math.max(0, this.#row - steps);
    else if (code === 'B') this.#row += steps;
    else if (code === 'C') this.#column += steps;
    else if (code === 'D') this.#column = Math.max(0, this.#column - steps);
    else if (code === 'G') this.#column = steps - 1;
    else if (code === 'J' || code === 'K') {
      this.#cells[this.#row]?.splice(this.#column);
      if (code === 'J') this.#cells.splice(this.#row + 1);
    } else throw new Error(`the screen does not know ESC [ ${count ?? ''} ${code}`);
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') {
      this.#row++;
      this.#column = 0;
    } else {
      if (this.#column === this.#columns) {
        this.#row++;
        this.#column = 0;
      }
      while (this.#cells.length <= this.#row) this.#cells.push([]);
      this.#cells[this.#row]![this.#column++] = character;
    }
    while (this.#cells.length <= this.#row) this.#cells.push([]);
  }
}

/** The two ends of a terminal, as a program has them in process.stdin and process.stdout. */
export function terminal(columns: number): {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  screen: Screen;
  type(text: string): void;
} {
  const screen = new Screen(columns);
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      screen.write(chunk.toString());
      done();
    },
  });
  return {
    input: input as unknown as NodeJS.ReadStream,
    output: Object.assign(output, { isTTY: true, columns }) as unknown as NodeJS.WriteStream,
    screen,
    // At once, so that a test knows when it has been read.
    type: (text) => void input.emit('data', Buffer.from(text)),
  };
}
