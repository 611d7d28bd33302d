import { inspect } from 'node:util';
import vm from 'node:vm';
import type { SessionName } from '../../protocol.ts';
import { withFewerProperties } from '../largeObjects.ts';

const MAX_PREVIEW = 60;
/** Enough for the names of a line. */
const LINE = 80;

/** A name of the session with what it holds. */
export interface Variable {
  name: string;
  type: string;
  value: unknown;
}

/** The values of names that cells have declared; those that have none yet are left out. */
export function variables(
  names: readonly SessionName[],
  types: Readonly<Record<string, string>>,
  wanted: readonly string[],
): Variable[] {
  const found: Variable[] = [];
  for (const { name, binding } of names) {
    let value: unknown;
    try {
      value = new vm.Script(binding).runInThisContext();
    } catch {
      continue;
    }
    const type = types[name] ?? typeOf(value);
    if (wanted.length === 0 || wanted.includes(type) || wanted.includes(typeOf(value))) {
      found.push({ name, type, value });
    }
  }
  return found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'function')
    return /^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'function';
  if (typeof value !== 'object') return typeof value;
  try {
    const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === 'string' && name !== '' ? name : 'Object';
  } catch {
    return 'Object';
  }
}

const NOTHING = 'Interactive namespace is empty.';

/** `%who`: the names in lines. */
export function namesText(found: readonly Variable[]): string {
  if (found.length === 0) return NOTHING;
  const lines: string[] = [''];
  for (const { name } of found) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + name.length > LINE) lines.push(name);
    else lines[lines.length - 1] = last === '' ? name : `${last}\t${name}`;
  }
  return lines.join('\n');
}

/** `%whos`: a table of names, types and values. */
export function namesTable(found: readonly Variable[]): string {
  if (found.length === 0) return NOTHING;
  const rows = found.map(({ name, type, value }) => [name, type, preview(value)] as const);
  const head = ['Variable', 'Type', 'Value'] as const;
  const width = (column: 0 | 1): number => Math.max(...[head, ...rows].map((row) => row[column].length)) + 3;
  const [first, second] = [width(0), width(1)];
  const line = (row: readonly [string, string, string]): string =>
    `${row[0].padEnd(first)}${row[1].padEnd(second)}${row[2]}`.trimEnd();
  return [line(head), '-'.repeat(first + second + head[2].length), ...rows.map(line)].join('\n');
}

function preview(value: unknown): string {
  try {
    const options = {
      depth: 0,
      breakLength: Number.POSITIVE_INFINITY,
      maxArrayLength: 10,
      maxStringLength: 100,
    };
    const text = inspect(withFewerProperties(value), options).replace(/\s+/g, ' ');
    return text.length > MAX_PREVIEW ? `${text.slice(0, MAX_PREVIEW - 1)}…` : text;
  } catch {
    return '';
  }
}
