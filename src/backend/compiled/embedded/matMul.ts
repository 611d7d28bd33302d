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
  const { functions, engine } = program;
  const w = program.weight(kernel);
  const b = bias && program.weight(bias);
  const columns = out.at(-1)!;
  const depth = x.shape.at(-1)!;
  const rows = x.size / depth;
  const y = program.place(out, x.gradient !== 0 || w.gradient !== 0 || (b?.gradient ?? 0) !== 0);
  program.onForward(() => {
    const scratch = engine.scratch();
    functions.gemm(
      0,
      0,
      rows,
      columns,
      depth,
      x.at,
      depth,
      w.at,
      columns,
      b?.at ?? 0,
      0,
      y.at,
      columns,
      scratch,
    );
  });
  program.onWayBack(() => {
    if (w.gradient) productGradient(program, { a: x.at, lda: depth, b: y.gradient, ldb: columns }, w, rows);
    if (b?.gradient) program.sumRows(y.gradient, rows, b);
    if (x.gradient) {
      const from = program.claim(x) ? x.gradient : 0;
      program.onBackward(() => {
        const scratch = engine.scratch();
        const to = x.gradient;
        functions.gemm(
          0,
          1,
          rows,
          depth,
          columns,
          y.gradient,
          columns,
          w.at,
          columns,
          from,
          depth,
          to,
          depth,
          scratch,
        );
      });
    }
  });
  return y;
}

/** The gradient aᵀ·b of a weight, of which a and b have `rows` rows each. */
function productGradient(
  program: Program,
  { a, lda, b, ldb }: { a: number; lda: number; b: number; ldb: number },
  weight: { readonly gradient: number },
  rows: number,
): void {
  const from = program.claim(weight) ? weight.gradient : 0;
  program.onBackward(() => {
    const scratch = program.engine.scratch();
    program.functions.gemm(1, 0, lda, ldb, rows, a, lda, b, ldb, from, ldb, weight.gradient, ldb, scratch);
  });
}
