import { endsValue, isOperator, type Scan, scan, type Token } from '../cells/tokens.ts';

/** How much of the code before the cursor is looked at, in whole lines. */
const LOOK_BACK = 10_000;

/** What is being written at the cursor. Offsets count from the beginning of the code. */
type Place =
  /** A name that stands alone. */
  | { kind: 'name'; start: number }
  /** A member of what the receiver is; without one there is nothing to offer. */
  | { kind: 'member' | 'key'; start: number; receiver: string | undefined; quote?: string }
  | { kind: 'nothing'; start: number };

const isDot = (token: Token | undefined): boolean => token?.text === '.' || token?.text === '?.';

function scanEnd(code: string): { scanned: Scan; text: string; offset: number } {
  const cut = Math.max(0, code.length - LOOK_BACK);
  const line = cut > 0 ? code.indexOf('\n', cut) : -1;
  const offset = line < 0 ? cut : line + 1;
  const text = code.slice(offset);
  return { scanned: scan(text), text, offset };
}

export function placeAtEnd(code: string): Place {
  const { scanned, text, offset } = scanEnd(code);
  const { tokens, unfinished } = scanned;
  if (unfinished) return keyPlace(scanned, text, offset) ?? { kind: 'nothing', start: code.length };
  const last = tokens.at(-1);
  const isWord = last?.kind === 'name' || (last?.text === '#' && isDot(tokens.at(-2)));
  const prefix = isWord && last.end === text.length ? last : undefined;
  const start = offset + (prefix?.start ?? text.length);
  const before = tokens.length - (prefix ? 2 : 1);
  if (isDot(tokens[before])) return { kind: 'member', start, receiver: chain(tokens, before - 1, text) };
  const inNumber = last?.kind === 'number' && last.end === text.length;
  return { kind: inNumber ? 'nothing' : 'name', start };
}

/** Whether a regular expression is around the cursor: only what follows shows that it is one. */
export function inPattern(code: string, cursor: number): boolean {
  const slash = code.lastIndexOf('/', cursor - 1);
  if (slash < code.lastIndexOf('\n', cursor - 1) + 1) return false;
  return scan(code).tokens.some(
    ({ kind, start, end, text }) =>
      kind === 'regex' && start < cursor && cursor <= start + text.lastIndexOf('/') && end > cursor,
  );
}

/** `ob["na`: a string that may become a key. */
function keyPlace({ tokens, unfinished }: Scan, text: string, offset: number): Place | undefined {
  const at = tokens.length - 2;
  if (unfinished?.kind !== 'string' || tokens[at]?.text !== '[') return undefined;
  const owner = ownerOf(tokens, at);
  if (owner === undefined) return undefined;
  const quote = text[unfinished.start] ?? '"';
  return { kind: 'key', start: offset + unfinished.start + 1, receiver: chain(tokens, owner, text), quote };
}

export interface Chain {
  text: string;
  /** Where it ends in the code. */
  end: number;
}

/** The chain that ends with the code, or what is called there: `f(1, `. */
export function chainAtEnd(code: string): Chain | undefined {
  const { scanned, text, offset } = scanEnd(code);
  const { tokens, open, unfinished } = scanned;
  const last = tokens.length - 1;
  if (unfinished?.kind === 'comment') return undefined;
  const found = (at: number): Chain | undefined => {
    const written = chain(tokens, at, text);
    return written === undefined ? undefined : { text: written, end: offset + (tokens[at]?.end ?? 0) };
  };
  const ended = tokens[last]?.kind === 'name' || tokens[last]?.text === ']';
  if (!unfinished && ended) return found(last);
  const closed = tokens[last]?.text === ')' ? tokens[last]?.match : undefined;
  const bracket = closed ?? open.at(-1);
  if (bracket === undefined || tokens[bracket]?.text !== '(') return undefined;
  const called = ownerOf(tokens, bracket);
  return called === undefined ? undefined : found(called);
}

function chain(tokens: readonly Token[], last: number, text: string): string | undefined {
  const first = chainStart(tokens, last);
  return first === undefined ? undefined : text.slice(tokens[first]?.start, tokens[last]?.end);
}

/** Goes back over members, calls and accesses to where the value that ends with a token begins. */
function chainStart(tokens: readonly Token[], last: number): number | undefined {
  let called = false;
  for (let at = last; at >= 0; ) {
    const token = tokens[at] as Token;
    if (token.text === '!') at -= 1;
    else if (token.kind === 'close') {
      if (token.match === undefined) return undefined;
      const owner = token.text === '}' ? undefined : ownerOf(tokens, token.match);
      if (owner === undefined) return token.match;
      called ||= token.text === ')';
      at = owner;
    } else if (token.kind === 'name' && isDot(tokens[at - 1])) at -= 2;
    else if (!endsValue(tokens, at)) return undefined;
    else return called && isNew(tokens, at - 1) ? at - 1 : at;
  }
  return undefined;
}

const isNew = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === 'new' && isOperator(tokens, at);

/** The end of what is called or accessed with the bracket that opens at `open`. */
function ownerOf(tokens: readonly Token[], open: number): number | undefined {
  let at = open - 1;
  if (tokens[at]?.text === '>') at = beforeTypes(tokens, at);
  if (tokens[at]?.text === '?.') at -= 1;
  return endsValue(tokens, at) ? at : undefined;
}

/** `f<A, B[]>(`: the token before the type arguments that end at `at`. */
function beforeTypes(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let index = at; index >= 0; index -= 1) {
    const token = tokens[index] as Token;
    if (token.text === '>') depth += 1;
    else if (token.text === '<') depth -= 1;
    else if (token.kind === 'close') index = token.match ?? -1;
    else if (token.kind === 'open' || /^(?:[;=!+*/-]|=>|[!=]==?)$/.test(token.text)) return at;
    if (depth === 0) return index - 1;
  }
  return at;
}
