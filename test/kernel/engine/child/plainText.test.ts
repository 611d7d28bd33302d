import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../../kernel/engine/child/plainText.ts';
import { quietInspection } from '../../../../kernel/engine/child/quiet.ts';

quietInspection();
const text = (value: unknown): string => stripVTControlCharacters(plainText(value));
const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

describe('plainText', () => {
  it.each([
    [1, '1'],
    [-0, '-0'],
    [10n, '10n'],
    ['a\nb', "'a\\nb'"],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
  ])('is plain for %s', (value, expected) => {
    expect(plainText(value)).toBe(expected);
  });

  it('is coloured for objects', () => {
    expect(plainText({ a: 1 })).toBe('{ a: \u001b[34m1\u001b[39m }');
  });

  it.each<[string, unknown, string]>([
    [
      'nested data',
      { a: { b: { c: { d: [1, [2, [3]]] } } } },
      '{ a: { b: { c: { d: [ 1, [ 2, [ 3 ] ] ] } } } }',
    ],
    ['maps and sets', new Map([[1, new Set([1, 2])]]), 'Map(1) { 1 => Set(2) { 1, 2 } }'],
    [
      'a getter',
      {
        get a(): number {
          throw new Error('x');
        },
      },
      '{ a: [Getter] }',
    ],
    [
      'a tag',
      new (class Foo {
        get [Symbol.toStringTag]() {
          return 'Bar';
        }
      })(),
      'Foo [Bar] {}',
    ],
    [
      'toString',
      {
        toString() {
          throw new Error('x');
        },
      },
      '{ toString: [Function: toString] }',
    ],
    ['a resolved promise', Promise.resolve(5), 'Promise { 5 }'],
    ['a class', Object.assign(class A {}, { n: 1 }), '[class A] { n: 1 }'],
    ['a native function', Math.max, '[Function: max]'],
  ])('of %s', (_what, value, expected) => {
    expect(text(value).replace(/\s+/g, ' ')).toBe(expected);
  });

  it.each<[object, string]>([
    [
      function add(a: number, b = 2, ...rest: number[]) {
        return [a, b, rest];
      },
      'Function: add(a, b = 2, ...rest)',
    ],
    [({ a, b }: { a: 1; b: 2 }) => [a, b], 'Function: ({ a, b })'],
    [async (x: number) => x, 'AsyncFunction: (x)'],
    [
      {
        m(a: number) {
          return a;
        },
      }.m,
      'Function: m(a)',
    ],
    [
      async function* g(n: number) {
        yield n;
      },
      'AsyncGeneratorFunction: g(n)',
    ],
  ])('shows the parameters of %s', (value, expected) => {
    expect(text(value).replaceAll("'", '"')).toBe(`[${expected}]`);
  });

  it('shows a timer as what it is', () => {
    const timer = setInterval(() => undefined, 1000);
    expect(text(timer)).toBe('Timeout { every 1000 ms }');
    clearInterval(timer);
    expect(text(timer)).toBe('Timeout { done }');
    expect(text({ timer })).toBe('{ timer: Timeout { done } }');
  });

  it('names an inspector that throws', () => {
    const value = {
      z: 1,
      [Symbol.for('nodejs.util.inspect.custom')]: () => {
        throw new Error('custom');
      },
    };
    expect(text(value)).toContain('(its own inspection failed: Error: custom)');
  });
});

