import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { findBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { registerFactors, without } from '../../core/factors.ts';

const valuesOf = ({ dataId }: Tensor): Float32Array =>
  (findBackend('cpu') as MathBackendCPU).readSync(dataId) as Float32Array;

// The JavaScript back end goes over a matrix once, too, with sums in doubles.
registerFactors('cpu', {
  squareSums: (x, { count, rows, columns }) => {
    const values = valuesOf(x);
    const [rowSums, columnSums] = [new Float32Array(count * rows), new Float32Array(count * columns)];
    const sums = new Float64Array(columns);
    for (let matrix = 0, at = 0; matrix < count; matrix += 1) {
      sums.fill(0);
      for (let row = 0; row < rows; row += 1) {
        let sum = 0;
        for (let column = 0; column < columns; column += 1, at += 1) {
          const square = values[at]! * values[at]!;
          sum += square;
          sums[column]! += square;
        }
        rowSums[matrix * rows + row] = sum;
      }
      columnSums.set(sums, matrix * columns);
    }
    return [tensor(rowSums, without(x.shape, x.rank - 1)), tensor(columnSums, without(x.shape, x.rank - 2))];
  },
  scale: (x, { count, rows, columns }, ofRows, ofColumns) => {
    const [values, byRow, byColumn] = [valuesOf(x), valuesOf(ofRows), valuesOf(ofColumns)];
    const scaled = new Float32Array(values.length);
    for (let row = 0, at = 0; row < count * rows; row += 1) {
      const first = Math.floor(row / rows) * columns;
      const factor = byRow[row]!;
      for (let column = 0; column < columns; column += 1, at += 1)
        scaled[at] = values[at]! * factor * byColumn[first + column]!;
    }
    return tensor(scaled, x.shape);
  },
});
