import { escapeHtml } from '../markup/values.ts';

/** A name and its value. */
export type Pair = readonly [name: string, value: string];

/** Names and values below a title, as for the options of an optimizer. */
export function pairsMarkup(title: string, subtitle: string, pairs: readonly Pair[]): string {
  const quiet = 'opacity:.7';
  const longest = Math.min(20, Math.max(0, ...pairs.map(([name]) => name.length)));
  // No table: sanitised pages write parts of those out as text.
  const name = `flex:none;width:${(0.6 * longest + 1).toFixed(1)}em;overflow-wrap:anywhere;${quiet}`;
  const rows = pairs.map(
    ([key, value]) =>
      `<div style="display:flex"><span style="${name}">${escapeHtml(key)} </span>` +
      `<span style="font-variant-numeric:tabular-nums">${escapeHtml(value)}</span></div>`,
  );
  const head = `<div><b>${escapeHtml(title)}</b> <span style="${quiet}">${escapeHtml(subtitle)}</span></div>`;
  return `<div class="descent-object">${head}${rows.join('')}</div>`;
}
