/** What a captured command printed: its lines, with the text and the exit code beside them. */
export interface OutputLines extends Array<string> {
  readonly text: string;
  readonly exitCode: number;
  /** The names that IPython has: the lines, joined by line breaks, joined by blanks. */
  readonly l: string[];
  readonly n: string;
  readonly s: string;
}

// Cells may replace it.
const { defineProperties } = Object;

export function outputLines(text: string, exitCode: number): OutputLines {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const hidden = (value: unknown): PropertyDescriptor => ({ value, enumerable: false, configurable: true });
  return defineProperties(lines, {
    ...{ text: hidden(text), exitCode: hidden(exitCode), l: hidden(lines) },
    ...{ n: hidden(lines.join('\n')), s: hidden(lines.join(' ')) },
  }) as OutputLines;
}
