/** Rough tokens of code that is being written: enough to find brackets, strings and the chain before a dot. */
export interface Token {
  kind: 'name' | 'number' | 'string' | 'regex' | 'open' | 'close' | 'sign';
  text: string;
  start: number;
  end: number;
  /** The index of a closing bracket's opening one. */
  match?: number;
}

/** What the code ends in the middle of. */
interface Unfinished {
  kind: 'string' | 'template' | 'comment';
  start: number;
}

export interface Scan {
  tokens: Token[];
  unfinished?: Unfinished;
  /** Indices of the brackets that are open at the end, the innermost last. */
  open: number[];
}

const NAME = /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER =
  /0[xXbBoO][\da-fA-F_]+n?|(?:\d[\d_]*n|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)/y;
const REGEX = /\/(?![*/])(?:[^\\/[\n]|\\[^\n]|\[(?:[^\\\]\n]|\\[^\n])*\])+\/[\p{ID_Continue}]*/uy;
const SIGN = /=>|\.\.\.|\+\+|--|\?\.(?!\d)|[!=]==?/y;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '${': '}', '`': '`' };

/** Names before which no value has ended: what follows them begins an expression. */
const OPERATORS = new Set(
  `await break case catch class const continue debugger default delete do else enum export extends finally
for function if import in instanceof let new return switch throw try typeof var void while with yield`.split(
    /\s+/,
  ),
);
const HEADS = new Set(['if', 'while', 'for', 'with', 'switch', 'catch']);
/** Operators only behind a value, names elsewhere. */
const INFIX = new Set(['of', 'as', 'satisfies']);
const VALUES = new Set(['number', 'string', 'regex', 'close']);

const isDot = (token: Token | undefined): boolean => token?.text === '.' || token?.text === '?.';

/** A word of the language, not a property of that name. */
export function isOperator(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at] as Token;
  if (kind !== 'name' || isDot(tokens[at - 1])) return false;
  const before = tokens[at - 1];
  const infix = before?.kind === 'name' ? !OPERATORS.has(before.text) : VALUES.has(before?.kind ?? '');
  return OPERATORS.has(text) || (INFIX.has(text) && infix);
}

/** Whether a value ends with a token, so that a bracket behind it is a call or an access. */
export function endsValue(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  switch (token?.kind) {
    case undefined:
    case 'open':
      return false;
    case 'name':
      return !isOperator(tokens, at);
    case 'close': {
      if (token.text === '}') return false;
      const head = tokens[(token.match ?? 0) - 1];
      return token.text !== ')' || !head || isDot(tokens[(token.match ?? 0) - 2]) || !HEADS.has(head.text);
    }
    case 'sign': {
      const before = tokens[at - 1];
      if (token.text !== '!' || before?.text === '!' || before?.end !== token.start) return false;
      return endsValue(tokens, at - 1);
    }
    default:
      return true;
  }
}

/** Scans from the beginning on, as far as it is told to. */
export class Scanner {
  readonly tokens: Token[] = [];
  readonly open: number[] = [];
  unfinished: Unfinished | undefined;
  readonly #code: string;
  #at = 0;
  /** Up to here, no regular expression ends on the line. */
  #noRegex = 0;

  constructor(code: string) {
    this.#code = code;
  }

  get position(): number {
    return this.#at;
  }

