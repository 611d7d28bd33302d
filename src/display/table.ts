import { formatColumn } from './table/cells.ts';
import { tableContent } from './table/columns.ts';
import { tableMarkup, tableText } from './table/layout.ts';
import { type Displayable, displaySymbol, type MimeBundle } from './types.ts';

/** Options of `table`. */
export interface TableOptions {
  /** The number of rows shown, an integer from 0, or Infinity; 20 if left out. */
  maxRows?: number;
}

/** A table that a notebook shows; `String(…)` gives it as aligned text. */
export interface Table extends Displayable {
  toString(): string;
}

class ShownTable implements Table {
  readonly #bundle: MimeBundle;

  constructor(bundle: MimeBundle) {
    this.#bundle = bundle;
  }

  toString(): string {
    return String(this.#bundle['text/plain']);
  }

  [displaySymbol](): MimeBundle {
    return this.#bundle;
  }
}

/**
 * A table of rows, of columns or of a tensor.
 *
 * The values are read when `table` is called. Numbers of a column share their decimals, six digits at most;
 * cells of `html` and other displayables are shown as such.
 *
 * @param data rows (objects, Maps, arrays or single values), an object of columns (arrays, typed arrays,
 *   tensors), or a tensor of up to two dimensions; rows without cells are shown in a column `value`
 * @param options `maxRows`: the number of rows shown, 20 if left out
 * @returns a displayable with text/html and text/plain
 * @throws TypeError if the data is none of these; RangeError for a tensor of more than two dimensions or a
 *   `maxRows` that is no count
 * @example
 * table([{ optimizer: 'adam', loss: 0.021 }, { optimizer: 'sgd', loss: 0.34 }]);
 * table({ epoch: [1, 2, 3], loss: new Float32Array([0.9, 0.5, 0.4]) }, { maxRows: 2 });
 */
export function table(data: unknown, options: TableOptions = {}): Table {
  const { maxRows = 20 } = options;
  if (!(maxRows >= 0) || (maxRows !== Number.POSITIVE_INFINITY && !Number.isInteger(maxRows))) {
    throw new RangeError(`table: maxRows is ${maxRows}; allowed is an integer from 0, or Infinity`);
  }
  const content = tableContent(data, maxRows);
  const columns = content.columns.map(formatColumn);
  const shownRows = content.columns[0]?.values.length ?? 0;
  const notes = [
    ...(content.rowCount === 0 ? ['no rows'] : []),
    ...moreNote(content.rowCount - shownRows, 'row'),
    ...moreNote(content.columnCount - columns.length, 'column'),
  ];
  return new ShownTable({
    'text/html': tableMarkup(columns, notes),
    'text/plain': tableText(columns, notes),
  });
}

function moreNote(count: number, what: string): string[] {
  return count > 0 ? [`… ${count} more ${what}${count === 1 ? '' : 's'}`] : [];
}
