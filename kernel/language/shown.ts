import type { Description } from '../engine/protocol.ts';
import { escapeHtml } from '../html.ts';
import type { Documentation } from './documentation.ts';
import type { TypedHover } from './hover.ts';
import type { Written } from './written.ts';

type Found = Description & Partial<Written>;

/** What is to be shown, in the order in which it is. */
interface Parts {
  /** What it is in a word, where the signature does not say so. */
  title?: string;
  signature: string;
  documentation: Documentation;
  /** A short preview. */
  value?: string;
  source?: string;
}

/**
 * What is known of a name, from its types and from its value, as a front-end shows it; with `detail`, a
 * function's source too.
 */
export function shown(
  expression: string,
  found: Found | undefined,
  detail: 0 | 1,
  typed: TypedHover | undefined,
): Record<string, string> {
  const parts = typed ? typedParts(typed, found) : liveParts(expression, found as Found);
  const native = found?.source?.includes('[native code]') ?? false;
  if (detail === 1 && found?.source !== undefined && !native) {
    parts.source = found.source;
    // The source has its comment before it.
    if (!typed) parts.documentation = NONE;
  }
  return { 'text/plain': plain(parts), 'text/markdown': markdown(parts), 'text/html': html(parts) };
}

function typedParts({ signature, documentation }: TypedHover, found: Found | undefined): Parts {
  const parts: Parts = { signature, documentation };
  if (!found || found.type === 'function' || found.type === 'undefined') return parts;
  // A constant's type is its value now and then.
  const isSaid = signature.endsWith(`: ${found.preview}`);
  if (!isSaid && !/^(?:\(\w+\) )?(?:namespace|module|class|enum)\b/.test(signature))
    parts.value = found.preview;
  return parts;
}

function liveParts(expression: string, found: Found): Parts {
  const kind = found.className && found.type !== 'function' ? found.className : found.type;
  const signature = found.signature ?? found.source?.split('\n', 1)[0] ?? found.preview;
  return { title: `${expression}: ${kind}`, signature, documentation: asWritten(found.documentation ?? '') };
}

const NONE: Documentation = { markdown: '', html: '', text: '' };

/** A comment whose paragraphs are shown as they are. */
function asWritten(text: string): Documentation {
  const paragraphs = text === '' ? [] : text.split(/\n{2,}/);
  const html = paragraphs.map((part) => `<p>${escapeHtml(part)}</p>`).join('');
  return { markdown: text, html, text };
}

function plain({ title, signature, documentation, value, source }: Parts): string {
  const head = [title, source && title ? source : signature].filter((line) => line !== undefined).join('\n');
  const rest = [documentation.text, value && `Value: ${value}`, title ? undefined : source];
  return [head, ...rest].filter((part) => part).join('\n\n');
}

const fenced = (code: string): string => `\`\`\`typescript\n${code}\n\`\`\``;

function markdown({ title, signature, documentation, value, source }: Parts): string {
  const mark = value?.includes('`') ? '``' : '`';
  const parts = [
    title?.replace(/^(.*): /s, '**`$1`**: '),
    source && title ? undefined : fenced(signature),
    documentation.markdown,
    value && `Value: ${mark} ${value} ${mark}`,
    source && fenced(source),
  ];
  return parts.filter((part) => part).join('\n\n');
}

function html({ title, signature, documentation, value, source }: Parts): string {
  const parts = [
    title && `<p>${escapeHtml(title).replace(/^(.*): /s, '<code>$1</code>: ')}</p>`,
    source && title ? undefined : `<pre>${escapeHtml(signature)}</pre>`,
    documentation.html,
    value && `<p>Value: <code>${escapeHtml(value)}</code></p>`,
    source && `<pre>${escapeHtml(source)}</pre>`,
  ];
  return parts.filter((part) => part).join('');
}
