import { expect, test } from 'vitest';
import {
  ArgumentError,
  checkAxis,
  checkChoice,
  checkedFor,
  checkInterval,
  checkNumber,
  checkOptions,
  checkSameShape,
  describe,
} from '../../../src/core/check.ts';

test('an ArgumentError names the function, the argument, what is allowed and what was received', () => {
  const error = new ArgumentError('huber', 'delta', '0', 'above 0');
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('ArgumentError');
  expect(error.argument).toBe('delta');
  expect(error.message).toBe('huber: delta must be above 0; received 0');
});

test('checkedFor gives the errors of what it calls another name', () => {
  const inner = (x: number): number => checkNumber('inner', 'x', x, { min: 0 });
  expect(checkedFor('outer', () => inner(1))).toBe(1);
  const received = (): unknown => checkedFor('outer', () => inner(-1));
  expect(received).toThrow(new ArgumentError('outer', 'x', '-1', 'a finite number of at least 0'));
  const other = new Error('inner: other');
  const rethrown = (): unknown =>
    checkedFor('outer', () => {
      throw other;
    });
  expect(rethrown).toThrow(other);
});

test('checkNumber accepts the range, ends included or not, and nothing else', () => {
  expect(checkNumber('f', 'x', 1, { min: 0, max: 1 })).toBe(1);
  const cases: [unknown, Parameters<typeof checkNumber>[3], string][] = [
    [1, { min: 0, max: 1, exclusiveMax: true }, 'a finite number in [0, 1); received 1'],
    [0, { min: 0, exclusiveMin: true }, 'a finite number above 0; received 0'],
    [2, { max: 1 }, 'a finite number of at most 1; received 2'],
    [1.5, { min: 1, integer: true }, 'an integer of at least 1; received 1.5'],
    [Number.POSITIVE_INFINITY, {}, 'a finite number; received Infinity'],
    ['1', {}, 'a finite number; received "1"'],
    [null, {}, 'a finite number; received null'],
  ];
  for (const [value, range, message] of cases) {
    expect(() => checkNumber('f', 'x', value, range)).toThrow(`f: x must be ${message}`);
  }
});

test('checkChoice', () => {
  expect(checkChoice('f', 'kind', 'b', ['a', 'b'])).toBe('b');
  expect(() => checkChoice('f', 'kind', 'c', ['a', 'b'])).toThrow(
    `f: kind must be one of 'a', 'b'; received "c"`,
  );
});

test('checkSameShape rejects what would broadcast', () => {
  expect(() => checkSameShape('f', ['a', [2, 3]], ['b', [2, 3]])).not.toThrow();
  for (const shape of [[3], [1, 3], [2, 1], [2, 3, 1], []]) {
    expect(() => checkSameShape('f', ['a', [2, 3]], ['b', shape])).toThrow(
      `f: b must be of the shape of a, [2,3]; received [${shape}]`,
    );
  }
});

test('checkInterval', () => {
  expect(() => checkInterval('f', 'range', [-1, 1])).not.toThrow();
  for (const value of [[1, -1], [1, 1], [0, Number.POSITIVE_INFINITY], [0], [0, 1, 2], '01', null]) {
    expect(() => checkInterval('f', 'range', value)).toThrow(
      'f: range must be two finite numbers, the smaller first',
    );
  }
});

test('checkOptions names an option that is none, and the one that was meant', () => {
  const known = ['learningRate', 'momentum'];
  for (const options of [{}, { momentum: 0 }, { learningRate: undefined }, Object.create(null)]) {
    expect(() => checkOptions('f', options, known)).not.toThrow();
  }
  expect(() => checkOptions('f', { momentun: 1 }, known)).toThrow(
    "f: options must be among 'learningRate', 'momentum'; received 'momentun'; did you mean 'momentum'?",
  );
  expect(() => checkOptions('f', { other: undefined }, known)).toThrow(
    /among 'learningRate', 'momentum'; received 'other'$/,
  );
  for (const [options, received] of [
    [0.1, '0.1'],
    [null, 'null'],
    [[1], '[1]'],
    ['a', '"a"'],
    [new Map(), 'a Map'],
  ]) {
    expect(() => checkOptions('f', options, known)).toThrow(
      `f: options must be an object with any of 'learningRate', 'momentum'; received ${received}`,
    );
  }
});

test('checkAxis counts from the end', () => {
  expect([checkAxis('f', -1, 3), checkAxis('f', 0, 3), checkAxis('f', -3, 3)]).toEqual([2, 0, 0]);
  expect(() => checkAxis('f', 3, 3)).toThrow('f: axis must be an integer in [-3, 2]; received 3');
});

test('describe keeps any value short', () => {
  expect([describe('a'), describe(new Map()), describe(Object.create(null)), describe(() => 0)]).toEqual([
    '"a"',
    'a Map',
    'a plain object',
    'a function',
  ]);
  expect(describe(new Array(100).fill(0))).toBe('an array of 100');
  expect(describe([1, [Number.NaN, 'a', undefined]])).toBe('[1,[NaN,"a",undefined]]');
});
