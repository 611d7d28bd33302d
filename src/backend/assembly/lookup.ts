// Rows of a table by their indices, as an embedding needs them.

import { addScaled } from './arithmetic';
import { FLOAT } from './blocks';

/** Whole numbers, an int32 each, of floats that name rows: gives the place of the first that names none, or −1. */
export function toIndices(x: usize, indices: usize, count: i32, rows: i32): i32 {
  for (let i = 0; i < count; i++) {
    const place = <usize>i * FLOAT;
    const value = load<f32>(x + place);
    if (!(value > -1 && value < <f32>rows)) return i;
    store<i32>(indices + place, <i32>value);
  }
  return -1;
}

/** Floats of int32s. */
export function toFloats(x: usize, y: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count * FLOAT; i += FLOAT) store<f32>(y + i, <f32>load<i32>(x + i));
}

/** Each row of y = the row of the table that the index of the same place, an int32, names. */
export function lookUp(table: usize, indices: usize, y: usize, count: i32, width: i32): void {
  const bytes = <usize>width * FLOAT;
  for (let i = 0; i < count; i++) {
    memory.copy(y, table + <usize>load<i32>(indices + <usize>i * FLOAT) * bytes, bytes);
    y += bytes;
  }
}

/** Adds each row of dy to the row of dTable that its index names; the `rows` rows start from zeros unless `adds`. */
export function lookUpGradient(
  dTable: usize,
  rows: i32,
  indices: usize,
  dy: usize,
  count: i32,
  width: i32,
  adds: bool,
): void {
  const bytes = <usize>width * FLOAT;
  if (!adds) memory.fill(dTable, 0, <usize>rows * bytes);
  for (let i = 0; i < count; i++) {
    addScaled(dy, dTable + <usize>load<i32>(indices + <usize>i * FLOAT) * bytes, width, 1);
    dy += bytes;
  }
}
