import { inspect } from 'node:util';
import { checkOptions } from '../core/check.ts';
import { shortText } from './inspect.ts';
import { formatColumn } from './table/cells.ts';
import { tableContent } from './table/content.ts';
import { type Layout, tableMarkup } from './table/markup.ts';
import { tableText } from './table/text.ts';
import { type Displayable, displaySymbol, type MimeBundle } from './types.ts';

/** Options of `table`. */
export interface TableOptions {
  /** The number of rows shown, an integer from 0, or Infinity; 20 if left out. Half of them are the last ones. */
  maxRows?: number;
  /** The number of columns shown, an integer from 1, or Infinity; 20 if left out. */
  maxColumns?: number;
  /** The columns to show, in this order; all if left out. */
  columns?: readonly string[];
  /** A column with the numbers of the rows, from 0; without it if left out. */
  index?: boolean;
  /** A line above the table. */
  caption?: string;
  /** The type of each column below its name; true if left out. */
  types?: boolean;
}

const optionNames = ['maxRows', 'maxColumns', 'columns', 'index', 'caption', 'types'];

/** A table that a notebook shows; `String(…)` gives it as aligned text. */
export interface Table extends Displayable {
  [displaySymbol](): MimeBundle;
  toString(): string;
}

class ShownTable implements Table {
  readonly #layout: Layout;
  #bundle: MimeBundle | undefined;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  toString(): string {
    return tableText(this.#layout);
  }

  /** What `console.log` prints, also for tables in a list. */
  [inspect.custom](): string {
    return this.toString();
  }

  [displaySymbol](): MimeBundle {
    this.#bundle ??= { 'text/html': tableMarkup(this.#layout), 'text/plain': this.toString() };
    return this.#bundle;
  }
}

/**
 * A table of rows, of columns or of a tensor: its first and last rows and columns, and how many are between.
 *
 * Only what is shown is read, when `table` is called, and of an iterator the first 10,000 items. Numbers of a
 * column share their decimals, six digits at most, with their points under each other; dates are in UTC; long
 * text is cut, with the whole in its tooltip; `html` and other displayables are shown as such. A click on a
 * header, or Enter on it, sorts the rows on show: up, down, and as they were; missing values come last.
 *
 * @param data rows (objects, Maps, arrays or single values, in a list, a Set or an iterator), an object or a Map
 *   of columns (arrays, typed arrays, tensors) or of rows by their key, a tensor of up to two dimensions, or a
 *   table of arquero, Arrow, danfojs or polars; rows without cells are shown in a column `value`
 * @param options `maxRows`, `maxColumns`: how much is shown, 20 each if left out; `columns`: which ones;
 *   `index`: row numbers; `caption`: a line above; `types`: the columns' types, as far as the rows on show tell
 * @returns a displayable with text/html and text/plain
 * @throws TypeError if the data is none of these; RangeError for a tensor of more than two dimensions, a
 *   `maxRows` or `maxColumns` that is no count, and a column that is not there; ArgumentError for an option that
 *   does not exist
 * @example
 * table([{ optimizer: 'adam', loss: 0.021 }, { optimizer: 'sgd', loss: 0.34 }]);
 * table({ epoch: [1, 2, 3], loss: new Float32Array([0.9, 0.5, 0.4]) }, { maxRows: 2, caption: 'Run 1' });
 */
export function table(data: unknown, options: TableOptions = {}): Table {
  checkOptions('table', options, optionNames);
  const { maxRows = 20, maxColumns = 20, columns: wanted, index = false, caption, types = true } = options;
  checkCount('maxRows', maxRows, 0);
  checkCount('maxColumns', maxColumns, 1);
  if (wanted !== undefined && !(Array.isArray(wanted) && wanted.every((name) => typeof name === 'string'))) {
    throw new TypeError(`table: columns is ${shortText(wanted)}; allowed is a list of names`);
  }
  const content = tableContent(data, { maxRows, maxColumns, ...(wanted ? { columns: wanted } : {}) });
  const numbers = index ? [formatColumn({ name: 'index', type: '', values: content.rows })] : [];
  const columnGap = content.columnGap && {
    ...content.columnGap,
    at: content.columnGap.at + numbers.length,
  };
  return new ShownTable({
    columns: [...numbers, ...content.columns.map(formatColumn)],
    ...(content.rowGap ? { rowGap: content.rowGap } : {}),
    ...(columnGap ? { columnGap } : {}),
    ...(caption === undefined ? {} : { caption }),
    types,
    indexed: index,
    notes: content.rowCount === 0 ? ['no rows'] : [],
  });
}

function checkCount(name: string, count: number, least: number): void {
  if (count === Number.POSITIVE_INFINITY || (Number.isInteger(count) && count >= least)) return;
  throw new RangeError(
    `table: ${name} is ${shortText(count)}; allowed is an integer from ${least}, or Infinity`,
  );
}
