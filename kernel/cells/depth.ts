/**
 * The native parser recurses and ends the whole process where its stack does: on Linux at some 6,000
 * nested functions or 13,000 nested literals. Code of this depth is refused before it is parsed.
 */
const MAX_DEPTH = 2500;

/** Shorter code cannot be nested that deep. */
const SHORT = 2 * MAX_DEPTH;

const WORD = /[\w$'"`)\]}]/;

/** The end of a string or comment that begins at `at`; `at` itself where none does. */
function skip(code: string, at: number): number {
  const sign = code[at];
  const pair = code.slice(at, at + 2);
  const after = (end: number, length: number): number => (end < 0 ? code.length : end + length);
  if (pair === '//') return after(code.indexOf('\n', at), 0);
  if (pair === '/*') return after(code.indexOf('*/', at + 2), 2);
  if (sign !== "'" && sign !== '"') return at;
  let end = at + 1;
  while (end < code.length && code[end] !== sign && code[end] !== '\n') end += code[end] === '\\' ? 2 : 1;
  return end + 1;
}

/** Whether a line break at `at` can end a statement that no semicolon ends. */
function endsStatement(code: string, at: number): boolean {
  const next = /\S/.exec(code.slice(at, at + 200))?.[0] ?? '';
  return WORD.test(code.slice(0, at).trimEnd().slice(-1)) && /[\w$'"{}@]/.test(next);
}

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
/** Operators that are words. */
const PREFIXES = new Set(
  'new typeof void delete await yield async throw return keyof readonly unique infer asserts'.split(' '),
);
/** What a statement of its own follows, with or without a condition in brackets between. */
const HEADS = new Set('if for while with'.split(' '));
const NESTING = new Set([...HEADS, 'else', 'do']);
const ELSE = /\s*else\b/y;

/** Counts what is open at a place of the code. */
class Depth {
  total = 0;
  /** For each open bracket, the operators and heads of the statement that runs there. */
  readonly #open: { count: number; isHead: boolean }[] = [{ count: 0, isHead: false }];
  #expectsHead = false;
  /** The statement that the last head is followed by has yet to begin. */
  #afterHead = false;

  add(): void {
    this.total += 1;
    (this.#open.at(-1) as { count: number }).count += 1;
    this.#afterHead = false;
  }

  word(name: string): void {
    if (PREFIXES.has(name) || NESTING.has(name)) this.add();
    this.#afterHead = name === 'else' || name === 'do';
    // `for await (`
    this.#expectsHead = HEADS.has(name) || (this.#expectsHead && name === 'await');
  }

  enter(): void {
    this.add();
    this.#open.push({ count: 0, isHead: this.#expectsHead });
    this.#expectsHead = false;
  }

  exit(): void {
    this.leave();
    this.#afterHead = this.#open.length > 1 && (this.#open.pop()?.isHead ?? false);
  }

  /** The statement that follows a head has begun. */
  begin(): void {
    this.#afterHead = false;
  }

  /** The running statement has ended, unless it has yet to begin. */
  leave(): void {
    if (this.#afterHead) return;
    const innermost = this.#open.at(-1) as { count: number };
    this.total -= innermost.count;
    innermost.count = 0;
  }
}

/**
 * Where code gets deeper than the parser bears, undefined where it does not. Counts open brackets and, in
 * each, the operators of the running expression, for `1 + 1 + …` is as deep as it is long, as are
 * `new new …` and `if (a) if (b) …`.
 */
export function tooDeep(code: string): number | undefined {
  if (code.length < SHORT) return undefined;
  const depth = new Depth();
  for (let at = 0; at < code.length; at += 1) {
    const sign = code[at] ?? '';
    const end = skip(code, at);
    if (end > at) {
      if (sign !== '/') depth.begin();
      at = end - 1;
      continue;
    }
    NAME.lastIndex = at;
    const name = NAME.exec(code)?.[0];
    if (name !== undefined) {
      depth.word(name);
      at += name.length - 1;
    } else if ('([{'.includes(sign)) depth.enter();
    else if (')]}'.includes(sign)) {
      depth.exit();
      ELSE.lastIndex = at + 1;
      if (sign === '}' && !ELSE.test(code)) depth.leave();
    } else if (sign === ';' || sign === ',') {
      depth.begin();
      depth.leave();
    } else if (sign === '\n' && endsStatement(code, at)) depth.leave();
    else if ('+-*/%&|^!~?:=<>.`'.includes(sign)) depth.add();
    if (depth.total > MAX_DEPTH) return at;
  }
  return undefined;
}
