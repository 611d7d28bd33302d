import { callText, type Description, optionText } from '../../core/description.ts';
import { escapeHtml } from '../markup/values.ts';
import type { MimeBundle } from '../types.ts';
import { pairsMarkup } from './pairs.ts';

/** A transform: the steps of a chain in order, with their options. */
export function transformBundle(transform: object, { name, parts }: Description): MimeBundle {
  const text = callText(transform);
  if (!parts) return { 'text/plain': text };
  const steps = parts.map((part) => `<li><code>${escapeHtml(callText(part))}</code></li>`);
  const count = `${parts.length} transform${parts.length === 1 ? '' : 's'}, one after the other`;
  const html =
    `<div class="descent-object"><b>${escapeHtml(name)}</b> <span style="opacity:.7">${count}</span>` +
    `<ol style="margin:2px 0;padding-left:2em">${steps.join('')}</ol></div>`;
  const lines = parts.map((part, at) => `  ${at + 1}. ${callText(part)}`);
  return { 'text/html': html, 'text/plain': [`${name} of ${count}:`, ...lines].join('\n') };
}

/** A loss: its formula, and its options with what they are when left out. */
export function lossBundle(loss: unknown, { name, formula, options }: Description): MimeBundle {
  const given = Object.entries(options).map(
    ([key, value]) => [key, value === undefined ? 'none' : optionText(value)] as const,
  );
  const parameters = typeof loss === 'function' ? argumentNames(loss) : '';
  const list = given.map(([key, value]) => `${key}: ${value}`).join(', ');
  return {
    'text/html': pairsMarkup(name, `(${parameters}, options)`, [['formula', formula ?? ''], ...given]),
    'text/plain': `${name}(${parameters}, options)\n  = ${formula}\n  options: { ${list} }`,
  };
}

/** The names of the arguments before the options. */
function argumentNames(loss: object): string {
  const [, list = ''] = /\(([^)]*)/.exec(Function.prototype.toString.call(loss)) ?? [];
  const names = list.split(',').map((name) => name.trim());
  return names.filter((name) => /^\w+$/.test(name)).join(', ');
}
