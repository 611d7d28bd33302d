import { outputChannel } from '../channel.ts';
import { cut, messageOf } from '../inspect.ts';
import { escapeHtml } from '../markup/values.ts';
import { isPlain } from '../plain.ts';
import type { MimeBundle } from '../types.ts';

/** Longer lists, of rows above all, are cut. */
const mostItems = 5;
const mostLines = 300;
const longestText = 120;

const box = 'max-height: 24em; overflow: auto; margin: 0.3em 0; font-size: 12px; line-height: 1.35';
const mark = 'font-weight: bold; border-left: 3px solid #d55e00; padding-left: 4px; margin-left: -7px';

interface Line {
  readonly text: string;
  /** Whether it is the part that the error names. */
  readonly isNamed: boolean;
}

/**
 * Show a spec that does not work in the notebook, as folded JSON that marks the part which the error names.
 * A console has no use for it: it shows a line of text, and outside of a notebook nothing is shown.
 */
export function showSpec(spec: unknown, error: unknown): void {
  const channel = outputChannel();
  if (!channel.isConsole) channel.display(foldedSpec(spec, messageOf(error)), { metadata: {} });
}

/** The bundle of a spec about which there is an error message. */
export function foldedSpec(spec: unknown, message: string): MimeBundle {
  const lines = linesOf(spec, pathIn(message));
  const shown = lines.slice(0, mostLines);
  const code = shown.map(({ text, isNamed }) => {
    const escaped = escapeHtml(text);
    return isNamed ? `<span style="${mark}">${escaped}</span>` : escaped;
  });
  if (lines.length > mostLines) code.push(`… ${lines.length - mostLines} more lines`);
  const summary = '<summary style="cursor: pointer">The spec of the chart</summary>';
  const text = shown.map((line) => line.text.trim()).join(' ');
  return {
    'text/html': `<details>${summary}<pre style="${box}; padding-left: 8px">${code.join('\n')}</pre></details>`,
    'text/plain': `The spec of the chart: ${cut(text, longestText)}`,
  };
}

/** The place that a message of vegaLite begins with, as in `encoding.x.type is 'quantitive'`. */
function pathIn(message: string): string {
  const [, path = ''] =
    /^vegaLite: (?:the \w+ of )?([\w$]+(?:\.[\w$]+|\[\d+\])*)(?= is | has |: )/.exec(message) ?? [];
  return path;
}

function linesOf(value: unknown, named: string, path = '', before = '', indent = ''): Line[] {
  const isNamed = path !== '' && path === named;
  const isList = Array.isArray(value);
  if (!isList && !isPlain(value)) return [{ text: `${indent}${before}${shortJson(value)}`, isNamed }];
  const entries = Object.entries(value);
  const [open, close] = isList ? '[]' : '{}';
  const holdsNamed = path === '' || named.startsWith(`${path}.`) || named.startsWith(`${path}[`);
  const flat = holdsNamed ? undefined : flatJson(value);
  if (flat !== undefined) return [{ text: `${indent}${before}${flat}`, isNamed }];
  const deeper = `${indent}  `;
  const kept = isList ? entries.slice(0, mostItems) : entries;
  const rest = entries.length - kept.length;
  const inner = kept.flatMap(([key, item], index) => {
    const at = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const lines = linesOf(item, named, at, isList ? '' : `${JSON.stringify(key)}: `, deeper);
    return index < entries.length - 1 ? withComma(lines) : lines;
  });
  if (rest > 0) inner.push({ text: `${deeper}… ${rest} more`, isNamed: false });
  const last = { text: `${indent}${close}`, isNamed: false };
  return [{ text: `${indent}${before}${open}`, isNamed }, ...inner, last];
}

function withComma(lines: readonly Line[]): Line[] {
  return lines.map((line, index) => (index === lines.length - 1 ? { ...line, text: `${line.text},` } : line));
}

function shortJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return json.length > longestText ? `${cut(json, longestText)}"` : json;
}

/** Small lists and objects fit on one line. */
function flatJson(value: object): string | undefined {
  if (Object.values(value).length > 12) return undefined;
  const text = inline(value);
  return text.length <= 72 ? text : undefined;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isPlain(value)) return shortJson(value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
