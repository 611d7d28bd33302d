import { inspect, types } from 'node:util';

/**
 * `inspect` has no limit for properties: an object used as a dictionary, wherever it is in a value, would be
 * written out in full, and for each size that is tried again. Such a value is copied as far as it can be seen,
 * with the first properties of each object and a note of how many more there are.
 */
const MAX_PROPERTIES = 100;
/** As far as items and levels are ever shown. */
const MAX_ITEMS = 100;
const MAX_DEPTH = 12;
/** What is looked at, nearest first: objects, and the sum of their properties. */
const MAX_OBJECTS = 10_000;
const MAX_KEYS = 1_000_000;
/** A larger Map or Set is copied without the items that are not shown. */
const MAX_COPIED = 100_000;

type Kind = 'array' | 'map' | 'set' | 'object';

/** Objects that are more than their properties cannot be copied. */
function kindOf(value: object): Kind | undefined {
  if (types.isProxy(value)) return undefined;
  if (isArray(value)) return 'array';
  if (typeof (value as Record<symbol, unknown>)[inspect.custom] === 'function') return undefined;
  if (types.isMap(value)) return 'map';
  if (types.isSet(value)) return 'set';
  return LEAVES.some((isLeaf) => isLeaf(value)) ? undefined : 'object';
}

// Cells may replace these.
const { isArray } = Array;
const {
  keys: keysOf,
  getOwnPropertyDescriptor,
  getOwnPropertySymbols,
  defineProperty,
  getPrototypeOf,
  setPrototypeOf,
} = Object;

const LEAVES: readonly ((value: unknown) => boolean)[] = [
  ...[types.isNativeError, types.isDate, types.isRegExp, types.isPromise, types.isBoxedPrimitive],
  ...[types.isArrayBufferView, types.isAnyArrayBuffer, types.isWeakMap, types.isWeakSet, types.isExternal],
  ...[types.isGeneratorObject, types.isMapIterator, types.isSetIterator, types.isArgumentsObject],
  types.isModuleNamespaceObject,
];

interface Seen {
  kind: Kind;
  keys: readonly string[];
}

interface Survey {
  seen: Map<object, Seen>;
  isLarge: boolean;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function* first<T>(items: Iterable<T>): Iterable<T> {
  let count = 0;
  for (const item of items) {
    if (count >= MAX_ITEMS) return;
    count += 1;
    yield item;
  }
}

/** The values that are seen in one, without the getters. */
function* valuesOf(value: object, { kind, keys }: Seen): Iterable<unknown> {
  if (kind === 'array') yield* (value as unknown[]).slice(0, MAX_ITEMS);
  else if (kind === 'map') for (const entry of first(value as Map<unknown, unknown>)) yield* entry;
  else if (kind === 'set') yield* first(value as Set<unknown>);
  for (const key of keys) yield getOwnPropertyDescriptor(value, key)?.value;
}

function survey(root: object): Survey {
  const seen = new Map<object, Seen>();
  let keysLeft = MAX_KEYS;
  let isLarge = false;
  let level = [root];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    const below: object[] = [];
    for (const value of level) {
      if (seen.size >= MAX_OBJECTS || keysLeft <= 0) return { seen, isLarge };
      const kind = seen.has(value) ? undefined : kindOf(value);
      if (kind === undefined) continue;
      // An array's indices are no properties, and may be millions.
      const keys = kind === 'array' ? [] : keysOf(value);
      keysLeft -= keys.length;
      isLarge ||= keys.length > MAX_PROPERTIES;
      const entry = { kind, keys };
      const shown = { kind, keys: keys.length > MAX_PROPERTIES ? keys.slice(0, MAX_PROPERTIES) : keys };
      seen.set(value, entry);
      for (const inner of valuesOf(value, shown)) if (isObject(inner)) below.push(inner);
    }
    level = below;
  }
  return { seen, isLarge };
}

/** The value itself where none of its objects is large. */
export function withFewerProperties(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { seen, isLarge } = survey(value);
  return isLarge ? new Copier(seen).copy(value) : value;
}

class Copier {
  readonly #seen: ReadonlyMap<object, Seen>;
  readonly #copies = new Map<object, object>();

  constructor(seen: ReadonlyMap<object, Seen>) {
    this.#seen = seen;
  }

  copy(value: unknown): unknown {
    if (!isObject(value)) return value;
    const known = this.#copies.get(value);
    if (known) return known;
    const seen = this.#seen.get(value);
    if (!seen) return this.#unseen(value);
    const copy = emptyCopy(value, seen.kind);
    this.#copies.set(value, copy);
    this.#fill(copy, value, seen.kind);
    this.#define(copy, value, seen.keys);
    return copy;
  }

  /** What is too far away to be looked at is not written out either. */
  #unseen(value: object): unknown {
    return kindOf(value) === 'object' ? { [inspect.custom]: () => '[Object]' } : value;
  }

  #fill(copy: object, value: object, kind: Kind): void {
    if (kind === 'array') {
      const items = value as unknown[];
      for (let index = 0; index < Math.min(items.length, MAX_ITEMS); index += 1) {
        if (index in items) (copy as unknown[])[index] = this.copy(items[index]);
      }
    } else if (kind === 'map') {
      for (const [key, item] of shownOf(value as Map<unknown, unknown>)) {
        (copy as Map<unknown, unknown>).set(this.copy(key), this.copy(item));
      }
    } else if (kind === 'set') {
      for (const item of shownOf(value as Set<unknown>)) (copy as Set<unknown>).add(this.copy(item));
    }
  }

  #define(copy: object, value: object, keys: readonly string[]): void {
    const symbols = getOwnPropertySymbols(value).slice(0, MAX_PROPERTIES);
    for (const key of [...keys.slice(0, MAX_PROPERTIES), ...symbols]) {
      const property = getOwnPropertyDescriptor(value, key);
      if (!property) continue;
      if ('value' in property) property.value = this.copy(property.value);
      defineProperty(copy, key, { ...property, configurable: true });
    }
    if (keys.length <= MAX_PROPERTIES) return;
    const note = Symbol(`… ${keys.length - MAX_PROPERTIES} more properties (of ${keys.length})`);
    defineProperty(copy, note, { value: NOTHING, enumerable: true });
  }
}

function shownOf<T>(items: Iterable<T> & { size: number }): Iterable<T> {
  return items.size > MAX_COPIED ? first(items) : items;
}

function emptyCopy(value: object, kind: Kind): object {
  const prototype = getPrototypeOf(value) as object | null;
  if (kind === 'object') return Object.create(prototype) as object;
  const copy =
    kind === 'array' ? new Array((value as unknown[]).length) : kind === 'map' ? new Map() : new Set();
  return setPrototypeOf(copy, prototype) as object;
}

const NOTHING = { [inspect.custom]: () => '' };
const COLOUR = '(?:\u001b\\[\\d+m)?';
const NOTE = new RegExp(
  `${COLOUR}\\[?${COLOUR}Symbol\\((… \\d+ more properties \\(of \\d+\\))\\)${COLOUR}\\]?${COLOUR}: ?`,
  'g',
);

/** Puts the notes in the place of the properties that stand for them. */
export function withNotes(text: string): string {
  return text.replace(NOTE, '$1');
}
