import { type Random, random } from '../../core/random.ts';

/** What numbers are drawn for: each has a sequence of its own. */
const STREAMS = { shuffle: 1, step: 2 } as const;

/** A seed for the `n`-th use of a stream: SplitMix32's finaliser over the three numbers. */
function derived(seed: number, stream: keyof typeof STREAMS, n: number): number {
  let z = (seed ^ Math.imul(STREAMS[stream], 0x9e3779b9)) >>> 0;
  for (const word of [n >>> 0, Math.floor(n / 2 ** 32)]) {
    z = (z + Math.imul(word + 1, 0x9e3779b9)) >>> 0;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    z = (z ^ (z >>> 16)) >>> 0;
  }
  return z;
}

/** A seed where the user gives none. */
export const drawSeed = (): number => Math.floor(Math.random() * 2 ** 32);

/** The order of the samples in an epoch. */
export function shuffled(samples: number, seed: number, epoch: number): Int32Array {
  const source = random(derived(seed, 'shuffle', epoch));
  const order = new Int32Array(samples);
  // Each goes to a place among those before it (Fisher & Yates 1938, from the front).
  for (let i = 0; i < samples; i++) {
    const j = source.integer(i + 1);
    order[i] = order[j]!;
    order[j] = i;
  }
  return order;
}

/**
 * Runs `body` with `Math.random` seeded: it is what tfjs draws dropout and noise from where a layer has no seed. Each
 * step has numbers of its own, whatever came before it, so that a resumed run draws what the other one drew.
 */
export function seeded<T>(seed: number, step: number, body: () => T): T {
  const before = Math.random;
  let source: Random | undefined;
  Math.random = () => {
    source ??= random(derived(seed, 'step', step));
    return source.uniform();
  };
  try {
    return body();
  } finally {
    Math.random = before;
  }
}
