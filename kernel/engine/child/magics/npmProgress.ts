// Cells may replace it.
const { performance } = globalThis;

/** How often the count of what has come is shown, in milliseconds; what is quicker shows none. */
const SHOWN_MS = 500;

/** Goes through what npm says: requests are counted, errors kept for the end, all else is shown. */
export class NpmProgress {
  errors = '';
  readonly #print: (text: string) => void;
  #rest = '';
  #fetched = 0;
  #shownAt = performance.now();
  #width = 0;

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  take(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  end(): void {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#clear();
  }

  #line(line: string): void {
    if (/^npm (?:error|ERR!)/.test(line)) {
      this.errors += `${line}\n`;
      return;
    }
    if (!/^npm http /.test(line)) {
      this.#clear();
      this.#print(`${line}\n`);
      return;
    }
    const [, url, reason] = /(\S+) attempt \d+ failed with (\S+)/.exec(line) ?? [];
    if (reason === undefined) this.#fetched += 1;
    else this.#show(`${url} cannot be reached (${reason}); npm tries again`);
    const now = performance.now();
    if (this.#fetched === 0 || now - this.#shownAt < SHOWN_MS) return;
    this.#shownAt = now;
    this.#show(`fetched ${this.#fetched} from the registry`);
  }

  /** In place of what was shown before. */
  #show(text: string): void {
    this.#print(`\r${text.padEnd(this.#width)}`);
    this.#width = text.length;
  }

  #clear(): void {
    if (this.#width === 0) return;
    this.#show('');
    this.#print('\r');
    this.#width = 0;
  }
}
