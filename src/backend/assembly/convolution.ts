// Convolutions and their gradients as products of matrices: forward of patches with the filter; for the filter of
// turned patches with dy; for x see inputGradient.ts.
import { DEPTH, FLOAT, multiplyPanel, PACKED_B, PANEL, packB, ROWS, zeros } from './blocks';
import { curve } from './curves';
import { Geometry } from './geometry';
import {
  arePixels,
  copyPatches,
  patchesPerImage,
  patchLength,
  setColumns,
  setImages,
  setRows,
} from './patches';

/** Floats of patches at a time, and the fewest patches. */
const BLOCK: i32 = 32768;
const LEAST: i32 = 20;

/** Patches at a time: whole tiles of five. */
export function patchesAtOnce(k: i32): i32 {
  return max(LEAST, min(ROWS, (BLOCK / max(1, k) / 5) * 5));
}

/** From a patch to the next: multiples of 512 bytes would push each other out of the cache. */
export function patchBytes(k: i32): usize {
  const bytes = <usize>k * FLOAT;
  return bytes % 512 === 0 ? bytes + 64 : bytes;
}

export function padded(n: i32): i32 {
  return (n + 7) & ~7;
}

/** Scratch memory: that of blocks.ts up to its block of B, patches, rows of the result, panels of the filter. */
function bytesFor(k: i32, n: i32): usize {
  const rows = <usize>patchesAtOnce(k);
  return PACKED_B + rows * (patchBytes(k) + <usize>padded(n) * FLOAT) + <usize>(k * padded(n)) * FLOAT;
}

/** Bytes of scratch memory that the three functions below need. */
export function conv2dScratch(geometry: usize): i32 {
  const g = changetype<Geometry>(geometry);
  const taps = g.filterHeight * g.filterWidth;
  return <i32>max(bytesFor(taps * g.inChannels, g.outChannels), bytesFor(taps * g.outChannels, g.inChannels));
}

/** count×n rows of `to`: what they start with and the patches at `a` times the panels. */
export function multiplyPatches(
  count: i32,
  k: i32,
  n: i32,
  a: usize,
  aRow: usize,
  panels: usize,
  from: usize,
  to: usize,
  scratch: usize,
): void {
  const toRow = <usize>n * FLOAT;
  const parts = max(1, (k + DEPTH - 1) / DEPTH);
  const depth = (k + parts - 1) / parts;
  for (let part = 0; part < parts; part++) {
    const p = part * depth;
    const length = min(depth, k - p);
    for (let j = 0; j < n; j += 8) {
      const column = <usize>j * FLOAT;
      const start = part > 0 ? to + column : from === 0 ? zeros(scratch) : from + column;
      const panel = panels + <usize>(j * k) * FLOAT + <usize>p * PANEL;
      const left = a + <usize>p * FLOAT;
      const startRow: usize = part > 0 ? toRow : 0;
      const width = min(8, n - j);
      multiplyPanel(
        count,
        width,
        length,
        left,
        aRow,
        FLOAT,
        panel,
        PANEL,
        start,
        startRow,
        to + column,
        toRow,
        scratch,
      );
    }
  }
}

function setForward(g: Geometry): void {
  setImages(g.inHeight, g.inWidth, g.inChannels);
  setRows(g.outHeight, g.strideHeight, -g.padTop, g.filterHeight, g.dilationHeight);
  setColumns(g.outWidth, g.strideWidth, -g.padLeft, g.filterWidth, g.dilationWidth);
}

/**
 * y = f(x ∗ filter + bias); `bias` is the address of outChannels floats, or 0, `activation` and `alpha` are those of
 * `curve`.
 */
export function conv2d(
  geometry: usize,
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  activation: i32,
  alpha: f32,
  scratch: usize,
): void {
  const g = changetype<Geometry>(geometry);
  setForward(g);
  const k = patchLength();
  const n = g.outChannels;
  const atOnce = patchesAtOnce(k);
  const rowBytes = patchBytes(k);
  const patches = scratch + PACKED_B;
  const panels = patches + <usize>atOnce * (rowBytes + <usize>padded(n) * FLOAT);
  packB(filter, <usize>n * FLOAT, FLOAT, n, k, panels);
  const copies = !(arePixels() && rowBytes === <usize>k * FLOAT);
  const all = g.batch * patchesPerImage();
  for (let first = 0; first < all; first += atOnce) {
    const count = min(atOnce, all - first);
    if (copies) copyPatches(x, first, count, patches, rowBytes);
    const a = copies ? patches : x + <usize>first * rowBytes;
    const to = y + <usize>(first * n) * FLOAT;
    multiplyPatches(count, k, n, a, rowBytes, panels, bias, to, scratch);
    if (activation !== 0) curve(activation, to, to, count * n, alpha);
  }
}

/** dw: the gradient with respect to the filter. */
export function conv2dFilterGradient(geometry: usize, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  setForward(g);
  const k = patchLength();
  const n = g.outChannels;
  const atOnce = patchesAtOnce(k);
  const rowBytes = patchBytes(k);
  const dwRow = <usize>n * FLOAT;
  const patches = scratch + PACKED_B;
  const panels = patches + <usize>atOnce * rowBytes;
  const copies = !(arePixels() && rowBytes === <usize>k * FLOAT);
  const all = g.batch * patchesPerImage();
  if (all === 0) memory.fill(dw, 0, <usize>(k * n) * FLOAT);
  for (let first = 0; first < all; first += atOnce) {
    const count = min(atOnce, all - first);
    if (copies) copyPatches(x, first, count, patches, rowBytes);
    const a = copies ? patches : x + <usize>first * rowBytes;
    packB(dy + <usize>first * dwRow, dwRow, FLOAT, n, count, panels);
    for (let j = 0; j < n; j += 8) {
      const to = dw + <usize>j * FLOAT;
      const panel = panels + <usize>(j * count) * FLOAT;
      const start = first === 0 ? zeros(scratch) : to;
      const startRow: usize = first === 0 ? 0 : dwRow;
      const width = min(8, n - j);
      multiplyPanel(k, width, count, a, FLOAT, rowBytes, panel, PANEL, start, startRow, to, dwRow, scratch);
    }
  }
}
