import { isA, isList } from './inspect.ts';
import { joinPieces, type Piece } from './markdown/join.ts';
import { isNothing, valueText } from './markup/values.ts';
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
 * Markdown from a template; interpolated strings show literally: in text, code, formulas and tags.
 *
 * Values of `md` and `html` are inserted as they are, arrays are joined, `null`, `undefined` and `false` are
 * empty. The template's common indentation is removed. Backslashes are those of a JavaScript string: write
 * `\\alpha`, or pass `String.raw` text to the function. A string in a formula is text as well: insert TeX
 * as `md(String.raw`\alpha`)`.
 *
 * @param source the template, or a string of Markdown
 * @param values the interpolated values; in a tag outside the value of an attribute only those of `md` and
 *   `html` and empty ones
 * @returns a displayable; `String(…)` gives its source
 * @throws TypeError for a value that is not allowed where it stands
 * @example
 * md`The loss fell to **${0.25}** with $\\eta = ${0.1}$, set by \`${'learning_rate'}\`.`
 */
export function md(source: TemplateStringsArray | string, ...values: unknown[]): Markdown {
  if (typeof source === 'string') return new Fragment(source);
  const parts = source.map((part, index) => part ?? source.raw[index] ?? '');
  const indent = commonIndent(parts);
  const lines = parts.map((part) => part.replaceAll(`\n${indent}`, '\n'));
  const pieces = lines.flatMap((part, index) => [
    part,
    ...(index < values.length ? valuePieces(values[index]) : []),
  ]);
  return new Fragment(joinPieces(pieces).trim());
}

function commonIndent(parts: readonly string[]): string {
  const indents = [...parts.join('x').matchAll(/\n([^\S\n]*)(?=\S)/g)].map((match) => match[1] ?? '');
  return indents.reduce(
    (shortest, next) => (next.length < shortest.length ? next : shortest),
    indents[0] ?? '',
  );
}

function valuePieces(value: unknown, ancestors: readonly unknown[] = []): Piece[] {
  if (isList(value)) {
    if (ancestors.includes(value)) return [{ literal: '[Circular]' }];
    return value.flatMap((item) => valuePieces(item, [...ancestors, value]));
  }
  const isSource =
    isA(value, Fragment) || isHtml(value) || typeof value === 'number' || typeof value === 'bigint';
  if (isSource) return [String(value)];
  return isNothing(value) ? [] : [{ literal: valueText(value) }];
}
