import { LINES_ABOVE } from './documents.ts';

/** A position of the language server's: both count from 0, characters in UTF-16 units. */
export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

const LINE_END = /\r\n|\r|\n/g;

/** Where an offset of the code is in its document. */
export function positionAt(code: string, offset: number): Position {
  let line = 0;
  let start = 0;
  LINE_END.lastIndex = 0;
  for (let end = LINE_END.exec(code); end && LINE_END.lastIndex <= offset; end = LINE_END.exec(code)) {
    line += 1;
    start = LINE_END.lastIndex;
  }
  return { line: line + LINES_ABOVE, character: offset - start };
}

/** The offset in the code of a position in its document. */
function offsetAt(code: string, { line, character }: Position): number {
  let start = 0;
  LINE_END.lastIndex = 0;
  for (let left = line - LINES_ABOVE; left > 0 && LINE_END.exec(code); left -= 1) start = LINE_END.lastIndex;
  return Math.min(code.length, start + character);
}

export const startOf = (range: Range, code: string): number => offsetAt(code, range.start);
