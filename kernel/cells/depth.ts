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

/**
 * Where code gets deeper than the parser bears, undefined where it does not. Counts open brackets and,
 * in each, the operators of the running expression, for `1 + 1 + …` is as deep as it is long.
 */
export function tooDeep(code: string): number | undefined {
  if (code.length < SHORT) return undefined;
  const open = [0];
  let depth = 0;
  const leave = (): void => {
    depth -= open.at(-1) ?? 0;
    open[open.length - 1] = 0;
  };
  for (let at = 0; at < code.length; at += 1) {
    const end = skip(code, at);
    if (end > at) {
      at = end - 1;
      continue;
    }
    const sign = code[at] ?? '';
    if ('([{'.includes(sign)) {
      depth += 1;
      open[open.length - 1] = (open.at(-1) ?? 0) + 1;
      open.push(0);
    } else if (')]}'.includes(sign)) {
      leave();
      if (open.length > 1) open.pop();
      if (sign === '}') leave();
    } else if (sign === ';' || sign === ',' || (sign === '\n' && endsStatement(code, at))) leave();
    else if ('+-*/%&|^!~?:=<>.`'.includes(sign)) {
      depth += 1;
      open[open.length - 1] = (open.at(-1) ?? 0) + 1;
    }
    if (depth > MAX_DEPTH) return at;
  }
  return undefined;
}
