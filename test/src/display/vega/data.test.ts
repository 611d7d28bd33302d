import { expect, test } from 'vitest';
import { vegaLite } from '../../../../src/display/index.ts';

const dataOf = (data: unknown): unknown => vegaLite({ data, mark: 'point' }).spec.data;
const tensor = (values: readonly number[], ...shape: number[]): object => ({
  shape,
  dataSync: () => Float32Array.from(values),
});
const rows = [
  { x: 1, y: 3 },
  { x: 2, y: 4 },
];

test.each([
  ['rows', rows],
  ['columns', { x: [1, 2], y: new Float32Array([3, 4]) }],
  ['columns with a tensor', { x: tensor([1, 2], 2), y: tensor([3, 4], 2, 1) }],
  ['a Map of columns', new Map<string, unknown>(Object.entries({ x: [1, 2], y: tensor([3, 4], 2) }))],
  ['a Set of rows', new Set(rows)],
  ['Maps as rows', rows.map((row) => new Map(Object.entries(row)))],
])('%s are data, with and without `values` around them', (_, values) => {
  expect(dataOf(values)).toEqual({ values: rows });
  expect(dataOf({ values })).toEqual({ values: rows });
  expect(vegaLite({ datasets: { d: values }, data: { name: 'd' }, mark: 'point' }).spec.datasets).toEqual({
    d: rows,
  });
});

test('a single value beside columns counts for every row', () => {
  const at = new Date(0);
  expect(dataOf({ x: [1, 2], run: 'a', rate: tensor([0.5]), at })).toEqual({
    values: [1, 2].map((x) => ({ x, run: 'a', rate: 0.5, at: at.toISOString() })),
  });
  expect(dataOf({ values: { x: [1], name: 'a', none: null } })).toEqual({
    values: [{ x: 1, name: 'a', none: null }],
  });
});

test('tensors and lists of lists are rows as in a table', () => {
  const matrix = [
    { 0: 1, 1: 2, 2: 3 },
    { 0: 4, 1: 5, 2: 6 },
  ];
  expect(dataOf({ values: tensor([1, 2, 3, 4, 5, 6], 2, 3) })).toEqual({ values: matrix });
  expect(dataOf([[1, 2, 3], new Uint8Array([4, 5, 6])])).toEqual({ values: matrix });
  expect(dataOf(tensor([1, 2], 2))).toEqual({ values: [{ value: 1 }, { value: 2 }] });
  expect(dataOf(tensor([7]))).toEqual({ values: [{ value: 7 }] });
  const domain = vegaLite({
    data: rows,
    mark: 'point',
    params: [{ name: 'a', value: tensor([1, 2, 3, 4], 2, 2) }],
  });
  expect(domain.spec.params).toEqual([
    {
      name: 'a',
      value: [
        [1, 2],
        [3, 4],
      ],
    },
  ]);
});

test('data that Vega takes apart itself stays as it is', () => {
  const features = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { a: [1] } }] };
  for (const data of [
    null,
    { url: 'cars.csv', format: { type: 'csv' } },
    { sequence: { start: 0, stop: 3 } },
    { values: 'x,y\n1,2', format: { type: 'csv' } },
    { values: '[{"x":1}]' },
    { values: features },
    { values: { list: [1, 2] }, format: { property: 'list' } },
    { values: [1, 2] },
    { values: [{ data: { a: [1, 2] } }] },
  ]) {
    expect(dataOf(data)).toEqual(data);
  }
});

test.each([
  ['text', 'cars.csv', /data is 'cars\.csv'; allowed are rows, columns .*{ url: 'cars\.csv' }/],
  ['a number', 5, /data is 5; allowed are rows/],
  ['an empty object', {}, /data is {}; allowed are rows/],
  ['a number for values', { values: 5 }, /data\.values is 5; allowed are rows, columns or a tensor/],
  ['text without a format', { values: 'x,y\n1,2' }, /data\.values is 'x,y.*needs its format, as in data: /],
  [
    'a tensor of three dimensions',
    tensor([1], 1, 1, 1),
    /data is a tensor of shape \[1, 1, 1\]; allowed are 0, 1 or 2/,
  ],
  [
    'a matrix as a column',
    { x: tensor([1, 2, 3, 4], 2, 2) },
    /column data\.x is a tensor of shape \[2, 2\]; allowed is one/,
  ],
  ['columns that differ in length', { x: [1], y: tensor([1, 2], 2) }, /differ in length: x has 1, y has 2/],
])('%s is an error that says what data takes', (_, data, message) => {
  expect(() => dataOf(data)).toThrow(message);
});

test('a tensor that is gone is an error that names it', () => {
  const dataSync = (): never => {
    throw new Error('Tensor is disposed.');
  };
  expect(() => dataOf({ x: { shape: [2], dataSync } })).toThrow(/data\.x cannot be read: Tensor is disposed/);
});
