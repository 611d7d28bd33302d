/** A column of a table in text. */
export interface BoxColumn {
  readonly title: string;
  readonly cells: readonly string[];
  readonly isNumeric?: boolean;
}

const widest = 44;

/** A table with lines around it. */
export function boxText(columns: readonly BoxColumn[]): string {
  const widths = columns.map(({ title, cells }) =>
    Math.min(
      widest,
      [title, ...cells].reduce((width, text) => Math.max(width, text.length), 0),
    ),
  );
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const row = (texts: readonly string[]): string => {
    const padded = texts.map((text, at) => {
      const width = widths[at]!;
      const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
      return columns[at]!.isNumeric ? cut.padStart(width) : cut.padEnd(width);
    });
    return `│ ${padded.join(' │ ')} │`;
  };
  const rows = Array.from({ length: columns[0]?.cells.length ?? 0 }, (_, at) =>
    row(columns.map(({ cells }) => cells[at] ?? '')),
  );
  return [
    line('┌', '┬', '┐'),
    row(columns.map(({ title }) => title)),
    line('├', '┼', '┤'),
    ...rows,
    line('└', '┴', '┘'),
  ].join('\n');
}
