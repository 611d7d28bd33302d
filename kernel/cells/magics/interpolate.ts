import { parser } from '../ast.ts';
import { freeReferences } from '../scope.ts';
import type { KnownNames } from './names.ts';

/** A part of a command: text as it stands, or where in it an expression stands. */
export interface Part {
  /** Offsets in the command, without the signs around an expression. */
  start: number;
  end: number;
  /** What is passed on; undefined for an expression. */
  text?: string;
}

const NAME = /\$([\p{ID_Start}_][\p{ID_Continue}]*)/uy;
const WORD = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** Longer ones are data of the command. */
const MAX_EXPRESSION = 2000;

/**
 * Cuts a command at `${expression}`, `{expression}` and `$name` where the session gives them a meaning; all
 * else is left to the shell. `$$` passes a `$`.
 */
export function interpolated(command: string, names: KnownNames): Part[] {
  const parts: Part[] = [];
  let from = 0;
  let text = '';
  const flush = (end: number): void => {
    if (text !== '') parts.push({ start: from, end, text });
    text = '';
  };
  for (let at = 0; at < command.length; ) {
    const found = command[at] === '$' || command[at] === '{' ? expressionAt(command, at, names) : undefined;
    if (found) {
      flush(at);
      parts.push(found.part);
      from = found.end;
      at = found.end;
    } else if (command.startsWith('$$', at)) {
      text += '$';
      at += 2;
    } else {
      text += command[at];
      at += 1;
    }
  }
  flush(command.length);
  return parts;
}

function expressionAt(
  command: string,
  at: number,
  names: KnownNames,
): { part: Part; end: number } | undefined {
  NAME.lastIndex = at;
  const name = NAME.exec(command)?.[1];
  if (name !== undefined) {
    const end = at + 1 + name.length;
    return names.declared(name) ? { part: { start: at + 1, end }, end } : undefined;
  }
  const dollar = command[at] === '$';
  const open = dollar ? at + 1 : at;
  if (command[open] !== '{') return undefined;
  const close = closing(command, open);
  if (close === undefined) return undefined;
  const expression = command.slice(open + 1, close);
  if (!hasMeaning(expression, dollar, names)) return undefined;
  return { part: { start: open + 1, end: close }, end: close + 1 };
}

/** The bracket that closes the one at `open`, past strings and templates. */
function closing(command: string, open: number): number | undefined {
  let depth = 0;
  let quote = '';
  for (let at = open; at < Math.min(command.length, open + MAX_EXPRESSION); at += 1) {
    const sign = command[at] ?? '';
    if (quote !== '') {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function hasMeaning(expression: string, dollar: boolean, names: KnownNames): boolean {
  const word = expression.trim();
  // `${URL}` is more often a variable of the shell than the class.
  if (WORD.test(word)) return names.declared(word);
  if (word === '' || /^\d+$/.test(word)) return false;
  const { program, errors } = parser().parseSync('command.ts', `(${expression})`, {
    ...{ lang: 'ts', sourceType: 'module' },
  });
  const [statement, more] = program.body;
  if (errors.length > 0 || more || statement?.type !== 'ExpressionStatement') return false;
  const { expression: inner } = statement;
  const bare = inner.type === 'ParenthesizedExpression' ? inner.expression : inner;
  // `{a,b}` is the shell's.
  if (bare.type === 'SequenceExpression') return false;
  const references = freeReferences(program, () => undefined);
  if (!references.every(({ name }) => names.known(name))) return false;
  // `node -e "if (a) { console.log(1) }"` is not meant for this process.
  return dollar || references.some(({ name }) => names.declared(name));
}