describe('large values', () => {
  const readable = (value: unknown): string => {
    const begin = performance.now();
    const shown = text(value);
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(shown.split('\n').length).toBeLessThan(125);
    expect(shown.length).toBeLessThan(22_000);
    return shown;
  };

  it('keep the shape of the data', () => {
    expect(readable(range(1e7))).toContain('... 9999900 more items');
    expect(readable(new Float64Array(1e6))).toMatch(/^Float64Array\(1000000\) \[[\s\S]*999900 more items/);
    const matrix = readable(range(100).map((i) => range(100).map((j) => i * j)));
    expect(matrix).toContain('[\n  [\n    0, 0, 0,');
    expect(matrix).not.toContain('[Array]');
    const records = readable(range(1000).map((i) => ({ id: i, nested: { list: [i, i + 1] } })));
    expect(records).toContain('{ id: 1, nested: { list: [ 1, 2 ] } }');
    const four = range(10).map(() => range(10).map(() => range(10).map(() => range(10))));
    expect(readable(four)).not.toContain('[Array]');
  });

  it('are cut with a note', () => {
    expect(readable('x'.repeat(1e8))).toContain('… 99980000 more characters (of 100000000)');
    expect(readable(['x'.repeat(1e8)])).toContain('more characters');
    expect(readable(Object.fromEntries(range(10_000).map((i) => [`key${i}`, i])))).toContain(
      '… 9900 more properties (of 10000)',
    );
    expect(readable(new Set(range(1e5)))).toContain('... 99900 more items');
    expect(readable(new Map(range(1e5).map((i) => [i, { i }])))).toContain('more items');
    expect(readable(Buffer.alloc(1e6))).toContain('more bytes');
    expect(readable(range(50).map((i) => `${i} ${'z'.repeat(5000)}`))).toContain('more characters');
  });

  describe('with very many properties', () => {
    const dictionary = (prototype: object | null = Object.prototype): Record<string, number> =>
      Object.assign(Object.create(prototype), Object.fromEntries(range(300_000).map((i) => [`key${i}`, i])));
    class Table {
      constructor() {
        Object.assign(this, dictionary());
      }
    }
    const large = dictionary();
    const circular: Record<string, unknown> = { ...large };
    circular.key0 = circular;

    it.each<[string, () => unknown, RegExp]>([
      ['alone', () => large, /^\{\n {2}key0: 0,/],
      ['nested', () => ({ nested: large }), /^\{\n {2}nested: \{\n {4}key0: 0,/],
      ['nested deeply', () => ({ a: [{ b: { c: [large] } }] }), /c: \[\n? *\{\n? *key0: 0,/],
      ['of an instance', () => new Table(), /^Table \{\n {2}key0: 0,/],
      ['of a nested instance', () => [{ table: new Table() }], /table: Table \{\n? *key0: 0,/],
      [
        'without a prototype',
        () => ({ a: dictionary(null) }),
        /a: \[Object: null prototype\] \{\n? *key0: 0,/,
      ],
      ['in a Map', () => new Map([['a', large]]), /^Map\(1\) \{\n {2}'a' => \{\n {4}key0: 0,/],
      ['as a key', () => new Map([[large, 1]]), /^Map\(1\) \{\n {2}\{\n {4}key0: 0,/],
      ['in a Set', () => new Set([large]), /^Set\(1\) \{\n {2}\{\n {4}key0: 0,/],
      ['of a Map', () => Object.assign(new Map([[1, 2]]), large), /^Map\(1\) \{\n {2}1 => 2,\n {2}key0: 0,/],
      ['that lead back', () => circular, /^<ref \*1> \{\n {2}key0: \[Circular \*1\],/],
    ])('%s, says how many are left out', (_what, make, expected) => {
      const shown = text(make());
      expect(shown).toMatch(expected);
      expect(shown).toMatch(/,\n? *… 299900 more properties \(of 300000\)\n? *\}/);
      expect(shown.split('\n').length).toBeLessThan(125);
      expect(shown).not.toContain('Symbol');
    });

    it('leaves the rest as it is', () => {
      const date = new Date(0);
      const sparse = Object.assign(new Array(5), { 1: 'x' });
      const value = { date, list: range(1000), sparse, error: new TypeError('t'), big: large };
      const shown = text(value);
      expect(shown).toContain('date: 1970-01-01T00:00:00.000Z');
      expect(shown).toContain('more items');
      expect(shown).toContain("sparse: [ <1 empty item>, 'x', <3 empty items> ]");
      expect(shown).toContain('TypeError: t');
    });
  });

  it('may be nested ten thousand levels deep, and circular', () => {
    let deep: unknown = {};
    for (let i = 0; i < 10_000; i += 1) deep = i % 2 ? { deep } : [deep];
    expect(readable(deep)).toMatch(/\[Object\]|\[Array\]/);
    const circular: Record<string, unknown> = { name: 'c' };
    circular.self = circular;
    expect(readable(circular)).toBe("<ref *1> { name: 'c', self: [Circular *1] }");
  });
});
