/** A formula found in a text: `tex` without its delimiters, `end` after the closing one. */
export interface MathSpan {
  readonly end: number;
  readonly tex: string;
  readonly display: boolean;
}

/** Longer formulas are not looked for, so that a stray delimiter costs little. */
const MAX_LENGTH = 20_000;

/** The formula that starts exactly at `start`, if there is one. */
export function matchMath(text: string, start: number): MathSpan | undefined {
  const char = text[start];
  if (char === '$')
    return text[start + 1] === '$' ? matchDoubleDollar(text, start) : matchDollar(text, start);
  if (char !== '\\') return undefined;
  return matchBracket(text, start) ?? matchEnvironment(text, start);
}

function matchDoubleDollar(text: string, start: number): MathSpan | undefined {
  const close = findClose(text, start + 2, '$$');
  if (close === undefined) return undefined;
  const tex = text.slice(start + 2, close);
  return tex.trim() === '' ? undefined : { end: close + 2, tex, display: true };
}

/**
 * `$…$`. Amounts of money stay text: a space after the opening dollar or before the closing one, or
 * a letter or digit outside next to either, makes a formula only of what is plainly TeX.
 */
function matchDollar(text: string, start: number): MathSpan | undefined {
  const close = findClose(text, start + 1, '$');
  if (close === undefined) return undefined;
  const tex = text.slice(start + 1, close);
  if (tex.trim() === '' || tex.includes('`') || /\n\s*\n/.test(tex)) return undefined;
  const spaced = /^\s|\s$/.test(tex);
  const touching = /[A-Za-z0-9]/.test(text[start - 1] ?? '') || /[0-9]/.test(text[close + 1] ?? '');
  const unbalanced = /^\s/.test(tex) !== /\s$/.test(tex);
  const plainlyTex = /\\[A-Za-z]|[\^_{}]|^\s*[A-Za-z]\s*$/.test(tex);
  if ((spaced || touching) && (unbalanced || !plainlyTex)) return undefined;
  return { end: close + 1, tex, display: false };
}

/** `\(…\)` and `\[…\]`, also with doubled backslashes, as older notebooks write them. */
function matchBracket(text: string, start: number): MathSpan | undefined {
  const opening = /^\\{1,2}[([]/.exec(text.slice(start, start + 3))?.[0];
  if (opening === undefined) return undefined;
  const display = opening.endsWith('[');
  const closing = opening.slice(0, -1) + (display ? ']' : ')');
  const from = start + opening.length;
  const close = text.slice(from, from + MAX_LENGTH).indexOf(closing);
  if (close === -1) return undefined;
  const tex = text.slice(from, from + close);
  const end = from + close + closing.length;
  // `\[text\](address)` is a Markdown link with its brackets escaped.
  const link = display && text[end] === '(';
  return tex.trim() === '' || link || tex.includes('`') ? undefined : { end, tex, display };
}

/** `\begin{name}…\end{name}`, nested environments of the same name included. */
function matchEnvironment(text: string, start: number): MathSpan | undefined {
  const name = /^\\begin\{([A-Za-z]+\*?)\}/.exec(text.slice(start, start + 40))?.[1];
  if (name === undefined) return undefined;
  const ends = new RegExp(`\\\\(begin|end)\\{${name.replace('*', '\\*')}\\}`, 'g');
  const window = text.slice(start, start + MAX_LENGTH);
  let depth = 0;
  for (const found of window.matchAll(ends)) {
    depth += found[1] === 'begin' ? 1 : -1;
    if (depth > 0) continue;
    const length = found.index + found[0].length;
    return { end: start + length, tex: window.slice(0, length), display: true };
  }
  return undefined;
}

/** The next unescaped `mark` outside braces; a lone dollar inside `$$…$$` is passed over. */
function findClose(text: string, from: number, mark: '$' | '$$'): number | undefined {
  let depth = 0;
  const limit = Math.min(text.length, from + MAX_LENGTH);
  for (let i = from; i < limit; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (char === '$' && depth <= 0 && text.startsWith(mark, i)) return i;
  }
  return undefined;
}
