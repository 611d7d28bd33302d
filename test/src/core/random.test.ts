import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random, xoshiro128 } from '../../../src/core/random.ts';

const many = <T>(n: number, f: () => T): T[] => Array.from({ length: n }, f);

test('xoshiro128** gives the numbers of its reference implementation', () => {
  // xoshiro128starstar.c from the state 1, 2, 3, 4; the same list as in Rust's rand_xoshiro.
  const expected = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ];
  const next = xoshiro128([1, 2, 3, 4]);
  expect(many(10, next)).toEqual(expected);
});

test('uniform numbers fill their interval evenly', () => {
  const source = random(1);
  const values = many(8000, () => source.uniform(-2, 6));
  const counts = new Array<number>(8).fill(0);
  for (const value of values) counts[Math.floor(value) + 2]!++;
  // 1000 in each of 8 bins, standard deviation √(8000·⅛·⅞) = 29.6: five of them.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(148);
});

test('normal numbers have their mean and standard deviation', () => {
  const source = random(2);
  const values = many(10_000, () => source.normal(3, 2));
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  // Standard errors: 2/√10⁴ = 0.02 for the mean, 4·√(2/10⁴) = 0.057 for the variance; five of them.
  expect(Math.abs(mean - 3)).toBeLessThan(0.1);
  expect(Math.abs(variance - 4)).toBeLessThan(0.29);
});

test('shuffle keeps the items', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 0, max: 0xffffffff }), (items, seed) => {
      const shuffled = random(seed).shuffle([...items]);
      expect(shuffled.sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b));
    }),
  );
});

test('shuffle reaches every order alike', () => {
  const source = random(3);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = source.shuffle([0, 1, 2]).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // 1000 each, standard deviation √(6000·⅙·⅚) = 28.9: five of them.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
});

test('a seed is an integer of 32 bits', () => {
  expect(() => random(-1)).toThrow('random: seed must be an integer in [0, 4294967295]; received -1');
  expect(() => random(0.5)).toThrow('received 0.5');
});
