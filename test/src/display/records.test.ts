import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../../src/display/index.ts';
import { isRecords } from '../../../src/display/records.ts';

test.each<[string, unknown, boolean]>([
  [
    'flat rows',
    [
      { a: 1, b: 'x' },
      { a: 2, b: null },
    ],
    true,
  ],
  ['a single flat row', [{ a: 1 }], true],
  ['a single row with an object in it', [{ a: 1, b: {} }], false],
  [
    'rows with one object among their cells',
    [1, 2].map((id) => ({ id, name: 'x', at: { city: 'y' } })),
    true,
  ],
  ['features of GeoJSON', [1, 2].map(() => ({ type: 'Feature', geometry: {}, properties: {} })), false],
  ['dates and markup', [{ when: new Date(0), what: html`<b>x</b>` }], true],
  ['rows without a prototype', [Object.assign(Object.create(null), { a: 1 })], true],
  ['rows that miss some keys', [{ a: 1, b: 1 }, { a: 1 }, { b: 1 }], true],
  ['functions', [{ run: () => 1 }, { run: () => 2 }], false],
  ['a value that is none among them', [{ a: 1 }, 5], false],
  ['charts', [{ a: 1, toSpec: 1 }], false],
  ['a few rows of long text', [{ prompt: 'x'.repeat(300) }], false],
  ['many rows of long text', Array.from({ length: 9 }, (_, id) => ({ id, prompt: 'x'.repeat(300) })), true],
  ['very many keys', [Object.fromEntries(Array.from({ length: 100 }, (_, key) => [`k${key}`, 1]))], false],
  ['nothing', [], false],
  ['an object', { a: 1 }, false],
])('%s', (_what, value, expected) => {
  expect(isRecords(value)).toBe(expected);
});

test('nothing is thrown and no getter called, whatever the values', () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const closed = new Proxy([], { get: () => expect.fail('read'), ownKeys: () => expect.fail('read') });
  for (const value of [[revoked.proxy], revoked.proxy, closed, [{ a: revoked.proxy }]]) {
    expect(isRecords(value)).toBe(false);
  }
  fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (value) => void isRecords([value, value])));
});
