import { isDeepStrictEqual } from 'node:util';
import { isList, readMember, shortText } from '../inspect.ts';

/** What a selection offers: values, [label, value] pairs, a Map or an object from labels to values. */
export type Offered<V> =
  | readonly V[]
  | readonly (readonly [label: string, value: V])[]
  | ReadonlyMap<string, V>
  | Readonly<Record<string, V>>;

export interface Choice {
  readonly label: string;
  readonly value: unknown;
}

/** The choices of what was given, or undefined if it is none of these. */
export function choicesOf(options: unknown): Choice[] | undefined {
  if (isMap(options)) return [...options].map(([label, value]) => ({ label: String(label), value }));
  const isIterable = typeof options === 'object' && readMember(options, Symbol.iterator) !== undefined;
  const items = isList(options) ? options : isIterable ? [...(options as Iterable<unknown>)] : undefined;
  if (items) {
    if (items.length > 0 && items.every(isPair)) return items.map(([label, value]) => ({ label, value }));
    return items.map((value) => ({ label: labelOf(value), value }));
  }
  if (typeof options !== 'object' || options === null) return undefined;
  return Object.entries(options).map(([label, value]) => ({ label, value }));
}

function isMap(value: unknown): value is ReadonlyMap<unknown, unknown> {
  return value instanceof Map;
}

function isPair(value: unknown): value is [string, unknown] {
  return isList(value) && value.length === 2 && typeof value[0] === 'string';
}

/** What a reader calls a value: an object by its name, where it has one. */
function labelOf(value: unknown): string {
  if (typeof value === 'object' || typeof value === 'function') {
    for (const key of ['label', 'name', 'title', 'id']) {
      const found = readMember(value, key);
      if ((typeof found === 'string' && found !== '') || typeof found === 'number') return String(found);
    }
    return value instanceof Date ? value.toISOString() : shortText(value, 40);
  }
  return String(value);
}

/** The place of a value among the choices: the same one, else an equal one. */
export function placeOf(choices: readonly Choice[], value: unknown): number {
  const same = choices.findIndex((choice) => Object.is(choice.value, value));
  return same >= 0 ? same : choices.findIndex((choice) => isDeepStrictEqual(choice.value, value));
}
