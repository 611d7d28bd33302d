// The engine's functions on each matrix of a stack, by addresses in its memory.
import type { Stack } from '../../core/factors.ts';
import type { EngineFunctions } from '../engine/module.ts';

const FLOAT = 4;

/** Calls `each` with the number of bytes before the entries of each matrix, before its rows and before its columns. */
function forEachMatrix(
  { count, rows, columns }: Stack,
  each: (entries: number, row: number, column: number) => void,
): void {
  for (let i = 0; i < count; i += 1) each(i * rows * columns * FLOAT, i * rows * FLOAT, i * columns * FLOAT);
}

export function squareSumsAt(
  functions: EngineFunctions,
  stack: Stack,
  x: number,
  rowSums: number,
  columnSums: number,
): void {
  forEachMatrix(stack, (entries, row, column) => {
    functions.squareSums(x + entries, stack.rows, stack.columns, rowSums + row, columnSums + column);
  });
}

export function scaleAt(
  functions: EngineFunctions,
  stack: Stack,
  x: number,
  rowFactors: number,
  columnFactors: number,
  y: number,
): void {
  const { rows, columns } = stack;
  forEachMatrix(stack, (entries, row, column) => {
    functions.scaleRowsAndColumns(
      x + entries,
      rows,
      columns,
      rowFactors + row,
      columnFactors + column,
      y + entries,
    );
  });
}
