import { callText, type Description, optionText } from '../../core/description.ts';
import { escapeHtml } from '../markup/values.ts';
import type { MimeBundle } from '../types.ts';
import { pairsMarkup } from './pairs.ts';

/** A transform: the steps of a chain in order, with their options. */
export function transformBundle(transform: object, { name, parts, partNames }: Description): MimeBundle {
  const text = callText(transform);
  if (!parts || (name !== 'chain' && !partNames)) return { 'text/plain': text };
  const texts = parts.map((part, at) => `${partNames ? `${partNames[at]}: ` : ''}${callText(part)}`);
  const steps = texts.map((step) => `<li><code>${escapeHtml(step)}</code></li>`);
  const relation = partNames ? 'each for its group' : 'one after the other';
  const count = `${parts.length} transform${parts.length === 1 ? '' : 's'}, ${relation}`;
  const html =
    `<div class="descent-object"><b>${escapeHtml(name)}</b> <span style="opacity:.7">${count}</span>` +
    `<ol style="margin:2px 0;padding-left:2em">${steps.join('')}</ol></div>`;
  const lines = texts.map((step, at) => `  ${at + 1}. ${step}`);
  return { 'text/html': html, 'text/plain': [`${name} of ${count}:`, ...lines].join('\n') };
}

/** A loss: its formula, and its options with what they are when left out. */
export function lossBundle({ name, formula, options, parameters = [] }: Description): MimeBundle {
  const given = Object.entries(options).map(
    ([key, value]) => [key, value === undefined ? 'none' : optionText(value)] as const,
  );
  const called = `(${parameters.join(', ')})`;
  const list = given.map(([key, value]) => `${key}: ${value}`).join(', ');
  return {
    'text/html': pairsMarkup(name, called, [['formula', formula ?? ''], ...given]),
    'text/plain': `${name}${called}\n  = ${formula}\n  options: { ${list} }`,
  };
}
