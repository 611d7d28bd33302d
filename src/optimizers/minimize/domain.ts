import type { Place, Settings } from './settings.ts';
import type { MinimizeStep } from './types.ts';

/** How numbers in a row stand for what the user's function takes. */
export interface Domain<X> {
  readonly start: Float64Array;
  /** The form of x that a result has. */
  toResult(x: Float64Array): X;
  /** The form of the gradient that a result has. */
  toGradient(gradient: Float64Array): X;
  /** Gives variables the values that they had. */
  restore(): void;
  /** Calls `f` with a place in the user's form, and frees what was made for it. */
  show<T>(x: Float64Array, f: (x: () => X) => T): T;
}

/** The domain of vectors. */
export const vectors = (start: Float64Array): Domain<Float64Array> => ({
  start,
  toResult: (x) => x.slice(),
  toGradient: (gradient) => gradient.slice(),
  restore() {},
  show: (x, f) => f(() => x.slice()),
});

/** The user's callback as the algorithms call it. */
export function callbackFor<X>(
  domain: Domain<X>,
  evaluations: () => number,
  callback: ((step: MinimizeStep<X>) => unknown) | undefined,
): Settings['callback'] {
  if (callback === undefined) return undefined;
  return (iteration: number, { x, value, gradientNorm }: Place) =>
    domain.show(x, (read) => {
      let made: X | undefined;
      const step: MinimizeStep<X> = {
        get x() {
          made ??= read();
          return made;
        },
        ...{ value, gradientNorm, iteration, evaluations: evaluations() },
      };
      return callback(step) === true;
    });
}
