import { endsValue, type Scanner, type Token } from '../tokens.ts';

/** Where a statement may begin: at the top level of a cell, or in blocks. */
export type Place = 'top' | 'block';

/** Behind these words a statement begins, or has ended. */
const BEFORE_STATEMENT = new Set(['else', 'do', 'debugger']);
/** What a block follows; an object follows other signs. */
const BEFORE_BLOCK = new Set([')', '=>', ';', '{', '}', 'else', 'do', 'try', 'finally', 'catch']);

/** The place at a position, scanned up to there; undefined where no statement begins. */
export function placeOf(scanner: Scanner, position: number): Place | undefined {
  const isWhole = scanner.reach(position);
  const { tokens, open, unfinished } = scanner;
  if (!isWhole && (scanner.position !== position || unfinished || !open.every((at) => isBlock(tokens, at)))) {
    return undefined;
  }
  return beginsStatement(tokens) ? (isWhole ? 'top' : 'block') : undefined;
}

function isBlock(tokens: readonly Token[], open: number): boolean {
  if (tokens[open]?.text !== '{') return false;
  const before = tokens[open - 1];
  return before === undefined || BEFORE_BLOCK.has(before.text);
}

function beginsStatement(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (!last || last.text === ';' || last.text === '{' || last.kind === 'close') return true;
  if (last.text === '++' || last.text === '--' || BEFORE_STATEMENT.has(last.text)) return true;
  return endsValue(tokens, tokens.length - 1);
}
