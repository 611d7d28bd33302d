import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import type { MathRenderer } from './math.ts';
import { findMath } from './math.ts';
import { matchMath } from './mathSpan.ts';

/** Stands for a `|` inside a formula while tables are split into cells. */
const PIPE = '\uE07C';
/** No block formula is longer. */
const MAX_LINES = 300;

/** Teaches a Markdown parser the formulas of Jupyter. */
export function addMath(md: MarkdownIt, math: MathRenderer): void {
  md.inline.ruler.before('escape', 'math', inlineMath);
  md.block.ruler.before('fence', 'math', blockMath, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  md.core.ruler.after('normalize', 'hide_pipes', (state) => {
    state.src = hidePipes(state.src);
  });
  md.core.ruler.after('block', 'show_pipes', (state) => {
    for (const token of state.tokens) token.content = token.content.replaceAll(PIPE, '|');
  });
  md.renderer.rules.math_inline = (tokens, i) =>
    math.render(tokens[i]!.content, tokens[i]!.markup === 'display');
  md.renderer.rules.math_block = (tokens, i) => `<p>${math.render(tokens[i]!.content, true)}</p>\n`;
}

function inlineMath(state: StateInline, silent: boolean): boolean {
  const span = matchMath(state.src, state.pos);
  if (span === undefined) return false;
  if (!silent) {
    const token = state.push('math_inline', 'math', 0);
    token.content = span.tex;
    token.markup = span.display ? 'display' : 'inline';
  }
  state.pos = span.end;
  return true;
}

/** A display formula that has its lines to itself: nothing in them is Markdown. */
function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (state.sCount[startLine]! - state.blkIndent >= 4) return false;
  const first = state.bMarks[startLine]! + state.tShift[startLine]!;
  const opening = state.src.slice(first, state.eMarks[startLine]!);
  if (!/^(\$\$|\\{1,2}\[|\\begin\{)/.test(opening)) return false;
  const text = linesFrom(state, startLine, endLine, /^(\$\$|\\{1,2}\[)\s*$/.test(opening));
  const span = matchMath(text, 0);
  if (span === undefined || !span.display) return false;
  if (!/^[ \t]*(\n|$)/.test(text.slice(span.end))) return false;
  if (silent) return true;
  const height = text.slice(0, span.end).split('\n').length;
  const token = state.push('math_block', 'math', 0);
  token.block = true;
  token.content = span.tex;
  token.map = [startLine, startLine + height];
  state.line = startLine + height;
  return true;
}

/** The source from a line on, without the marks of its container, to that container's end. */
function linesFrom(state: StateBlock, startLine: number, endLine: number, overBlanks: boolean): string {
  const limit = Math.min(endLine, startLine + MAX_LINES);
  let end = startLine + 1;
  while (end < limit) {
    const blank = state.isEmpty(end);
    if (blank ? !overBlanks : state.sCount[end]! < state.blkIndent) break;
    end++;
  }
  return state.getLines(startLine, end, state.blkIndent, false).trimStart();
}

function hidePipes(source: string): string {
  return source
    .split('\n')
    .map((line) => (line.includes('|') && /\$|\\\(/.test(line) ? hidePipesInLine(line) : line))
    .join('\n');
}

function hidePipesInLine(line: string): string {
  let result = '';
  let last = 0;
  for (const { start, span } of findMath(line)) {
    result += line.slice(last, start) + line.slice(start, span.end).replaceAll('|', PIPE);
    last = span.end;
  }
  return result + line.slice(last);
}
