import { createRequire } from 'node:module';
import { readMethod, shortText, tensorShape } from '../inspect.ts';

/** A function of two numbers, which gives a number or a tensor of one. */
export type SurfaceFunction = (x: number, y: number) => unknown;

type Tidy = (work: () => unknown) => unknown;

/** The value of a function at a point as a number; what it makes of tensors is let go of. */
export function evaluator(f: SurfaceFunction): (x: number, y: number) => number {
  let tidy: Tidy | undefined;
  return (x, y) => {
    if (tidy)
      return numberAt(
        tidy(() => f(x, y)),
        x,
        y,
      );
    const value = f(x, y);
    // Only for a function that computes on tensors are they loaded.
    if (tensorShape(value)) tidy = tensorflow().tidy;
    return numberAt(value, x, y);
  };
}

function tensorflow(): { tidy: Tidy } {
  return createRequire(import.meta.url)('@tensorflow/tfjs-core') as { tidy: Tidy };
}

function numberAt(value: unknown, x: number, y: number): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (tensorShape(value)) {
    const values = readMethod(value, 'dataSync')?.() as ArrayLike<number>;
    readMethod(value, 'dispose')?.();
    if (values.length === 1) return Number(values[0]);
  }
  const what = readMethod(value, 'then') ? 'a promise: await its values beforehand' : shortText(value);
  throw new TypeError(`lossSurface: f(${x}, ${y}) is ${what}; allowed are a number and a tensor of one`);
}
