import { isPlain, type Plain } from '../plain.ts';
import { channelsOf, viewsOf } from './views.ts';

/** What a reader should know of a chart that has nothing to show. */
export function emptyRemarks(spec: Plain): string[] {
  const isEmpty = [...viewsOf(spec)].some(({ view, rows }) => 'data' in view && rows.length === 0);
  return isEmpty ? ['the data has no rows'] : [];
}

/**
 * A single zero spoils a logarithmic axis: log 0 is infinite, and nothing of the chart is drawn. Such values
 * become missing in the views that show their field on a log scale. Returns a remark for each field.
 */
export function hideFromLogScales(spec: Plain): string[] {
  const remarks: string[] = [];
  for (const { view, rows } of [...viewsOf(spec)]) {
    if (!Array.isArray(rows)) continue;
    const fields = channelsOf(view).flatMap(([, definition]) => logField(definition));
    for (const field of new Set(fields)) {
      const hidden = rows.filter((row) => isPlain(row) && isHidden(row[field])).length;
      if (hidden === 0) continue;
      const name = JSON.stringify(field);
      const before = Array.isArray(view.transform) ? view.transform : [];
      view.transform = [...before, { calculate: `datum[${name}] > 0 ? datum[${name}] : null`, as: field }];
      remarks.push(
        `${hidden} of ${rows.length} values of ${name} are not positive: a log scale cannot show them`,
      );
    }
  }
  return remarks;
}

function logField({ field, scale, aggregate }: Plain): string[] {
  const isLog = isPlain(scale) && scale.type === 'log' && aggregate === undefined;
  return isLog && typeof field === 'string' && !/[.[\\]/.test(field) ? [field] : [];
}

function isHidden(value: unknown): boolean {
  return typeof value === 'number' && value <= 0;
}

/**
 * Whether a warning of Vega says nothing about the chart: it reports an infinite extent also for a part
 * without rows, such as the outliers of a box plot that has none, or of all of them, which is said already, and that colours which we gave to names share
 * their legend with dashes.
 */
export function isIdle(warning: string, spec: Plain): boolean {
  if (warning.startsWith('Unioning discrete legend values')) return true;
  const field = /^Infinite extent for field "(.*?)"/.exec(warning)?.[1];
  if (field === undefined) return false;
  const hasNumber = (row: unknown): boolean => isPlain(row) && Number.isFinite(row[field]);
  const lists = [...viewsOf(spec)].flatMap(({ rows }) => (Array.isArray(rows) ? [rows] : []));
  const isEmpty = lists.length > 0 && lists.every((rows) => rows.length === 0);
  return isEmpty || lists.some((rows) => rows.some(hasNumber));
}
