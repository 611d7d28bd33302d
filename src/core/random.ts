import { checkNumber } from './check.ts';

/** A seeded source of random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** The next 32 random bits, an integer in [0, 2³²). */
  bits(): number;
  /** Uniform in [min, max), with 53 random bits. */
  uniform(min?: number, max?: number): number;
  /** Normal with the given mean and standard deviation. */
  normal(mean?: number, standardDeviation?: number): number;
  /** A uniform integer in [0, n). */
  integer(n: number): number;
  /** Shuffles the array in place and returns it. */
  shuffle<T>(items: T[]): T[];
}

/** Spreads a seed over well-mixed words: SplitMix32, the 32-bit finaliser of MurmurHash3. */
function splitMix(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

const rotateLeft = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** xoshiro128** 1.1 from four words of state, not all zero (Blackman & Vigna 2021). */
export function xoshiro128(words: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = words;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  };
}

/**
 * A seeded generator, xoshiro128** seeded through SplitMix32.
 *
 * @param seed an integer in [0, 2³² − 1]
 * @param where the public function whose option it is, for the error message
 */
export function random(seed: number, where = 'random'): Random {
  checkNumber(where, 'seed', seed, { min: 0, max: 0xffffffff, integer: true });
  const next = splitMix(seed);
  const bits = xoshiro128([next(), next(), next(), next()]);
  const uniform = (min = 0, max = 1): number => {
    const high = bits() >>> 5;
    const low = bits() >>> 6;
    return min + (max - min) * ((high * 2 ** 26 + low) / 2 ** 53);
  };
  const integer = (n: number): number => Math.floor(uniform() * n);
  return {
    bits,
    uniform,
    integer,
    // Box–Muller; 1 − u keeps the logarithm's argument above zero.
    normal: (mean = 0, standardDeviation = 1) => {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return mean + standardDeviation * radius * Math.cos(2 * Math.PI * uniform());
    },
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [items[i], items[j]] = [items[j]!, items[i]!];
      }
      return items;
    },
  };
}
