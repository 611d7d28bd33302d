import { endsValue, type Scan, type Token } from '../cells/tokens.ts';

const VARIABLES = new Set(['let', 'const', 'var']);
const INFIX = new Set(['in', 'instanceof', 'of', 'as', 'satisfies']);
/** What goes on with the statement of the line above. */
const GOES_ON = /^(?:[.([`*/%&|^<>=?:,+-]|\?\.|\*\*|&&|\|\||\?\?|[!=]==?)/;

/**
 * The places where code that declares names again means those of earlier cells: in the initializer,
 * as in `const rows = rows.filter(…)`, and in statements before it. Empty for a name that stands where another
 * cannot be put in its place.
 */
function earlierReferences(scanned: Scan, names: ReadonlySet<string>): Map<string, Token[]> {
  const found = new Map<string, Token[]>();
  if (names.size === 0) return found;
  const { tokens } = scanned;
  const enclosing = enclosingBrackets(scanned);
  for (const [name, { start, assigned, end }] of initializers(tokens, enclosing, names)) {
    const isReference = ({ text, kind }: Token, at: number): boolean =>
      kind === 'name' &&
      text === name &&
      !isMember(tokens, at) &&
      ((at > assigned && at < end) || (at < start && enclosing[at] === undefined));
    const places = tokens.flatMap((token, at) => (isReference(token, at) ? [{ token, at }] : []));
    const isFixed = places.some(({ at }) => isShorthand(tokens, at, enclosing[at]));
    if (places.length > 0 && !isFixed)
      found.set(
        name,
        places.map(({ token }) => token),
      );
  }
  return found;
}

/** For each token the index of the innermost bracket around it. */
function enclosingBrackets({ tokens }: Scan): (number | undefined)[] {
  const open: number[] = [];
  return tokens.map(({ kind }, at) => {
    if (kind === 'close') open.pop();
    const around = open.at(-1);
    if (kind === 'open') open.push(at);
    return around;
  });
}

interface Initializer {
  /** The token that declares the name, or begins the pattern that does. */
  start: number;
  /** The equals sign. */
  assigned: number;
  /** Behind the last token of the initializer. */
  end: number;
}

function initializers(
  tokens: readonly Token[],
  enclosing: readonly (number | undefined)[],
  names: ReadonlySet<string>,
): Map<string, Initializer> {
  const found = new Map<string, Initializer>();
  let inVariables = false;
  for (const [at, token] of tokens.entries()) {
    if (enclosing[at] !== undefined) continue;
    if (token.text === ';') inVariables = false;
    if (token.kind === 'name' && VARIABLES.has(token.text) && !isMember(tokens, at)) inVariables = true;
    const before = tokens[at - 1]?.text ?? '';
    if (!inVariables || !(VARIABLES.has(before) || before === ',')) continue;
    const assigned = tokens.findIndex(
      ({ text }, index) => index > at && enclosing[index] === undefined && /^[=;,]$/.test(text),
    );
    if (tokens[assigned]?.text !== '=') continue;
    const end = statementEnd(tokens, enclosing, assigned);
    // A name, or all of a pattern; a type follows a colon.
    for (let index = at; index < assigned; index += 1) {
      const { kind, text } = tokens[index] as Token;
      if (text === ':' && enclosing[index] === undefined) break;
      if (kind === 'name' && names.has(text) && !found.has(text))
        found.set(text, { start: at, assigned, end });
    }
  }
  return found;
}

function statementEnd(
  tokens: readonly Token[],
  enclosing: readonly (number | undefined)[],
  start: number,
): number {
  for (let at = start + 1; at < tokens.length; at += 1) {
    if (enclosing[at] !== undefined) continue;
    const { text, kind } = tokens[at] as Token;
    if (text === ';' || text === ',') return at;
    const goesOn = kind === 'open' || kind === 'close' || INFIX.has(text) || GOES_ON.test(text);
    if (at > start + 1 && !goesOn && endsValue(tokens, at - 1)) return at;
  }
  return tokens.length;
}

const isMember = (tokens: readonly Token[], at: number): boolean =>
  /^\??\.$/.test(tokens[at - 1]?.text ?? '') || isKey(tokens, at);

const isKey = (tokens: readonly Token[], at: number): boolean =>
  tokens[at + 1]?.text === ':' && /^[{,]$/.test(tokens[at - 1]?.text ?? '');

function isShorthand(tokens: readonly Token[], at: number, around: number | undefined): boolean {
  const inBraces = around !== undefined && tokens[around]?.text === '{';
  return inBraces && /^[{,]$/.test(tokens[at - 1]?.text ?? '') && /^[,}]$/.test(tokens[at + 1]?.text ?? '');
}

/** Letters that hardly anybody writes code in: a name made of one is as long as the one that it stands for. */
const LETTERS = Array.from({ length: 33 }, (_, at) => String.fromCharCode(0x10d0 + at));

export interface Renamed {
  /** As long as before. */
  code: string;
  /** The names of earlier cells, by what they are called in the code. */
  aliases: ReadonlyMap<string, string>;
}

/** Gives names that mean those of earlier cells names of their own. */
export function withEarlierNames(code: string, scanned: Scan, names: ReadonlySet<string>): Renamed {
  const references = [...earlierReferences(scanned, names)].slice(0, LETTERS.length);
  const aliases = new Map<string, string>();
  let renamed = code;
  for (const [at, [name, tokens]] of references.entries()) {
    const alias = (LETTERS[at] ?? '').repeat(name.length);
    aliases.set(alias, name);
    for (const { start, end } of tokens) renamed = renamed.slice(0, start) + alias + renamed.slice(end);
  }
  return { code: renamed, aliases };
}

/** Puts the names back into what the server says. */
export const withNames = (text: string, aliases: ReadonlyMap<string, string>): string =>
  aliases.size === 0 ? text : text.replace(/[\u10d0-\u10f0]+/g, (alias) => aliases.get(alias) ?? alias);
