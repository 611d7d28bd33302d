import { cutToWidth, terminalWidth } from '../terminal.ts';
import { type FormattedColumn, lineText } from './cells.ts';
import { ends, gapText } from './content.ts';
import type { Layout } from './markup.ts';

/** Cells are cut to the first of these widths with which all columns fit, or to the last. */
const cellWidths = [48, 32, 20];
/** Less would leave out columns of tables with names of several words. */
const maxLineWidth = 100;
const gap = '  ';

/** The table as aligned text, at most 100 characters wide: the first and the last columns that fit. */
export function tableText(layout: Layout): string {
  const { columns, caption, rowGap, notes } = layout;
  const { blocks, shown, gapAt } = fitted(layout);
  const height = (columns[0]?.cells.length ?? -2) + 2;
  const rows = Array.from({ length: height }, (_, row) => {
    const cells = shown.map((index) => blocks[index]?.lines[row] ?? '');
    if (gapAt !== undefined) cells.splice(gapAt, 0, row === 1 ? '─' : '…');
    return cells.join(gap).trimEnd();
  });
  if (rowGap) rows.splice(rowGap.at + 2, 0, rowGap.text);
  const gaps = gapText((layout.columnGap?.count ?? 0) + columns.length - shown.length, 'column');
  return [...(caption === undefined ? [] : [caption]), ...rows, ...notes, ...gaps].join('\n');
}

interface Block {
  readonly width: number;
  readonly lines: readonly string[];
}

interface Fitted {
  readonly blocks: readonly Block[];
  readonly shown: readonly number[];
  /** Before which of those shown others are left out. */
  readonly gapAt?: number;
}

function fitted({ columns, indexed, columnGap }: Layout): Fitted {
  let found: Fitted = { blocks: [], shown: [] };
  for (const limit of cellWidths) {
    const blocks = columns.map((column, index) => block(column, indexed && index === 0, limit));
    found = { blocks, ...fitting(blocks, columnGap?.at) };
    if (found.shown.length === columns.length) break;
  }
  return found;
}

function block(column: FormattedColumn, isIndex: boolean, limit: number): Block {
  const texts = [isIndex ? '' : column.name, ...column.cells.map(({ text }) => text)];
  const lines = texts.map((text) => cutToWidth(lineText(text), limit));
  const width = lines.reduce((widest, text) => Math.max(widest, terminalWidth(text)), 0);
  const padded = lines.map((text) => pad(text, width, column.isNumeric));
  return { width, lines: [padded[0] ?? '', '─'.repeat(width), ...padded.slice(1)] };
}

/** The first and the last columns that fit into a line. */
function fitting(blocks: readonly Block[], gapAt: number | undefined): Omit<Fitted, 'blocks'> {
  const widthOf = (shown: readonly number[]): number =>
    shown.reduce((sum, index) => sum + (blocks[index]?.width ?? 0) + gap.length, -gap.length);
  const all = ends(blocks.length, blocks.length);
  const gapWidth = gap.length + 1;
  if (widthOf(all) + (gapAt === undefined ? 0 : gapWidth) <= maxLineWidth) {
    return gapAt === undefined ? { shown: all } : { shown: all, gapAt };
  }
  for (let count = blocks.length - 1; count > 1; count--) {
    const shown = ends(blocks.length, count);
    if (widthOf(shown) + gapWidth <= maxLineWidth) return { shown, gapAt: Math.ceil(count / 2) };
  }
  return { shown: all.slice(0, 1), gapAt: 1 };
}

function pad(text: string, width: number, toRight: boolean): string {
  const blanks = ' '.repeat(width - terminalWidth(text));
  return toRight ? blanks + text : text + blanks;
}
