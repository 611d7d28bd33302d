import type { FactoredNumbers, Stack } from '../../core/factored.ts';
import type { EngineFunctions } from '../engine/module.ts';

const FLOAT = 4;

/** The addresses of the tensors of a step. */
interface Addresses {
  readonly g: number;
  readonly old: readonly [rows: number, columns: number];
  readonly means: readonly [rows: number, columns: number];
  readonly update: number;
  readonly scratch: number;
}

/** Bytes of scratch memory for a step. */
export const scratchOf = ({ rows, columns }: Stack): number => (rows + columns) * FLOAT;

/** The engine's step on each matrix of a stack. */
export function stepMatrices(
  { factoredStep }: EngineFunctions,
  { count, rows, columns }: Stack,
  { g, old, means, update, scratch }: Addresses,
  { beta, epsilon }: FactoredNumbers,
): void {
  for (let i = 0; i < count; i += 1) {
    const [entries, row, column] = [i * rows * columns * FLOAT, i * rows * FLOAT, i * columns * FLOAT];
    factoredStep(
      g + entries,
      rows,
      columns,
      old[0] + row,
      old[1] + column,
      means[0] + row,
      means[1] + column,
      beta,
      1 - beta,
      epsilon,
      update + entries,
      scratch,
    );
  }
}
