import hljs from 'highlight.js/lib/common';
import julia from 'highlight.js/lib/languages/julia';
import latex from 'highlight.js/lib/languages/latex';
import { escapeHtml } from '../html.ts';

hljs.registerLanguage('julia', julia);
hljs.registerLanguage('latex', latex);

/** What a cell magic says that the rest of the cell is written in. */
const MAGIC_LANGUAGES: Readonly<Record<string, string>> = {
  bash: 'bash',
  sh: 'bash',
  script: 'bash',
  html: 'xml',
  svg: 'xml',
  javascript: 'javascript',
  js: 'javascript',
  typescript: 'typescript',
  ts: 'typescript',
  css: 'css',
  markdown: 'markdown',
  latex: 'latex',
  python: 'python',
  python3: 'python',
  json: 'json',
  sql: 'sql',
};
/** `%magic`, `!shell`: line commands, not code. */
const COMMAND_LINE = /^\s*(%(?!%)[A-Za-z]|!(?!=)\s*[\w./~$"'-])/;

/** Code as HTML with highlight.js's classes; in a language it does not know, as plain text. */
export function highlight(code: string, language: string): string {
  if (hljs.getLanguage(language) === undefined) return escapeHtml(code);
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}

/** A code cell: like {@link highlight}, with `%%magic`, `%magic` and `!shell` lines seen for what they are. */
export function highlightCell(source: string, language: string): string {
  const magic = /^\s*%%(\S+)[^\n]*(\n|$)/.exec(source);
  if (magic !== null) {
    const [head, name = ''] = magic;
    return meta(head) + highlightLines(source.slice(head.length), MAGIC_LANGUAGES[name] ?? language);
  }
  return highlightLines(source, language);
}

function highlightLines(source: string, language: string): string {
  const lines = source.split('\n');
  if (!lines.some((line) => COMMAND_LINE.test(line))) return highlight(source, language);
  const code = lines.map((line) => (COMMAND_LINE.test(line) ? '' : line)).join('\n');
  let depth = 0;
  const highlighted = highlight(code, language).split('\n');
  return highlighted
    .map((html, i) => {
      // Inside a comment or a template string the line is text, whatever it begins with.
      const inside = depth > 0;
      depth += (html.match(/<span/g)?.length ?? 0) - (html.match(/<\/span>/g)?.length ?? 0);
      const line = lines[i] ?? '';
      if (!COMMAND_LINE.test(line)) return html;
      return (inside ? escapeHtml(line) : highlightCommand(line)) + html;
    })
    .join('\n');
}

function highlightCommand(line: string): string {
  const [lead = ''] = /^\s*/.exec(line) ?? [];
  const command = line.slice(lead.length);
  return command.startsWith('!')
    ? `${lead}${meta('!')}${highlight(command.slice(1), 'bash')}`
    : lead + meta(command);
}

function meta(text: string): string {
  return `<span class="hljs-meta">${escapeHtml(text)}</span>`;
}
