import type { WeightUse } from '../emitter.ts';
import type { Place, Program } from './program.ts';

/** Rows of a table by the whole numbers in x, which has no gradient. */
export function embed(program: Program, x: Place, table: WeightUse, out: readonly number[]): Place {
  const { functions } = program;
  const weight = program.weight(table);
  const [rows, width] = weight.variable.shape as [number, number];
  const y = program.place(out, weight.gradient !== 0);
  const count = x.size;
  const indices = program.allocate(count);
  program.onForward(() => {
    const wrong = functions.toIndices(x.at, indices, count, rows);
    if (wrong >= 0) {
      const [value] = program.engine.floats(x.at + wrong * 4, 1);
      throw new RangeError(
        `the embedding ${table.variable.originalName} got the index ${value}; allowed are whole numbers from 0 to ${rows - 1}`,
      );
    }
    functions.lookUp(weight.at, indices, y.at, count, width);
  });
  program.onWayBack(() => {
    if (!weight.gradient) return;
    const adds = Number(program.claim(weight));
    program.onBackward(() =>
      functions.lookUpGradient(weight.gradient, rows, indices, y.gradient, count, width, adds),
    );
  });
  return y;
}
