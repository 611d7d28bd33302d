// Convolutions and their gradients as products of matrices: forward of patches with the filter; for x of patches of
// dy with the turned filter; for the filter of turned patches with dy.
import { activate } from './activation';
import { DEPTH, FLOAT, multiplyPanel, PACKED_B, PANEL, packB, packPanel, ROWS, zeros } from './blocks';
import { Geometry } from './geometry';
import {
  arePixels,
  copyPatches,
  copyRun,
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
function patchesAtOnce(k: i32): i32 {
  return max(LEAST, min(ROWS, (BLOCK / max(1, k) / 5) * 5));
}

/** From a patch to the next: multiples of 512 bytes would push each other out of the cache. */
function patchBytes(k: i32): usize {
  const bytes = <usize>k * FLOAT;
  return bytes % 512 === 0 ? bytes + 64 : bytes;
}

function padded(n: i32): i32 {
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
function multiplyPatches(
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
 * `activate`.
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
    if (activation !== 0) activate(activation, to, to, count * n, alpha);
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

function greatestCommonDivisor(a: i32, b: i32): i32 {
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/** The first tap that reaches pixels of this phase, −1 if none does: those with (phase + pad − tap·dilation) % stride = 0. */
function firstTap(phase: i32, pad: i32, stride: i32, dilation: i32, taps: i32): i32 {
  for (let tap = 0; tap < min(taps, stride); tap++) {
    if ((phase + pad - tap * dilation) % stride === 0) return tap;
  }
  return -1;
}

/** The filter turned, of the taps of one phase: rows of taps and outChannels, in panels of inChannels. */
function packTurned(
  g: Geometry,
  filter: usize,
  firstY: i32,
  everyY: i32,
  firstX: i32,
  everyX: i32,
  k: i32,
  panels: usize,
): void {
  const channelBytes = <usize>g.outChannels * FLOAT;
  const tapBytes = <usize>g.inChannels * channelBytes;
  for (let j = 0; j < g.inChannels; j += 8) {
    let to = panels + <usize>(j * k) * FLOAT;
    const width = min(8, g.inChannels - j);
    for (let tapY = firstY; tapY < g.filterHeight; tapY += everyY) {
      for (let tapX = firstX; tapX < g.filterWidth; tapX += everyX) {
        const from = filter + <usize>(tapY * g.filterWidth + tapX) * tapBytes + <usize>j * channelBytes;
        packPanel(from, FLOAT, channelBytes, width, g.outChannels, to);
        to += <usize>g.outChannels * PANEL;
      }
    }
  }
}

/** Puts rows of pixels where they belong on the images: each strideHeight-th and strideWidth-th pixel. */
function scatter(
  g: Geometry,
  from: usize,
  first: i32,
  count: i32,
  phaseY: i32,
  phaseX: i32,
  dx: usize,
): void {
  const rows = (g.inHeight - phaseY + g.strideHeight - 1) / g.strideHeight;
  const columns = (g.inWidth - phaseX + g.strideWidth - 1) / g.strideWidth;
  for (let i = first; i < first + count; i++) {
    const image = i / (rows * columns);
    const y = ((i / columns) % rows) * g.strideHeight + phaseY;
    const x = (i % columns) * g.strideWidth + phaseX;
    const pixel = (image * g.inHeight + y) * g.inWidth + x;
    copyRun(from, dx + <usize>(pixel * g.inChannels) * FLOAT, g.inChannels);
    from += <usize>g.inChannels * FLOAT;
  }
}

/** dx of the pixels whose row and column leave these rests when divided by the strides. */
function inputGradientOfPhase(
  g: Geometry,
  dy: usize,
  filter: usize,
  dx: usize,
  phaseY: i32,
  phaseX: i32,
  scratch: usize,
): void {
  const firstY = firstTap(phaseY, g.padTop, g.strideHeight, g.dilationHeight, g.filterHeight);
  const firstX = firstTap(phaseX, g.padLeft, g.strideWidth, g.dilationWidth, g.filterWidth);
  if (firstY < 0 || firstX < 0) return;
  const everyY = g.strideHeight / greatestCommonDivisor(g.strideHeight, g.dilationHeight);
  const everyX = g.strideWidth / greatestCommonDivisor(g.strideWidth, g.dilationWidth);
  setImages(g.outHeight, g.outWidth, g.outChannels);
  setRows(
    (g.inHeight - phaseY + g.strideHeight - 1) / g.strideHeight,
    1,
    (phaseY + g.padTop - firstY * g.dilationHeight) / g.strideHeight,
    (g.filterHeight - 1 - firstY) / everyY + 1,
    -(everyY * g.dilationHeight) / g.strideHeight,
  );
  setColumns(
    (g.inWidth - phaseX + g.strideWidth - 1) / g.strideWidth,
    1,
    (phaseX + g.padLeft - firstX * g.dilationWidth) / g.strideWidth,
    (g.filterWidth - 1 - firstX) / everyX + 1,
    -(everyX * g.dilationWidth) / g.strideWidth,
  );
  const k = patchLength();
  const n = g.inChannels;
  const atOnce = patchesAtOnce(k);
  const rowBytes = patchBytes(k);
  const patches = scratch + PACKED_B;
  const aside = patches + <usize>atOnce * rowBytes;
  const panels = aside + <usize>(atOnce * padded(n)) * FLOAT;
  packTurned(g, filter, firstY, everyY, firstX, everyX, k, panels);
  const copies = !(arePixels() && rowBytes === <usize>k * FLOAT);
  const isDense = g.strideHeight === 1 && g.strideWidth === 1;
  const all = g.batch * patchesPerImage();
  for (let first = 0; first < all; first += atOnce) {
    const count = min(atOnce, all - first);
    if (copies) copyPatches(dy, first, count, patches, rowBytes);
    const a = copies ? patches : dy + <usize>first * rowBytes;
    const to = isDense ? dx + <usize>(first * n) * FLOAT : aside;
    multiplyPatches(count, k, n, a, rowBytes, panels, 0, to, scratch);
    if (!isDense) scatter(g, aside, first, count, phaseY, phaseX, dx);
  }
}

/** dx: the gradient with respect to x. */
export function conv2dInputGradient(
  geometry: usize,
  dy: usize,
  filter: usize,
  dx: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry>(geometry);
  // Pixels that no patch covers.
  memory.fill(dx, 0, <usize>(g.batch * g.inHeight * g.inWidth * g.inChannels) * FLOAT);
  for (let phaseY = 0; phaseY < min(g.strideHeight, g.inHeight); phaseY++) {
    for (let phaseX = 0; phaseX < min(g.strideWidth, g.inWidth); phaseX++) {
      inputGradientOfPhase(g, dy, filter, dx, phaseY, phaseX, scratch);
    }
  }
}
