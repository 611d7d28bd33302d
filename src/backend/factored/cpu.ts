import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { findBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type FactoredNumbers, registerFactored, type Stack } from '../../core/factored.ts';

const valuesOf = ({ dataId }: Tensor): Float32Array =>
  (findBackend('cpu') as MathBackendCPU).readSync(dataId) as Float32Array;

/** Writes the means of squares along the rows and the columns of a matrix, mixed with those before. */
function mixMeans(
  values: Float32Array,
  { rows, columns }: Stack,
  [oldRows, oldColumns]: readonly [Float32Array, Float32Array],
  { beta, epsilon }: FactoredNumbers,
): [rows: Float64Array, columns: Float64Array] {
  const [byRow, byColumn] = [new Float64Array(rows), new Float64Array(columns)];
  for (let row = 0, at = 0; row < rows; row += 1) {
    let sum = 0;
    for (let column = 0; column < columns; column += 1, at += 1) {
      const square = values[at]! * values[at]!;
      sum += square;
      byColumn[column]! += square;
    }
    byRow[row] = sum;
  }
  const mix = (sum: number, count: number, old: number): number =>
    beta * old + (1 - beta) * (sum / count + epsilon);
  return [
    byRow.map((sum, i) => mix(sum, columns, oldRows[i]!)),
    byColumn.map((sum, j) => mix(sum, rows, oldColumns[j]!)),
  ];
}

/** Writes each entry over the root of its mean square. */
function scale(values: Float32Array, byRow: Float64Array, byColumn: Float64Array, out: Float32Array): void {
  const mean = byRow.reduce((sum, value) => sum + value, 0) / byRow.length;
  const factors = byColumn.map((value) => 1 / Math.sqrt(value));
  for (let row = 0, at = 0; row < byRow.length; row += 1) {
    const factor = Math.sqrt(mean / byRow[row]!);
    for (let column = 0; column < factors.length; column += 1, at += 1)
      out[at] = values[at]! * factor * factors[column]!;
  }
}

// The JavaScript back end goes over a matrix twice, with sums in doubles.
registerFactored('cpu', (g, stack, old, numbers) => {
  const { count, rows, columns } = stack;
  const [values, oldRows, oldColumns] = [valuesOf(g), valuesOf(old[0]), valuesOf(old[1])];
  const [update, allRows, allColumns] = [values, oldRows, oldColumns].map(
    ({ length }) => new Float32Array(length),
  ) as [Float32Array, Float32Array, Float32Array];
  for (let i = 0; i < count; i += 1) {
    const part = (all: Float32Array, size: number): Float32Array => all.subarray(i * size, (i + 1) * size);
    const matrix = part(values, rows * columns);
    const before = [part(oldRows, rows), part(oldColumns, columns)] as const;
    const [byRow, byColumn] = mixMeans(matrix, stack, before, numbers);
    scale(matrix, byRow, byColumn, part(update, rows * columns));
    allRows.set(byRow, i * rows);
    allColumns.set(byColumn, i * columns);
  }
  return {
    update: tensor(update, g.shape),
    means: [tensor(allRows, old[0].shape), tensor(allColumns, old[1].shape)],
  };
});
