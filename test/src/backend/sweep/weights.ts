import { seeded } from './random.ts';

/** Weights between −1 and 1, the same for an output of that size and place in every process. */
export function weightsOf(size: number, place: number): number[] {
  const random = seeded(`weights ${place}`);
  return Array.from({ length: size }, () => Math.fround(2 * random() - 1));
}
