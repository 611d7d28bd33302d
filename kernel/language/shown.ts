import type { Description } from '../engine/protocol.ts';
import type { Written } from './written.ts';

const escapeHtml = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

/** A description as a front-end shows it; with `detail`, a function's source in place of its signature. */
export function shown(
  expression: string,
  found: Description & Partial<Written>,
  detail: 0 | 1,
): Record<string, string> {
  const kind = found.className && found.type !== 'function' ? found.className : found.type;
  const native = found.source?.includes('[native code]') ?? false;
  const brief = found.signature ?? found.source?.split('\n', 1)[0] ?? found.preview;
  const source = detail === 1 && found.source !== undefined && !native ? found.source : undefined;
  const body = source ?? brief;
  // The source has its comment before it.
  const about = source === undefined ? (found.documentation ?? '') : '';
  const text = about === '' ? '' : `\n\n${about}`;
  const paragraphs = about === '' ? [] : about.split(/\n{2,}/);
  return {
    'text/plain': `${expression}: ${kind}\n${body}${text}`,
    'text/markdown': `**\`${expression}\`**: ${kind}\n\n\`\`\`typescript\n${body}\n\`\`\`${text}`,
    'text/html': `<p><code>${escapeHtml(expression)}</code>: ${escapeHtml(kind)}</p><pre>${escapeHtml(body)}</pre>${paragraphs.map((part) => `<p>${escapeHtml(part)}</p>`).join('')}`,
  };
}
