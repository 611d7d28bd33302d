// The product of two matrices.
import {
  COLUMNS,
  DEPTH,
  EDGE,
  FLOAT,
  multiplyPanel,
  PACKED_A,
  PACKED_B,
  PANEL,
  packA,
  packB,
  ROWS,
  SCRATCH,
  zeros,
} from './blocks';

/** Bytes of scratch memory that a product or a convolution needs; what it holds between calls is of no matter. */
export function scratchBytes(): i32 {
  return <i32>SCRATCH;
}

/** Rows so far apart push each other out of the cache when they are read together. */
function collides(stride: usize): bool {
  return stride % 1024 === 0;
}

/** One block of C's columns and of the shared dimension, over all rows. */
function multiplyColumns(
  m: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bStep: usize,
  from: usize,
  fromRow: usize,
  c: usize,
  cRow: usize,
  scratch: usize,
): void {
  // Copies pay when they are read often enough.
  const packsA = columns >= 96 || (columns >= 24 && collides(max(aRow, aStep)));
  const packsB = bStep !== FLOAT || (m >= 40 && (columns > 128 || collides(bRow)));
  const whole = columns & ~7;
  if (packsB) packB(b, bRow, bStep, columns, depth, scratch + PACKED_B);
  else if (whole < columns) {
    packB(b + <usize>whole * bStep, bRow, bStep, columns - whole, depth, scratch + EDGE);
  }
  for (let i = 0; i < m; i += ROWS) {
    const rows = min(ROWS, m - i);
    let block = a + <usize>i * aRow;
    if (packsA) {
      packA(block, aRow, aStep, rows, depth, scratch + PACKED_A);
      block = scratch + PACKED_A;
    }
    for (let j = 0; j < columns; j += 8) {
      let panel = b + <usize>j * FLOAT;
      if (packsB) panel = scratch + PACKED_B + <usize>(j * depth) * FLOAT;
      else if (j === whole) panel = scratch + EDGE;
      const panelStep = packsB || j === whole ? PANEL : bRow;
      const start =
        fromRow === 0 && from === scratch ? zeros(scratch) : from + <usize>i * fromRow + <usize>j * FLOAT;
      const to = c + <usize>i * cRow + <usize>j * FLOAT;
      const row: usize = packsA ? 0 : aRow;
      const width = min(8, columns - j);
      multiplyPanel(
        rows,
        width,
        depth,
        block,
        row,
        aStep,
        panel,
        panelStep,
        start,
        fromRow,
        to,
        cRow,
        scratch,
      );
    }
  }
}

/**
 * C = from + A·B: C is m×n, A m×k, stored k×m if `transposeA`, B k×n, stored n×k if `transposeB`. lda, ldb and
 * ldc count the floats from a stored row to the next, ldFrom those of what the sum starts with: 0 for one row
 * that all rows start with, such as a bias. `from` may be 0, for zeros, or C itself.
 */
export function gemm(
  transposeA: bool,
  transposeB: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  lda: i32,
  b: usize,
  ldb: i32,
  from: usize,
  ldFrom: i32,
  c: usize,
  ldc: i32,
  scratch: usize,
): void {
  const aRow = transposeA ? FLOAT : <usize>lda * FLOAT;
  const aStep = transposeA ? <usize>lda * FLOAT : FLOAT;
  const bRow = transposeB ? FLOAT : <usize>ldb * FLOAT;
  const bStep = transposeB ? <usize>ldb * FLOAT : FLOAT;
  const cRow = <usize>ldc * FLOAT;
  for (let j = 0; j < n; j += COLUMNS) {
    const columns = min(COLUMNS, n - j);
    const target = c + <usize>j * FLOAT;
    let start = from === 0 ? scratch : from + <usize>j * FLOAT;
    let startRow: usize = from === 0 ? 0 : <usize>ldFrom * FLOAT;
    // At least once, also for k = 0.
    let p = 0;
    do {
      const depth = min(DEPTH, k - p);
      const left = a + <usize>p * aStep;
      const right = b + <usize>p * bRow + <usize>j * bStep;
      multiplyColumns(
        m,
        columns,
        depth,
        left,
        aRow,
        aStep,
        right,
        bRow,
        bStep,
        start,
        startRow,
        target,
        cRow,
        scratch,
      );
      start = target;
      startRow = cRow;
      p += DEPTH;
    } while (p < k);
  }
}
