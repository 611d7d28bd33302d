/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** Random numbers that depend on nothing but the text: FNV-1a to a seed, then mulberry32. */
export function seeded(text: string): Random {
  let seed = 0x811c9dc5;
  for (const char of text) seed = Math.imul(seed ^ char.codePointAt(0)!, 0x01000193);
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), seed | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
