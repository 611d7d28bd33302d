import { isA, isList } from './inspect.ts';
import { valueText } from './markup/values.ts';
import { isHtml } from './markup.ts';
import { type Displayable, displaySymbol, type MimeBundle } from './types.ts';

/** A piece of Markdown that a notebook shows and that other `md` templates insert as it is. */
export interface Markdown extends Displayable {
  readonly source: string;
  toString(): string;
}

class Fragment implements Markdown {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }

  [displaySymbol](): MimeBundle {
    return { 'text/markdown': this.source, 'text/plain': this.source };
  }
}

/**
 * Markdown from a template; interpolated strings show literally.
 *
 * Values of `md` and `html` are inserted as they are, arrays are joined, `null`, `undefined` and `false` are
 * empty. The template's common indentation is removed. Backslashes are those of a JavaScript string: write
 * `\\alpha`, or pass `String.raw` text to the function.
 *
 * @param source the template, or a string of Markdown
 * @param values the interpolated values
 * @returns a displayable; `String(…)` gives its source
 * @example
 * md`The loss fell to **${0.25}** with $\\eta = ${0.1}$.`
 */
export function md(source: TemplateStringsArray | string, ...values: unknown[]): Markdown {
  if (typeof source === 'string') return new Fragment(source);
  const parts = source.map((part, index) => part ?? source.raw[index] ?? '');
  const indent = commonIndent(parts);
  const lines = parts.map((part) => part.replaceAll(`\n${indent}`, '\n'));
  const text = lines.map((part, index) => part + (index < values.length ? valueMarkdown(values[index]) : ''));
  return new Fragment(text.join('').trim());
}

function commonIndent(parts: readonly string[]): string {
  const indents = [...parts.join('x').matchAll(/\n([^\S\n]*)(?=\S)/g)].map((match) => match[1] ?? '');
  return indents.reduce(
    (shortest, next) => (next.length < shortest.length ? next : shortest),
    indents[0] ?? '',
  );
}

function valueMarkdown(value: unknown, ancestors: readonly unknown[] = []): string {
  if (isList(value)) {
    if (ancestors.includes(value)) return '\\[Circular\\]';
    return value.map((item) => valueMarkdown(item, [...ancestors, value])).join('');
  }
  if (isA(value, Fragment) || isHtml(value)) return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return escapeMarkdown(valueText(value));
}

/**
 * Numbers above stay as they are, since `\.` and `\-` mean something else inside a formula. Line breaks
 * become blanks: a list, a heading or indented code can then only begin where the value begins.
 */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ')
    .replace(/[\\`*_[\]{}()#|~$!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^(\s*)([-+=:])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}
