import type { Tensor } from '@tensorflow/tfjs-core';
import { type Place, type Program, sizeOf } from './program.ts';

const needsGradient = (values: readonly Place[]): boolean => values.some(({ gradient }) => gradient !== 0);

/** The same numbers, and the same gradient, under another shape. */
export function reshape(x: Place, out: readonly number[]): Place {
  return { ...x, shape: out };
}

/** The sum of values of one shape, times a factor. */
export function add(program: Program, values: readonly Place[], factor: number): Place {
  const { functions } = program;
  const y = program.place(values[0]!.shape, needsGradient(values));
  const { size } = y;
  program.onForward(() => {
    functions.fill(y.at, size, 0);
    for (const value of values) functions.addScaled(value.at, y.at, size, factor);
  });
  program.onWayBack(() => {
    for (const value of values) {
      if (!value.gradient) continue;
      const adds = program.claim(value);
      program.onBackward(() => {
        if (!adds) functions.fill(value.gradient, size, 0);
        functions.addScaled(y.gradient, value.gradient, size, factor);
      });
    }
  });
  return y;
}

/** The product of values of one shape. */
export function multiply(program: Program, values: readonly Place[]): Place {
  const [first, ...rest] = values as readonly [Place, ...Place[]];
  return rest.reduce((x, other) => multiplyPair(program, x, other), first);
}

function multiplyPair(program: Program, a: Place, b: Place): Place {
  const { functions } = program;
  const y = program.place(a.shape, needsGradient([a, b]));
  program.onForward(() => functions.multiply(a.at, b.at, y.at, y.size, 0));
  program.onWayBack(() => {
    for (const [value, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (!value.gradient) continue;
      const adds = Number(program.claim(value));
      program.onBackward(() => functions.multiply(y.gradient, other.at, value.gradient, y.size, adds));
    }
  });
  return y;
}

export function concatenate(
  program: Program,
  values: readonly Place[],
  axis: number,
  out: readonly number[],
): Place {
  const { functions } = program;
  const y = program.place(out, needsGradient(values));
  const rows = sizeOf(out.slice(0, axis));
  const stride = sizeOf(out.slice(axis));
  let offset = 0;
  for (const value of values) {
    const start = offset * 4;
    const width = value.size / rows;
    offset += width;
    program.onForward(() => functions.copyRows(value.at, width, y.at + start, stride, rows, width, 0));
    program.onWayBack(() => {
      if (!value.gradient) return;
      const adds = Number(program.claim(value));
      program.onBackward(() =>
        functions.copyRows(y.gradient + start, stride, value.gradient, width, rows, width, adds),
      );
    });
  }
  return y;
}

/** x times a mask of zeros and 1 / (1 − rate), drawn anew in each step unless it is given. */
export function dropout(program: Program, x: Place, rate: number, fixed?: () => Tensor): Place {
  const { functions, engine } = program;
  const y = program.place(x.shape, x.gradient !== 0);
  const mask = program.allocate(x.size);
  if (fixed) {
    const tensor = fixed();
    functions.copyRows(engine.address(tensor), 0, mask, 0, 1, x.size, 0);
    tensor.dispose();
  }
  program.onForward(() => {
    // As tfjs's own, so that whoever seeds one seeds the other.
    if (!fixed) functions.drawMask(mask, x.size, rate, Math.trunc(Math.random() * 2 ** 32) | 0);
    functions.multiply(x.at, mask, y.at, x.size, 0);
  });
  program.onWayBack(() => {
    if (!x.gradient) return;
    const adds = Number(program.claim(x));
    program.onBackward(() => functions.multiply(y.gradient, mask, x.gradient, x.size, adds));
  });
  return y;
}
