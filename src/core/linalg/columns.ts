/** A matrix in double precision by its columns. */
export type Columns = Float64Array[];

/** A matrix of zeros, or with ones on its diagonal. */
export function blank(rows: number, columns: number, diagonal = 0): Columns {
  return Array.from({ length: columns }, (_, j) => {
    const column = new Float64Array(rows);
    if (j < rows) column[j] = diagonal;
    return column;
  });
}

export function dot(a: Float64Array, b: Float64Array, from = 0): number {
  let sum = 0;
  for (let i = from; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** a + factor·b, in the place of a, from the row `from` on. */
export function addTo(a: Float64Array, b: Float64Array, factor: number, from = 0): void {
  for (let i = from; i < a.length; i++) a[i]! += factor * b[i]!;
}

export function transposed(columns: Columns, rows: number): Columns {
  return Array.from({ length: rows }, (_, i) => Float64Array.from(columns, (column) => column[i]!));
}

/** The product of matrices. */
export function product(a: Columns, b: Columns, rows: number): Columns {
  return b.map((column) => {
    const result = new Float64Array(rows);
    for (let k = 0; k < a.length; k++) addTo(result, a[k]!, column[k]!);
    return result;
  });
}
