import type { WeightUse } from '../emitter.ts';
import type { Place, Program } from './program.ts';

/** x·kernel + bias along the last axis. */
export function matMul(
  program: Program,
  x: Place,
  kernel: WeightUse,
  bias: WeightUse | undefined,
  out: readonly number[],
): Place {
  const w = program.weight(kernel);
  const b = bias && program.weight(bias);
  const columns = out.at(-1)!;
  const depth = x.shape.at(-1)!;
  const rows = x.size / depth;
  const y = program.place(
    out,
    [x, w, b].some((one) => (one?.gradient ?? 0) !== 0),
  );
  const left = { at: x.at, row: depth };
  const dy = { at: y.gradient, row: columns };
  program.onForward(() => {
    const weights = { at: w.at, row: columns };
    const from = { at: b?.at ?? 0, row: 0 };
    program.productFrom([rows, columns, depth], left, weights, { at: y.at, row: columns }, from);
  });
  program.onWayBack(() => {
    if (w.gradient) {
      const adds = program.claim(w);
      const transposed = { ...left, isTransposed: true };
      const to = { at: w.gradient, row: columns };
      program.onBackward(() => program.product([depth, columns, rows], transposed, dy, to, adds));
    }
    if (b?.gradient) program.sumRows(y.gradient, rows, b);
    if (x.gradient) {
      const adds = program.claim(x);
      const to = { at: x.gradient, row: depth };
      program.onBackward(() => {
        const weights = { at: w.at, row: columns, isTransposed: true };
        program.product([rows, depth, columns], dy, weights, to, adds);
      });
    }
  });
  return y;
}
