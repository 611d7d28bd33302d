// The gradient of a convolution with respect to its images: patches of dy times the turned filter, for strides above 1
// by phases, the pixels between two strides.
import { FLOAT, PACKED_B, PANEL, packPanel } from './blocks';
import { multiplyPatches, padded, patchBytes, patchesAtOnce } from './convolution';
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
