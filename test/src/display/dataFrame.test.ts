import { expect, test } from 'vitest';
import { toBundle } from '../../../src/display/index.ts';

/** A frame whose head is a frame, as in nodejs-polars. */
function frame(columns: string[], rows: Record<string, unknown>[]): object {
  return {
    schema: Object.fromEntries(columns.map((name) => [name, {}])),
    head: (count: number) => frame(columns, rows.slice(0, count)),
    toRecords: () => rows,
  };
}

test('a data frame is a table, and a data resource with the types of its columns', () => {
  const rows = [
    {
      n: 1,
      x: 0.5,
      big: 2n,
      huge: 2n ** 70n,
      yes: true,
      at: new Date(0),
      list: [1],
      text: '<b>',
      none: null,
    },
    { n: 2, x: 1, big: 3n, huge: 1n, yes: false, at: new Date(1), list: [], text: 'y', none: null },
  ];
  const { data } = toBundle(frame(Object.keys(rows[0] ?? {}), rows)) as { data: Record<string, unknown> };
  expect(data['application/vnd.dataresource+json']).toMatchObject({
    data: [{ n: 1, big: 2, huge: '1180591620717411303424' }, { n: 2 }],
    schema: {
      fields: [
        { name: 'n', type: 'integer' },
        { name: 'x', type: 'number' },
        { name: 'big', type: 'integer' },
        { name: 'huge', type: 'string' },
        { name: 'yes', type: 'boolean' },
        { name: 'at', type: 'datetime' },
        { name: 'list', type: 'array' },
        { name: 'text', type: 'string' },
        { name: 'none', type: 'string' },
      ],
    },
  });
  expect(() => JSON.stringify(data)).not.toThrow();
  expect(data['text/html']).toContain('&lt;b&gt;');
  expect(data['text/plain']).toContain('text');
});

test.each([
  [80, {}, 'the first 50 rows'],
  [80, { height: 80 }, 'the first 50 of 80 rows'],
  [50, { height: 50 }, '… 30 more rows'],
  [30, {}, '… 10 more rows'],
])('of %i rows, with %o, the table says: %s', (length, own, note) => {
  const rows = Array.from({ length }, (_, n) => ({ n }));
  const { data } = toBundle({ ...frame(['n'], rows), ...own }) as { data: Record<string, unknown> };
  expect(data['application/vnd.dataresource+json']).toMatchObject({ data: rows.slice(0, 50) });
  expect(data['text/html']).toContain(note);
  expect(data['text/plain']).toContain(note);
});

test.each([
  [{ schema: {}, head: () => ({}), toRecords: () => [] }],
  [{ schema: {}, head: () => ({ toRecords: () => 5 }), toRecords: () => [] }],
  [{ schema: 'x', head: () => ({ toRecords: () => [] }), toRecords: () => [] }],
])('%o is none', (value) => {
  const { data } = toBundle(value) as { data: object };
  expect(Object.keys(data)).toEqual(['text/plain']);
});
