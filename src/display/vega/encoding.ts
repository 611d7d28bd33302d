import { allowedText } from '../allowedText.ts';
import { readMember, shortText } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { isExpression } from './expressions.ts';
import { checkField } from './fields.ts';
import { isScheme, schemes } from './schemes.ts';
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
export function checkEncoding(encoding: unknown, path: string, rows: Rows): void {
  if (encoding === undefined) return;
  if (!isPlain(encoding)) {
    const example = "{ x: { field: 'epoch', type: 'quantitative' } }";
    throw new TypeError(
      `vegaLite: ${path} is ${shortText(encoding)}; allowed is an object of channels such as ${example}`,
    );
  }
  for (const [channel, definition] of Object.entries(encoding)) {
    if (!channels.includes(channel)) {
      throw new TypeError(`vegaLite: ${path} has '${channel}'; ${allowedText(channel, channels)}`);
    }
    for (const part of Array.isArray(definition) ? definition : [definition]) {
      checkPart(part, `${path}.${channel}`, rows);
    }
  }
}

function checkPart(part: unknown, path: string, rows: Rows): void {
  if (isPlain(part)) checkDefinition(part, path, rows);
  else if (part !== null && part !== undefined) {
    const value = shortText(part);
    const field = typeof part === 'string' ? `{ field: ${value}, type: '${typeOf(part, rows)}' } or ` : '';
    throw new TypeError(
      `vegaLite: ${path} is ${value}; allowed is an object, as in ${field}{ value: ${value} }`,
    );
  }
}

/** The type that suits the values of a field. */
function typeOf(field: string, rows: Rows): string {
  const row = Array.isArray(rows) ? rows.find((one) => isPlain(one) && field in one) : undefined;
  return typeof readMember(row, field) === 'string' ? 'nominal' : 'quantitative';
}

function checkDefinition(definition: Plain, path: string, rows: Rows): void {
  const { type, aggregate, scale, field } = definition;
  checkName(typeof type === 'string' && type.length === 1 ? undefined : type, types, `${path}.type`);
  checkName(isPlain(aggregate) ? undefined : aggregate, aggregates, `${path}.aggregate`);
  checkName(isPlain(scale) ? scale.type : undefined, scales, `${path}.scale.type`);
  if (isPlain(scale)) checkScheme(scale.scheme, `${path}.scale.scheme`);
  if (typeof field === 'string') checkField(field, path, rows);
}

function checkName(value: unknown, allowed: readonly string[], path: string): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'string' && allowed.includes(value.toLowerCase())) return;
  throw new TypeError(`vegaLite: ${path} is ${shortText(value)}; ${allowedText(value, allowed)}`);
}

function checkScheme(scheme: unknown, path: string): void {
  const name = isPlain(scheme) && !isExpression(scheme) ? scheme.name : scheme;
  if (name === undefined || name === null || isPlain(name) || Array.isArray(name)) return;
  if (typeof name === 'string' && isScheme(name)) return;
  throw new TypeError(`vegaLite: ${path} is ${shortText(name)}; ${allowedText(name, schemes)}`);
}
