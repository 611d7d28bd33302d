import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface HistoryEntry {
  session: number;
  line: number;
  source: string;
}

/** Entries wait this long for others to be written with, in milliseconds: cells that follow at once cost one write. */
const WRITE_DELAY = 20;
/** The file is rewritten with its newest half when it grows past this many bytes. */
const MAX_BYTES = 8 << 20;
const END_BYTES = 1 << 18;

/** Where the history is kept: `$DESCENT_HISTORY`, else the user's state folder. */
export function historyPath(env: NodeJS.ProcessEnv = process.env): string {
  if (env.DESCENT_HISTORY) return env.DESCENT_HISTORY;
  const state = env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(state, 'descent', 'history.jsonl');
}

/** What was run, kept across sessions as one JSON line an entry. Nothing is read before it is asked for. */
export class History {
  readonly #path: string;
  readonly #log: (line: string) => void;
  #earlier: HistoryEntry[] | undefined;
  #sessionNumber: number | undefined;
  readonly #own: Omit<HistoryEntry, 'session'>[] = [];
  /** How many of its own are in the file. */
  #written = 0;
  /** It has been said that the file cannot be written. */
  #failed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, log: (line: string) => void) {
    this.#path = path;
    this.#log = log;
  }

  add(line: number, source: string): void {
    this.#own.push({ line, source });
    this.#timer ??= setTimeout(() => this.flush(), WRITE_DELAY);
  }

  /** Writes what waits; to be called before the process ends. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const session = this.#session();
    const entries = this.#own.slice(this.#written);
    this.#written = this.#own.length;
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      const lines = entries.map(({ line, source }) => `${JSON.stringify([session, line, source])}\n`);
      appendFileSync(this.#path, lines.join(''), { mode: 0o600 });
    } catch (error) {
      if (!this.#failed) this.#log(`history is not kept: ${(error as Error).message}`);
      this.#failed = true;
    }
  }

  tail(n: number): HistoryEntry[] {
    return n <= 0 ? [] : this.#all().slice(-n);
  }

  /** `session` 0 is this one, negative numbers count back from it. `stop` is exclusive. */
  range(session: number, start: number, stop: number | undefined): HistoryEntry[] {
    const wanted = session <= 0 ? this.#session() + session : session;
    return this.#all().filter(
      (entry) => entry.session === wanted && entry.line >= start && (stop === undefined || entry.line < stop),
    );
  }

  /** `*` and `?` as in file names; the last `n` that match. */
  search(pattern: string, n: number | undefined, unique: boolean): HistoryEntry[] {
    let found = this.#all().filter(({ source }) => matches(source, pattern));
    if (unique) {
      const last = new Map(found.map((entry) => [entry.source, entry]));
      found = found.filter((entry) => last.get(entry.source) === entry);
    }
    return n === undefined ? found : found.slice(-n);
  }

  /** One more than the latest in the file; its end tells, for kernels that run side by side write in turns. */
  #session(): number {
    if (this.#sessionNumber === undefined) {
      const latest = this.#earlier ?? entriesAtEnd(this.#path);
      this.#sessionNumber = latest.reduce((highest, { session }) => Math.max(highest, session), 0) + 1;
    }
    return this.#sessionNumber;
  }

  #all(): HistoryEntry[] {
    const earlier = this.#load();
    const session = this.#session();
    return [...earlier, ...this.#own.map((entry) => ({ session, ...entry }))];
  }

  #load(): HistoryEntry[] {
    if (this.#earlier) return this.#earlier;
    this.#earlier = [];
    try {
      if (statSync(this.#path).size > MAX_BYTES) this.#shrink();
      const all = readFileSync(this.#path, 'utf8').split('\n').flatMap(parseEntry);
      // Its own may be there already.
      this.#earlier = all.filter(({ session }) => session !== this.#sessionNumber);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.#log(`history cannot be read: ${(error as Error).message}`);
      }
    }
    return this.#earlier;
  }

  #shrink(): void {
    const lines = readFileSync(this.#path, 'utf8').split('\n');
    const temporary = `${this.#path}.${process.pid}`;
    writeFileSync(temporary, lines.slice(lines.length >> 1).join('\n'), { mode: 0o600 });
    renameSync(temporary, this.#path);
  }
}

/** The entries in the last bytes of a file: a long history need not be read for the number of a session. */
function entriesAtEnd(path: string): HistoryEntry[] {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const buffer = Buffer.alloc(END_BYTES);
    const start = Math.max(0, fstatSync(file).size - END_BYTES);
    const text = buffer.toString('utf8', 0, readSync(file, buffer, 0, END_BYTES, start));
    return text.split('\n').flatMap(parseEntry);
  } catch {
    return [];
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** File name patterns, matched without the backtracking of a regular expression: `*a*a*a*` stays quick. */
function matches(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next;
      resume = at;
      next += 1;
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      next = star + 1;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(next));
}

/** A line that another program damaged is passed over. */
function parseEntry(line: string): HistoryEntry[] {
  try {
    const [session, number, source] = JSON.parse(line) as unknown[];
    if (typeof session !== 'number' || typeof number !== 'number' || typeof source !== 'string') return [];
    return [{ session, line: number, source }];
  } catch {
    return [];
  }
}
