import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ArgumentError, checkOptions, describe } from '../core/check.ts';
import type { Callback, Logs, Run } from './callbacks.ts';

/** Options of `csvLogger`. */
export interface CsvLoggerOptions {
  /** Whether to write behind what the file has, which is then of the same columns; false by default. */
  append?: boolean | undefined;
  /** What stands between two values, one character; ',' by default. */
  separator?: string | undefined;
}

interface State {
  readonly columns: readonly string[];
  /** How long the file was. */
  readonly bytes: number;
}

const WHERE = 'csvLogger';

class Logger implements Callback {
  readonly name: string = WHERE;
  readonly #path: string;
  readonly #separator: string;
  readonly #appends: boolean;
  #columns: readonly string[] = [];
  #goesOn: State | undefined;

  constructor(path: string, { append = false, separator = ',' }: CsvLoggerOptions) {
    if (typeof path !== 'string' || path === '') {
      throw new ArgumentError(WHERE, 'path', describe(path), 'the path of a file');
    }
    if (typeof append !== 'boolean')
      throw new ArgumentError(WHERE, 'append', describe(append), 'true or false');
    if (typeof separator !== 'string' || [...separator].length !== 1 || /["\n\r]/.test(separator)) {
      throw new ArgumentError(
        WHERE,
        'separator',
        describe(separator),
        'one character, no quote or end of a line',
      );
    }
    this.#path = resolve(path);
    this.#appends = append;
    this.#separator = separator;
  }

  onTrainBegin({ metrics }: Run): void {
    this.#columns = ['epoch', ...metrics];
    mkdirSync(dirname(this.#path), { recursive: true });
    const earlier = this.#goesOn;
    this.#goesOn = undefined;
    if (earlier && existsSync(this.#path) && statSync(this.#path).size >= earlier.bytes) {
      // What was written after the checkpoint comes again.
      truncateSync(this.#path, earlier.bytes);
      this.#columns = earlier.columns;
    } else if (this.#appends && existsSync(this.#path) && statSync(this.#path).size > 0) {
      this.#checkHeader();
    } else {
      writeFileSync(this.#path, this.#line(this.#columns));
    }
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    const values = this.#columns.map((name) => (name === 'epoch' ? epoch : logs[name]));
    appendFileSync(this.#path, this.#line(values.map((value) => (value === undefined ? '' : String(value)))));
  }

  getState(): State {
    return { columns: this.#columns, bytes: statSync(this.#path).size };
  }

  setState(state: unknown): void {
    this.#goesOn = state as State;
  }

  #line(values: readonly string[]): string {
    const quoted = values.map((value) =>
      value.includes(this.#separator) || /["\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
    );
    return `${quoted.join(this.#separator)}\n`;
  }

  #checkHeader(): void {
    const [header = ''] = readFileSync(this.#path, 'utf8').split('\n', 1);
    const own = this.#line(this.#columns).trimEnd();
    if (header === own) return;
    throw new ArgumentError(
      WHERE,
      'path',
      `a file with the columns ${header}`,
      `one with the columns ${own}`,
    );
  }
}

/**
 * Writes what each epoch reports as a line of a CSV file, at once: `epoch`, counted from 0, the loss, the metrics, those
 * of the validation and the learning rate. A training that goes on from a checkpoint goes on in the file.
 *
 * @param path of the file, which is written anew by each training
 * @param options `append` (false), `separator` (',')
 * @returns a callback for `fit`
 * @throws ArgumentError for an option that is not allowed, or a file of other columns to append to; what the file system
 *   throws
 *
 * @example
 * await training.fit(model, [x, y], { epochs: 3, callbacks: training.csvLogger('out/log.csv') });
 */
export function csvLogger(path: string, options: CsvLoggerOptions = {}): Callback {
  checkOptions(WHERE, options, ['append', 'separator']);
  return new Logger(path, options);
}
