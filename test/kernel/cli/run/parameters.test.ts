import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  injectParameters,
  looksLikeParameter,
  parseParameters,
} from '../../../../kernel/cli/run/parameters.ts';
import type { Cell, Notebook } from '../../../../kernel/notebook/notebook.ts';

const code = (source: string, ...tags: string[]): Cell => ({
  cell_type: 'code',
  metadata: { tags },
  source,
  execution_count: null,
  outputs: [],
});

const notebook = (...cells: Cell[]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

const sources = (parameters: string[], ...cells: Cell[]): string[] => {
  const target = notebook(...cells);
  injectParameters(target, parseParameters(parameters));
  return target.cells.map((cell) => cell.source);
};

describe('parseParameters', () => {
  it('reads JSON, else text, and keeps further equal signs', () => {
    const parsed = parseParameters(['n=3', 'list=[1,"a"]', 'text=0x', 'empty=', 'q=a=b', 'n=4']);
    expect(Object.fromEntries(parsed)).toEqual({ n: 4, list: [1, 'a'], text: '0x', empty: '', q: 'a=b' });
  });

  it.each(['class', 'eval', 'arguments', 'undefined', 'NaN'])('refuses the name %s', (name) => {
    expect(() => parseParameters([`${name}=1`])).toThrow(
      `--parameters is "${name}=1": "${name}" belongs to the language, expected another name`,
    );
  });

  it.each([
    ['1e400', 'cannot hold 1e400, only Infinity; for text write "1e400"'],
    ['-1e400', 'cannot hold -1e400, only -Infinity'],
    ['1e-400', 'cannot hold 1e-400, only 0'],
    ['12345678901234567890', 'cannot hold 12345678901234567890, only 12345678901234567000'],
    ['{"a":[1,9007199254740993]}', 'cannot hold 9007199254740993, only 9007199254740992'],
  ])('refuses %s, which a number cannot hold', (text, message) => {
    expect(() => parseParameters([`n=${text}`])).toThrow(message);
  });

  it.each([
    '0',
    '-0',
    '0e400',
    '0.0e5',
    '3.14159265358979323846',
    '9007199254740992',
    '"1e400 \\" 1e400"',
    '1E+3',
  ])('keeps %s', (text) => {
    expect(parseParameters([`n=${text}`]).get('n')).toBe(JSON.parse(text));
  });

  it.each([
    ['a=1', true],
    ['größe=1', true],
    ['$x_1=', true],
    ['1a=1', false],
    ['book.ipynb', false],
    ['a.b=1', false],
  ])('knows %s for a parameter: %s', (argument, expected) => {
    expect(looksLikeParameter(argument)).toBe(expected);
  });
});

describe('injectParameters', () => {
  const injected = '// Parameters\nlet rate = 0.1;\nlet name = "a\\"b";';
  const given = ['rate=0.1', 'name=a"b'];

  it('declares them after the cell tagged parameters', () => {
    expect(sources(given, code('1'), code('let rate = 1', 'parameters'), code('2'))).toEqual([
      '1',
      'let rate = 1',
      injected,
      '2',
    ]);
  });

  it('declares them before all without such a cell', () => {
    expect(sources(given, code('1'))).toEqual([injected, '1']);
  });

  it('replaces what an earlier run injected', () => {
    expect(sources(given, code('p', 'parameters'), code('old', 'injected-parameters'), code('2'))).toEqual([
      'p',
      injected,
      '2',
    ]);
  });

  it.each(['{"__proto__":1,"a":{"__proto__":[null]}}', '[-0,0,1e21]', '"\\u2028\\ud800</script>"'])(
    'declares %s as what it is',
    (text) => {
      const [source = ''] = sources([`value=${text}`]);
      const value: unknown = runInNewContext(`${source} JSON.stringify(value)`);
      expect(value).toBe(JSON.stringify(JSON.parse(text)));
      if (text.startsWith('[')) expect(Object.is(runInNewContext(`${source} value[0]`), -0)).toBe(true);
    },
  );

  it('changes nothing without parameters', () => {
    expect(sources([], code('1'))).toEqual(['1']);
  });
});
