import { ArgumentError, describe } from '../../core/check.ts';
import { isA, readMember, readMethod } from '../inspect.ts';

/** What a bar counts: the items of something, or what it is told. */
export type Source =
  | { readonly kind: 'none' }
  | { readonly kind: 'count'; readonly size: number }
  | { readonly kind: 'list'; readonly list: ArrayLike<unknown>; readonly size: number }
  | { readonly kind: 'sync'; readonly items: Iterable<unknown>; readonly size: number | undefined }
  | {
      readonly kind: 'async';
      readonly items: AsyncIterable<unknown>;
      readonly size: number | undefined;
      readonly unit?: 'B' | undefined;
    };

const ALLOWED =
  'a count, something to iterate over (an array, Set, Map, generator, stream, fetch response or dataset), or options with a total';

/** What can be counted in a value; throws an ArgumentError for one that has nothing. */
export function sourceOf(value: unknown): Source {
  if (typeof value === 'number') return countOf(value);
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !isA(value, DataView))) return listOf(value);
  const response = responseOf(value);
  if (response) return response;
  const size = sizeOf(value);
  if (readMethod(value, Symbol.asyncIterator)) {
    const unit = isOfBytes(value) ? { unit: 'B' as const } : {};
    return { kind: 'async', items: value as AsyncIterable<unknown>, size, ...unit };
  }
  if (typeof value === 'string' || readMethod(value, Symbol.iterator)) {
    return { kind: 'sync', items: value as Iterable<unknown>, size };
  }
  // A dataset of tf.data.
  if (readMethod(value, 'iterator')) return { kind: 'async', items: datasetItems(value as Dataset), size };
  const hint = readMethod(value, 'then') ? ' (await it first)' : '';
  throw new ArgumentError('progress', 'the first argument', `${describe(value)}${hint}`, ALLOWED);
}

/** Streams of the web, which turn out to be of something else when that comes, and those of Node: files, sockets. */
function isOfBytes(value: unknown): boolean {
  if (isA(value, ReadableStream)) return true;
  return readMember(value, 'readableObjectMode') === false && readMethod(value, 'pipe') !== undefined;
}

function countOf(size: number): Source {
  if (Number.isInteger(size) && size >= 0) return { kind: 'count', size };
  throw new ArgumentError('progress', 'the count', describe(size), 'an integer of at least 0');
}

function listOf(list: object): Source {
  const items = list as unknown[];
  const isPlain =
    items[Symbol.iterator] === Array.prototype[Symbol.iterator] ||
    (ArrayBuffer.isView(list) && items[Symbol.iterator] === Uint8Array.prototype[Symbol.iterator]);
  return isPlain
    ? { kind: 'list', list: items, size: items.length }
    : { kind: 'sync', items, size: items.length };
}

/** The bytes of a `fetch`; a body that was compressed has more of them than its header says. */
function responseOf(value: unknown): Source | undefined {
  const headers = readMember(value, 'headers');
  const get = readMember(headers, 'get');
  if (typeof get !== 'function' || readMethod(value, Symbol.asyncIterator)) return undefined;
  const body = readMember(value, 'body');
  if (!readMethod(body, Symbol.asyncIterator)) {
    throw new ArgumentError('progress', 'the response', 'one without a body', 'one with a body to read');
  }
  const header = (name: string): unknown => Reflect.apply(get, headers, [name]);
  const isPlain = ['identity', null].includes(header('content-encoding') as string | null);
  const length = isPlain ? Number(header('content-length') ?? Number.NaN) : Number.NaN;
  const size = Number.isSafeInteger(length) && length >= 0 ? length : undefined;
  return { kind: 'async', items: body as AsyncIterable<unknown>, size, unit: 'B' };
}

function sizeOf(value: unknown): number | undefined {
  const found =
    typeof value === 'string' ? undefined : (readMember(value, 'size') ?? readMember(value, 'length'));
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : undefined;
}

interface Dataset {
  iterator(): Promise<{ next(): Promise<IteratorResult<unknown>> }>;
}

function datasetItems(dataset: Dataset): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = dataset.iterator();
      return { next: async () => (await iterator).next() };
    },
  };
}
