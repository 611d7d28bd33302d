import { escapeHtml } from '../markup/values.ts';

/** A name and its value. */
export type Pair = readonly [name: string, value: string];

/** A small table of names and values below a title, as for the options of an optimizer. */
export function pairsMarkup(title: string, subtitle: string, pairs: readonly Pair[]): string {
  const quiet = 'opacity:.7';
  const name = `padding:1px 14px 1px 0;text-align:left;font-weight:normal;vertical-align:top;${quiet}`;
  const rows = pairs.map(
    ([key, value]) =>
      `<tr><th scope="row" style="${name}">${escapeHtml(key)}</th>` +
      `<td style="padding:1px 0;text-align:left;font-variant-numeric:tabular-nums">${escapeHtml(value)}</td></tr>`,
  );
  const head = `<b>${escapeHtml(title)}</b> <span style="${quiet}">${escapeHtml(subtitle)}</span>`;
  const table =
    rows.length === 0 ? '' : `<table style="border-collapse:collapse;margin:2px 0">${rows.join('')}</table>`;
  return `<div class="descent-object">${head}${table}</div>`;
}
