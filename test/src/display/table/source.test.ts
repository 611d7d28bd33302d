import { tensor1d, tensor2d, tensor3d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as aq from 'arquero';
import { expect, test } from 'vitest';
import { displaySymbol, type MimeBundle, table } from '../../../../src/display/index.ts';

const lines = (data: unknown, options = {}): string[] => String(table(data, options)).split('\n');
const types = (data: unknown): string[] => {
  const bundle = table(data)[displaySymbol]() as MimeBundle;
  return [...String(bundle['text/html']).matchAll(/font-weight:normal">([^<]*)</g)].map(
    ([, type]) => type ?? '',
  );
};

test('tensors of one and two dimensions, with their type', () => {
  expect(lines(tensor1d([1, 2.5]))).toEqual(['value', '─────', '  1.0', '  2.5']);
  expect(
    lines(
      tensor2d([
        [1, 2],
        [3, 4],
      ]),
      { index: true },
    ),
  ).toEqual(['   0  1', '─  ─  ─', '0  1  2', '1  3  4']);
  expect(types(tensor1d([1, 2], 'int32'))).toEqual(['int32']);
  expect(lines(tensor1d([1, 0], 'bool')).slice(2)).toEqual(['true', 'false']);
  expect(lines({ x: tensor1d([1, 2]), y: ['a', 'b'] }).slice(2)).toEqual(['1  a', '2  b']);
  expect(() => table(tensor3d([[[1]]]))).toThrow(/shape \[1, 1, 1\]; allowed are 0, 1 or 2/);
});

test('a tensor that was disposed is named', () => {
  const gone = tensor1d([1]);
  gone.dispose();
  expect(() => table(gone)).toThrow(/table: the tensor cannot be read: Tensor is disposed/);
});

test('typed arrays keep their type, big integers too', () => {
  expect(types(new Float32Array([1]))).toEqual(['float32']);
  expect(types({ a: new Uint8ClampedArray([1]), b: new BigInt64Array([1n]) })).toEqual(['uint8', 'bigint']);
});

test('the types of columns are told by what is shown', () => {
  const row = { i: 1, x: 0.5, s: 'a', b: true, n: 1n, d: new Date(0), l: [1], o: {}, m: null };
  expect(types([row, { ...row, i: 2.5, s: 1 }])).toEqual([
    ...['number', 'number', 'mixed', 'boolean', 'bigint', 'date', 'array', 'object'],
  ]);
});

test('Maps and objects of rows have their keys in front, Maps of columns are columns', () => {
  const runs = { adam: { loss: 0.1 }, sgd: { loss: 0.25 } };
  const expected = ['key   loss', '────  ────', 'adam  0.10', 'sgd   0.25'];
  expect(lines(runs)).toEqual(expected);
  expect(lines(new Map(Object.entries(runs)))).toEqual(expected);
  expect(lines(new Map([['a', 1]]))).toEqual(['key  value', '───  ─────', 'a        1']);
  expect(
    lines(
      new Map<string, ArrayLike<unknown>>([
        ['a', [1, 2]],
        ['b', new Float32Array([3])],
      ]),
    ),
  ).toEqual(['a  b', '─  ─', '1  3', '2']);
});

test('iterators are read to their end, or as far as is sensible', () => {
  function* squares(end: number): Generator<{ n: number; square: number }> {
    for (let n = 0; n < end; n++) yield { n, square: n * n };
  }
  expect(lines(squares(100), { maxRows: 2 }).slice(2)).toEqual([
    ...[' 0       0', '… 98 more rows', '99    9801'],
  ]);
  expect(lines(squares(Number.POSITIVE_INFINITY), { maxRows: 2 }).slice(2)).toEqual([
    ...['0       0', '1       1', '… more rows: the first 10,000 were read'],
  ]);
  expect(lines(new Set(Array.from({ length: 20_000 }, (_, n) => n)), { maxRows: 2 }).slice(2)).toEqual([
    ...['    0', '… 19,998 more rows', '19999'],
  ]);
});

test('tables of arquero, in their order and without what is filtered out', () => {
  const data = aq.table({ a: [3, 1, 2], when: [0, 1, 2].map((day) => new Date(day * 864e5)) });
  expect(lines(data)).toEqual([
    'a  when',
    '─  ──────────',
    '3  1970-01-01',
    '1  1970-01-02',
    '2  1970-01-03',
  ]);
  const some = data.filter((row: { a: number }) => row.a > 1).orderby('a');
  expect(lines(some).slice(2)).toEqual(['2  1970-01-03', '3  1970-01-01']);
});

/** The members of danfojs' DataFrame and Series that hold their content, as its class NDframe has them. */
function danfo(columns: string[], values: unknown[], index: unknown[] = [...values.keys()]): object {
  const dtypes = columns.map((_, at) => (typeof [values[0]].flat()[at] === 'number' ? 'float32' : 'string'));
  return {
    ...{ columns, values, index, dtypes, shape: [values.length, columns.length], ndim: 2 },
    head: () => undefined,
  };
}

test('frames and series of danfojs, with the labels of their rows', () => {
  const values = [
    [1, 'x'],
    [2, 'y'],
  ];
  expect(lines(danfo(['n', 's'], values))).toEqual(['n  s', '─  ─', '1  x', '2  y']);
  expect(types(danfo(['n', 's'], values))).toEqual(['float32', 'string']);
  expect(lines(danfo(['n', 's'], values, ['a', 'b']))).toEqual([
    'index  n  s',
    '─────  ─  ─',
    'a      1  x',
    'b      2  y',
  ]);
  expect(lines(danfo(['loss'], [0.5, 0.25]))).toEqual(['loss', '────', '0.50', '0.25']);
});

test('frames of polars are asked for the rows that are shown alone', () => {
  const asked: number[] = [];
  const frame = {
    ...{ height: 1000, columns: ['n'], toRecords: () => expect.fail('all of it') },
    slice: (at: number) => {
      asked.push(at);
      return { toRecords: () => [{ n: at }] };
    },
  };
  expect(lines(frame, { maxRows: 2 }).slice(2)).toEqual(['  0', '… 998 more rows', '999']);
  expect(asked).toEqual([0, 999]);
});

test.each(['toRecords', 'objects', 'toArray', 'toJSON'])('what gives its rows by %s()', (name) => {
  expect(lines({ [name]: () => [{ a: 1 }] })).toEqual(['a', '─', '1']);
});

test('rows of a CSV parser keep the order of its columns', () => {
  const rows = Object.assign([{ b: 1, a: 2 }], { columns: ['a', 'b'] });
  expect(lines(rows)[0]).toBe('a  b');
});

test('columns can be chosen and put in order; one that is not there is named', () => {
  const data = { a: [1], b: [2], c: [3] };
  expect(lines(data, { columns: ['c', 'a'] })).toEqual(['c  a', '─  ─', '3  1']);
  expect(() => table(data, { columns: ['d'] })).toThrow(
    /the column "d" is not in the data; allowed are "a", "b", "c"/,
  );
  expect(() => table(data, { columns: 'a' as never })).toThrow(/columns is 'a'; allowed is a list of names/);
});

test('only what is shown is read', () => {
  let read = 0;
  const rows = Array.from({ length: 1000 }, (_, n) =>
    Object.defineProperty({}, 'n', {
      enumerable: true,
      get: () => {
        read += 1;
        return n;
      },
    }),
  );
  table(rows, { maxRows: 4 });
  expect(read).toBe(4);
});

test('methods that fail, and options that do not exist', () => {
  const odd = {
    a: 1,
    toJSON: (): never => {
      throw new Error('deprecated');
    },
  };
  expect(lines(odd, { columns: ['a'] })).toEqual(['a', '─', '1']);
  expect(() => table([], { maxrows: 3 } as never)).toThrow(/did you mean 'maxRows'\?/);
});
