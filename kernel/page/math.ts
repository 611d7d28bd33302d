import katex from 'katex';
import { escapeHtml, unescapeHtml } from '../html.ts';
import { type MathSpan, matchMath } from './mathSpan.ts';

/** Renders the formulas of one page: macros that a formula defines hold for those after it. */
export interface MathRenderer {
  render(tex: string, display: boolean): string;
  /** Every formula rendered so far, for the choice of fonts. */
  readonly rendered: readonly string[];
}

type Macros = Record<string, string | object | ((expander: object) => string | object)>;

export function createMath(): MathRenderer {
  const macros: Macros = { '\\ref': '\\text{#1}', '\\eqref': '(\\text{#1})' };
  const rendered: string[] = [];
  const render = (tex: string, display: boolean): string => {
    const html = renderTex(tex, display, macros);
    rendered.push(html);
    return html;
  };
  return { render, rendered };
}

function renderTex(tex: string, display: boolean, macros: Macros): string {
  try {
    const html = typeset(tex, display, macros);
    return display ? `<span class="math-box">${html}</span>` : html;
  } catch (error) {
    return failed(tex, display, error);
  }
}

function typeset(tex: string, displayMode: boolean, macros: Macros): string {
  const options = {
    displayMode,
    macros,
    globalGroup: true,
    strict: 'ignore',
    maxSize: 60,
    trust: mayLink,
  } as const;
  const source = adapt(tex.trim());
  try {
    return katex.renderToString(source, options);
  } catch (error) {
    // A page shares its macros as MathJax does, where defining one again is no error.
    if (!/redefine/.test(String(error))) throw error;
    return katex.renderToString(source.replace(/\\newcommand\b/g, '\\renewcommand'), options);
  }
}

const PROTOCOLS = new Set(['http', 'https', 'mailto', '_relative']);

function mayLink({ command, protocol }: { command: string; protocol?: string }): boolean {
  return (command === '\\href' || command === '\\url') && PROTOCOLS.has(protocol ?? '');
}

/** What MathJax accepts and KaTeX does not: labels, eqnarray, multline. */
function adapt(tex: string): string {
  return tex
    .replace(/\\label\{[^{}]*\}/g, '')
    .replace(/\\begin\{eqnarray\*?\}/g, '\\begin{array}{rcl}')
    .replace(/\\end\{eqnarray\*?\}/g, '\\end{array}')
    .replace(/\\(begin|end)\{multline(\*?)\}/g, '\\$1{gather$2}');
}

function failed(tex: string, display: boolean, error: unknown): string {
  const reason = error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : String(error);
  const note = `<code class="math-error" title="${escapeHtml(reason)}">${escapeHtml(tex.trim())}</code>`;
  return display ? `<span class="math-box">${note}</span>` : note;
}

const VERBATIM =
  /<(script|style|pre|code|textarea|svg|math)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->|<(?:"[^"]*"|'[^']*'|[^'">])*>/gi;

/** Typesets the formulas in the text of an HTML fragment; tags, code and scripts stay as they are. */
export function renderMathInHtml(html: string, math: MathRenderer): string {
  if (!/\$|\\[([]|\\begin\{/.test(html)) return html;
  let result = '';
  let last = 0;
  for (const found of html.matchAll(VERBATIM)) {
    result += renderMathInText(html.slice(last, found.index), math) + found[0];
    last = found.index + found[0].length;
  }
  return result + renderMathInText(html.slice(last), math);
}

function renderMathInText(html: string, math: MathRenderer): string {
  let result = '';
  let last = 0;
  for (const { start, span } of findMath(html)) {
    result += html.slice(last, start) + math.render(unescapeHtml(span.tex), span.display);
    last = span.end;
  }
  return result + html.slice(last);
}

/** Every formula of a text, in order. */
export function* findMath(text: string): Generator<{ start: number; span: MathSpan }> {
  const candidate = /[$\\]/g;
  for (let found = candidate.exec(text); found !== null; found = candidate.exec(text)) {
    const span = matchMath(text, found.index);
    if (span !== undefined) {
      yield { start: found.index, span };
      candidate.lastIndex = span.end;
    } else if (text[found.index] === '\\') {
      candidate.lastIndex = found.index + 2;
    }
  }
}
