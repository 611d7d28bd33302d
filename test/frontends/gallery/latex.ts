import { escapeHtml } from '../../../kernel/html.ts';

const MARKUP =
  /\\textcolor\{\w+\}|\\(?:def|begin|end|prompt|hspace|tightlist|toprule|midrule|endhead|bottomrule|endlastfoot|noalign)\b[^\n]*/g;

/** The parts of a document by nbconvert that hold what each code cell has put out. */
export function outputsOf(tex: string): string[] {
  const cells = tex.split(/\\prompt\{In\}\{incolor\}\{\d+\}/).slice(1);
  return cells.map((cell) => {
    const input = '\\end{tcolorbox}';
    const output = cell.slice(cell.indexOf(input) + input.length);
    // The box of the next cell's input opens before its prompt.
    const next = output.lastIndexOf('\\begin{tcolorbox}[breakable, size=fbox, boxrule=1pt');
    const end = next < 0 ? output.indexOf('% Add a bibliography block') : next;
    return output.slice(0, end < 0 ? undefined : end);
  });
}

function plain(tex: string): string {
  return tex
    .replace(MARKUP, '')
    .replace(/\{?\\textbackslash\{?\}?/g, '\\')
    .replace(/\\([{}$&#%_])/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A stand-in for the printed page: the pictures and the words of one cell's output. */
export function outputPage(tex: string): string {
  return tex
    .split(/\\adjustimage\{max size=[^\n]*\}\{([^}\n]+\.png)\}/)
    .map((part, at) => {
      if (at % 2 === 1) return `<img src="${escapeHtml(part)}">`;
      const text = plain(part);
      return text === '' ? '' : `<pre>${escapeHtml(text)}</pre>`;
    })
    .join('\n');
}
