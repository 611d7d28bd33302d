import { isOperator, type Scan, type Token } from '../cells/tokens.ts';

const VARIABLES = new Set(['let', 'const', 'var', 'using']);
const NAMED = new Set(['function', 'class', 'enum', 'interface', 'type', 'namespace', 'module']);

/**
 * The names that the top level of code under way declares, also where it does not parse. As types are
 * concerned, a name too many costs an answer, one too few makes two declarations of it.
 */
export function writtenNames({ tokens }: Scan): Set<string> {
  const names = new Set<string>();
  const closing = closingBrackets(tokens);
  let inVariables = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const before = tokens[at - 1]?.text;
    if (token.kind === 'open') {
      const end = closing.get(at) ?? tokens.length;
      if (before !== undefined && VARIABLES.has(before)) addPattern(names, tokens.slice(at + 1, end));
      at = end;
    } else if (token.text === ';') inVariables = false;
    else if (token.kind === 'name' && before !== '.' && before !== '?.') {
      if (token.text === 'import') at = importClause(names, tokens, at);
      else if (VARIABLES.has(token.text)) inVariables = true;
      else if (isDeclared(tokens, at, inVariables)) names.add(token.text);
    }
  }
  return names;
}

function closingBrackets(tokens: readonly Token[]): Map<number, number> {
  const closing = new Map<number, number>();
  for (const [at, { match }] of tokens.entries()) if (match !== undefined) closing.set(match, at);
  return closing;
}

function isDeclared(tokens: readonly Token[], at: number, inVariables: boolean): boolean {
  const before = tokens[at - 1];
  if (before === undefined) return false;
  if (VARIABLES.has(before.text)) return true;
  if (before.text === '*') return tokens[at - 2]?.text === 'function';
  if (inVariables && before.text === ',') return /^[=:,;!]$/.test(tokens[at + 1]?.text ?? ';');
  return before.kind === 'name' && NAMED.has(before.text) && !isOperator(tokens, at);
}

/** `{ a, b: c = 1, ...d }`: what is not followed by a colon. */
function addPattern(names: Set<string>, pattern: readonly Token[]): void {
  for (const [at, token] of pattern.entries()) {
    const isValue = pattern[at - 1]?.text === '=';
    if (token.kind === 'name' && pattern[at + 1]?.text !== ':' && !isValue) names.add(token.text);
  }
}

/** `import a, { b as c, type D } from …`, `import * as e from …`; says where it ends. */
function importClause(names: Set<string>, tokens: readonly Token[], start: number): number {
  if (/^[.(]$/.test(tokens[start + 1]?.text ?? '')) return start;
  let at = start + 1;
  for (; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] as Token;
    if (kind === 'string' || text === ';' || text === '=' || (text === 'from' && at > start + 1)) break;
    const isLocal = kind === 'name' && tokens[at + 1]?.text !== 'as' && text !== 'as';
    if (isLocal && !(text === 'type' && tokens[at + 1]?.kind === 'name')) names.add(text);
  }
  return at;
}
