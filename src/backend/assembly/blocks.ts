// Blocks of matrices that fit the caches, copied so that tiles read them in order.
import { tile1, tile4, tile5, tile6 } from './tile';

/** Of the dimension that A and B share. */
export const DEPTH: i32 = 320;
/** Of A's rows: whole tiles of five or six. */
export const ROWS: i32 = 120;
/** Of B's columns: tiles of eight. */
export const COLUMNS: i32 = 512;

/** Rows of the tallest tile. */
const TALL: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;

export const FLOAT: usize = 4;
/** Eight floats. */
export const PANEL: usize = 32;

// Scratch memory: a tile at the edge, eight zeros, the columns of B at its edge, a block of B, a block of A.
const ZEROS: usize = 6 * PANEL;
export const EDGE: usize = ZEROS + PANEL;
export const PACKED_B: usize = EDGE + <usize>DEPTH * PANEL;
export const PACKED_A: usize = PACKED_B + <usize>(DEPTH * COLUMNS) * FLOAT;
export const SCRATCH: usize = PACKED_A + <usize>(DEPTH * ROWS) * FLOAT;

/** Where eight zeros are. */
export function zeros(scratch: usize): usize {
  memory.fill(scratch + ZEROS, 0, PANEL);
  return scratch + ZEROS;
}

/**
 * The height of the tile that begins at row `i` of `rows`: of the tallest tiles and of those one row less as many as
 * leave no ones behind.
 */
export function tileHeight(i: i32, rows: i32): i32 {
  const left = rows - i;
  for (let tall = TALL; tall >= 5; tall--) {
    const lower = (tall - 1) * ((tall - (left % tall)) % tall);
    if (lower <= left) return left > lower ? tall : tall - 1;
  }
  return left >= TALL ? TALL : 1;
}

export function copyFloats(from: usize, to: usize, count: i32): void {
  for (let j: usize = 0; j < <usize>count; j++) store<f32>(to + j * FLOAT, load<f32>(from + j * FLOAT));
}

/** Copies `count` rows of `k` numbers so that the numbers of a column lie side by side, `width` bytes apart. */
export function packRows(
  from: usize,
  row: usize,
  step: usize,
  count: i32,
  k: i32,
  to: usize,
  width: usize,
): void {
  if (row === FLOAT) {
    for (const end = to + <usize>k * width; to !== end; to += width) {
      copyFloats(from, to, count);
      from += step;
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    let source = from + <usize>i * row;
    let target = to + <usize>i * FLOAT;
    for (let p = 0; p < k; p++) {
      store<f32>(target, load<f32>(source));
      source += step;
      target += width;
    }
  }
}

/** Copies a block of A, tile by tile. */
export function packA(a: usize, aRow: usize, aStep: usize, rows: i32, k: i32, to: usize): void {
  for (let i = 0; i < rows; ) {
    const height = tileHeight(i, rows);
    packRows(a + <usize>i * aRow, aRow, aStep, height, k, to + <usize>(i * k) * FLOAT, <usize>height * FLOAT);
    i += height;
  }
}

/** Copies up to eight columns of B as rows of eight, with zeros for columns that are not there. */
export function packPanel(b: usize, bRow: usize, bStep: usize, columns: i32, k: i32, to: usize): void {
  if (columns < 8) memory.fill(to, 0, <usize>k * PANEL);
  if (columns < 8 || bStep !== FLOAT) {
    packRows(b, bStep, bRow, columns, k, to, PANEL);
    return;
  }
  for (const end = to + <usize>k * PANEL; to !== end; to += PANEL) {
    v128.store(to, v128.load(b));
    v128.store(to, v128.load(b, 16), 16);
    b += bRow;
  }
}

/** Copies a block of B as panels of eight columns. */
export function packB(b: usize, bRow: usize, bStep: usize, columns: i32, k: i32, to: usize): void {
  for (let j = 0; j < columns; j += 8) {
    packPanel(b + <usize>j * bStep, bRow, bStep, min(8, columns - j), k, to + <usize>(j * k) * FLOAT);
  }
}

/** A tile of `height` rows: 6 with relaxed SIMD, 5, 4 or 1. */
function tile(
  height: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
  from: usize,
  fromRow: usize,
  c: usize,
  cRow: usize,
): void {
  if (ASC_FEATURE_RELAXED_SIMD && height === 6) tile6(a, aRow, aStep, b, bStep, k, from, fromRow, c, cRow);
  else if (height === 5) tile5(a, aRow, aStep, b, bStep, k, from, fromRow, c, cRow);
  else if (height === 4) tile4(a, aRow, aStep, b, bStep, k, from, fromRow, c, cRow);
  else tile1(a, aStep, b, bStep, k, from, c);
}

/**
 * Up to eight columns of C = from + A·B, for a block of A as it is, or packed by `packA` if aRow is 0.
 * See tile.ts for the other arguments; with fewer than eight columns tiles pass through `spill`.
 */
export function multiplyPanel(
  rows: i32,
  columns: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  from: usize,
  fromRow: usize,
  c: usize,
  cRow: usize,
  spill: usize,
): void {
  for (let i = 0; i < rows; ) {
    const height = tileHeight(i, rows);
    const isPacked = aRow === 0;
    const at = isPacked ? a + <usize>(i * k) * FLOAT : a + <usize>i * aRow;
    const row = isPacked ? FLOAT : aRow;
    const step = isPacked ? <usize>height * FLOAT : aStep;
    if (columns === 8) {
      tile(height, at, row, step, b, bStep, k, from, fromRow, c, cRow);
    } else {
      for (let r: usize = 0; r < <usize>height; r++)
        copyFloats(from + r * fromRow, spill + r * PANEL, columns);
      tile(height, at, row, step, b, bStep, k, spill, PANEL, spill, PANEL);
      for (let r: usize = 0; r < <usize>height; r++) copyFloats(spill + r * PANEL, c + r * cRow, columns);
    }
    from += <usize>height * fromRow;
    c += <usize>height * cRow;
    i += height;
  }
}
