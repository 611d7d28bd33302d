import { cut, shortText } from '../inspect.ts';
import { isPlain, type Plain } from './plain.ts';
import { allowedText } from './suggest.ts';
import type { Rows } from './views.ts';

const channels = [
  ...'x y x2 y2 xOffset yOffset xError xError2 yError yError2 theta theta2 radius radius2'.split(' '),
  ...'longitude latitude longitude2 latitude2 color fill stroke opacity fillOpacity strokeOpacity'.split(' '),
  ...'strokeWidth strokeDash size shape angle text tooltip href url description detail key order'.split(' '),
  ...'facet row column time'.split(' '),
];
const types = ['quantitative', 'temporal', 'ordinal', 'nominal', 'geojson'];
const aggregates = [
  ...'argmax argmin average ci0 ci1 count distinct exponential exponentialb max mean median min'.split(' '),
  ...'missing product q1 q3 stderr stdev stdevp sum valid values variance variancep'.split(' '),
];
const scales = [
  ...'band bin-ordinal identity linear log ordinal point pow quantile quantize sequential sqrt'.split(' '),
  ...'symlog threshold time utc'.split(' '),
];

/** Check one encoding; throws a TypeError that names the place, what is there and what is allowed. */
export function checkEncoding(encoding: Plain, path: string, rows: Rows): void {
  for (const [channel, definition] of Object.entries(encoding)) {
    if (!channels.includes(channel)) {
      throw new TypeError(`vegaLite: ${path} has '${channel}'; ${allowedText(channel, channels)}`);
    }
    for (const part of Array.isArray(definition) ? definition : [definition]) {
      if (isPlain(part)) checkDefinition(part, `${path}.${channel}`, rows);
    }
  }
}

function checkDefinition(definition: Plain, path: string, rows: Rows): void {
  const { type, aggregate, scale, field } = definition;
  checkName(typeof type === 'string' && type.length === 1 ? undefined : type, types, `${path}.type`);
  checkName(isPlain(aggregate) ? undefined : aggregate, aggregates, `${path}.aggregate`);
  checkName(isPlain(scale) ? scale.type : undefined, scales, `${path}.scale.type`);
  if (typeof field === 'string') checkField(field, path, rows);
}

function checkName(value: unknown, allowed: readonly string[], path: string): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'string' && allowed.includes(value.toLowerCase())) return;
  throw new TypeError(`vegaLite: ${path} is ${shortText(value)}; ${allowedText(value, allowed)}`);
}

function checkField(field: string, path: string, rows: Rows): void {
  if (rows === 'unknown') return;
  if (rows === 'none') {
    throw new TypeError(`vegaLite: ${path}.field is '${field}', but the spec has no data`);
  }
  if (rows.length === 0 || /[.[\\]/.test(field) || rows.some((row) => hasField(row, field))) return;
  const present = isPlain(rows[0]) ? Object.keys(rows[0]) : ['data'];
  const names = cut(present.join(', '), 200);
  throw new TypeError(`vegaLite: ${path}.field is '${field}', which no row has; the fields are ${names}`);
}

function hasField(row: unknown, field: string): boolean {
  return isPlain(row) ? Object.hasOwn(row, field) : field === 'data';
}
