import { type GradientTransformation, isRated } from './types.ts';

/** Gives `whole` the learning rate of that of its parts which has one, if any. */
export function passRate<T extends GradientTransformation>(
  whole: T,
  parts: readonly GradientTransformation[],
): T {
  const rated = parts.find(isRated);
  if (rated === undefined) return whole;
  return Object.defineProperty(whole, 'learningRate', {
    enumerable: true,
    configurable: true,
    get: () => rated.learningRate,
    set: (rate) => {
      rated.learningRate = rate;
    },
  });
}
