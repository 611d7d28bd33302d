import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { sourceOf } from '../../../../src/display/progress/source.ts';

describe('what there is to count', () => {
  test.each<[string, unknown, string, number | undefined]>([
    ['a count', 3, 'count', 3],
    ['an array', [1, 2], 'list', 2],
    ['a typed array', new Float32Array(5), 'list', 5],
    ['a Set', new Set([1]), 'sync', 1],
    ['a Map', new Map([[1, 2]]), 'sync', 1],
    ['a generator', [].values(), 'sync', undefined],
    ['a text', 'abc', 'sync', undefined],
    ['a Node stream', Readable.from([1]), 'async', undefined],
    ['a web stream', new Blob(['abc']).stream(), 'async', undefined],
    ['an answer', new Response('abc', { headers: { 'content-length': '3' } }), 'async', 3],
    ['an answer of no length', new Response('abc'), 'async', undefined],
    ['a dataset', tf.data.array([1, 2, 3]), 'async', 3],
    ['a batched dataset', tf.data.array([1, 2, 3]).batch(2), 'async', 2],
    ['an endless dataset', tf.data.array([1, 2, 3]).repeat(), 'async', undefined],
  ])('%s', (_name, value, kind, size) => {
    const source = sourceOf(value);
    expect(source.kind).toBe(kind);
    expect(source.kind === 'none' ? undefined : source.size).toBe(size);
  });

  test('bytes of Node streams, but not the objects of others', () => {
    const file = new Readable({ read() {} });
    expect(sourceOf(file)).toMatchObject({ kind: 'async', unit: 'B' });
    expect(sourceOf(Readable.from([1]))).not.toHaveProperty('unit');
  });

  test('a compressed body is longer than its header says', () => {
    const headers = { 'content-length': '3', 'content-encoding': 'gzip' };
    expect(sourceOf(new Response('abc', { headers }))).toMatchObject({ size: undefined, unit: 'B' });
  });

  test('an array with an iterator of its own', () => {
    class Reversed extends Array<number> {
      override *[Symbol.iterator](): ArrayIterator<number> {
        for (let i = this.length - 1; i >= 0; i--) yield this[i]!;
      }
    }
    expect(sourceOf(Reversed.of(1, 2))).toMatchObject({ kind: 'sync', size: 2 });
  });

  test.each<[unknown, string]>([
    [-1, 'progress: the count must be an integer of at least 0; received -1'],
    [Number.NaN, 'progress: the count must be an integer of at least 0; received NaN'],
    [2.5, 'received 2.5'],
    [Number.POSITIVE_INFINITY, 'received Infinity'],
    [null, 'progress: the first argument must be a count, something to iterate over'],
    [Promise.resolve([1]), 'received a Promise (await it first)'],
    [() => 1, 'received a function'],
    [new Response(null), 'the response must be one with a body to read'],
  ])('refuses %s', (value, message) => {
    expect(() => sourceOf(value)).toThrow(message);
  });
});