  /**
   * Scans up to a position; false where what stands there is part of something: of a string, a template, a
   * comment or brackets.
   */
  reach(position: number): boolean {
    while (this.#at < position) this.#step();
    return this.#at === position && this.open.length === 0 && this.unfinished === undefined;
  }

  /** Goes on behind what is not code; a statement has ended there. */
  skip(position: number): void {
    this.tokens.push({ kind: 'sign', text: ';', start: this.#at, end: position });
    this.#at = position;
  }

  run(): void {
    while (this.#at < this.#code.length) this.#step();
    const innermost = this.tokens[this.open.at(-1) ?? -1];
    if (!this.unfinished && innermost?.text === '`') {
      this.unfinished = { kind: 'template', start: innermost.start };
    }
  }

  #step(): void {
    const code = this.#code;
    const sign = code[this.#at] ?? '';
    if (/\s/.test(sign)) this.#at += 1;
    else if (sign === '/' && /[/*]/.test(code[this.#at + 1] ?? '')) this.#comment();
    else if (sign === '"' || sign === "'") this.#string(sign);
    else if (sign === '}' && this.tokens[this.open.at(-1) ?? -1]?.text === '${') {
      this.#close(sign);
      this.#template();
    } else if (sign === '`') {
      this.#openBracket(sign);
      this.#template();
    } else if ('([{'.includes(sign)) this.#openBracket(sign);
    else if (')]}'.includes(sign)) this.#close(sign);
    else if (sign === '/' && this.#regex()) return;
    else if (!this.#take('name', NAME) && !this.#take('number', NUMBER) && !this.#take('sign', SIGN)) {
      this.#push('sign', this.#at + ((code.codePointAt(this.#at) ?? 0) > 0xffff ? 2 : 1));
    }
  }

  #push(kind: Token['kind'], end: number, match?: number): void {
    const token: Token = { kind, text: this.#code.slice(this.#at, end), start: this.#at, end };
    if (match !== undefined) token.match = match;
    this.tokens.push(token);
    this.#at = end;
  }

  #take(kind: Token['kind'], pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#code)?.[0];
    if (!found) return false;
    this.#push(kind, this.#at + found.length);
    return true;
  }

  #comment(): void {
    const line = this.#code[this.#at + 1] === '/';
    const found = line ? this.#code.indexOf('\n', this.#at) : this.#code.indexOf('*/', this.#at + 2);
    if (found < 0) this.unfinished = { kind: 'comment', start: this.#at };
    this.#at = found < 0 ? this.#code.length : found + (line ? 0 : 2);
  }

  #string(quote: string): void {
    let end = this.#at + 1;
    while (end < this.#code.length && this.#code[end] !== quote && this.#code[end] !== '\n') {
      end += this.#code[end] === '\\' ? 2 : 1;
    }
    if (end >= this.#code.length) this.unfinished = { kind: 'string', start: this.#at };
    this.#push('string', Math.min(this.#code.length, end + (this.#code[end] === quote ? 1 : 0)));
  }

  /** From inside a template on to its end or to the next `${`. */
  #template(): void {
    const code = this.#code;
    for (; this.#at < code.length; this.#at += code[this.#at] === '\\' ? 2 : 1) {
      const ends = code[this.#at] === '`';
      if (ends) this.#close('`');
      else if (code.startsWith('${', this.#at)) this.#openBracket('${');
      else continue;
      return;
    }
  }

  #openBracket(text: string): void {
    this.open.push(this.tokens.length);
    this.#push('open', this.#at + text.length);
  }

  #close(text: string): void {
    const opening = this.tokens[this.open.at(-1) ?? -1];
    const matches = opening !== undefined && CLOSING[opening.text] === text;
    this.#push('close', this.#at + 1, matches ? this.open.pop() : undefined);
  }

  #regex(): boolean {
    const last = this.tokens.at(-1);
    const divides = endsValue(this.tokens, this.tokens.length - 1) || /^(?:\+\+|--)$/.test(last?.text ?? '');
    if (divides || this.#at < this.#noRegex) return false;
    if (this.#take('regex', REGEX)) return true;
    const end = this.#code.indexOf('\n', this.#at);
    this.#noRegex = end < 0 ? this.#code.length : end;
    return false;
  }
}

export function scan(code: string): Scan {
  const scanner = new Scanner(code);
  scanner.run();
  const { tokens, open, unfinished } = scanner;
  return unfinished ? { tokens, open, unfinished } : { tokens, open };
}
