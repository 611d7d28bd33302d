// Pooling and its gradients, four channels at a time.
import { FLOAT } from './blocks';
import { Geometry } from './geometry';
import { read, write } from './simd';

// The window of one result, clipped to its image.
let firstY: i32 = 0;
let endY: i32 = 0;
let firstX: i32 = 0;
let endX: i32 = 0;

/** The first pixel at or after 0 that a tap reaches. */
function clip(corner: i32, dilation: i32): i32 {
  return corner >= 0 ? corner : corner + ((dilation - 1 - corner) / dilation) * dilation;
}

function setWindow(g: Geometry, y: i32, x: i32): void {
  const top = y * g.strideHeight - g.padTop;
  const left = x * g.strideWidth - g.padLeft;
  firstY = clip(top, g.dilationHeight);
  firstX = clip(left, g.dilationWidth);
  endY = min(g.inHeight, top + (g.filterHeight - 1) * g.dilationHeight + 1);
  endX = min(g.inWidth, left + (g.filterWidth - 1) * g.dilationWidth + 1);
}

/** How many pixels the window has. */
function windowSize(g: Geometry): i32 {
  const rows = max(0, (endY - firstY + g.dilationHeight - 1) / g.dilationHeight);
  return rows * max(0, (endX - firstX + g.dilationWidth - 1) / g.dilationWidth);
}

/** The first pixel of a row of the window. */
function rowStart(g: Geometry, row: i32): usize {
  return <usize>((row * g.inWidth + firstX) * g.inChannels) * FLOAT;
}

/** The largest in the window; NaN is passed over. */
function largest(g: Geometry, x: usize, isFour: bool): v128 {
  let result = f32x4.splat(-Infinity);
  const apart = <usize>(g.dilationWidth * g.inChannels) * FLOAT;
  for (let row = firstY; row < endY; row += g.dilationHeight) {
    let at = x + rowStart(g, row);
    for (let column = firstX; column < endX; column += g.dilationWidth) {
      result = f32x4.pmax(result, read(at, isFour));
      at += apart;
    }
  }
  return result;
}

function sum(g: Geometry, x: usize, isFour: bool): v128 {
  let result = f32x4.splat(0);
  const apart = <usize>(g.dilationWidth * g.inChannels) * FLOAT;
  for (let row = firstY; row < endY; row += g.dilationHeight) {
    let at = x + rowStart(g, row);
    for (let column = firstX; column < endX; column += g.dilationWidth) {
      result = f32x4.add(result, read(at, isFour));
      at += apart;
    }
  }
  return result;
}

/** Adds dy to dx at the first place of the window that holds the largest value. */
function spreadToLargest(g: Geometry, x: usize, dy: v128, dx: usize, isFour: bool): void {
  const best = largest(g, x, isFour);
  let rest = dy;
  const apart = <usize>(g.dilationWidth * g.inChannels) * FLOAT;
  for (let row = firstY; row < endY; row += g.dilationHeight) {
    let offset = rowStart(g, row);
    for (let column = firstX; column < endX; column += g.dilationWidth) {
      const isHere = f32x4.eq(read(x + offset, isFour), best);
      const share = v128.and(rest, isHere);
      rest = v128.andnot(rest, isHere);
      write(dx + offset, f32x4.add(read(dx + offset, isFour), share), isFour);
      offset += apart;
    }
  }
}

function spread(g: Geometry, share: v128, dx: usize, isFour: bool): void {
  const apart = <usize>(g.dilationWidth * g.inChannels) * FLOAT;
  for (let row = firstY; row < endY; row += g.dilationHeight) {
    let at = dx + rowStart(g, row);
    for (let column = firstX; column < endX; column += g.dilationWidth) {
      write(at, f32x4.add(read(at, isFour), share), isFour);
      at += apart;
    }
  }
}

const MAX: i32 = 0;
const AVERAGE: i32 = 1;
const MAX_GRADIENT: i32 = 2;
const AVERAGE_GRADIENT: i32 = 3;

function poolPixel(kind: i32, g: Geometry, x: usize, y: usize, dx: usize): void {
  const size = f32x4.splat(<f32>windowSize(g));
  for (let channel = 0; channel < g.inChannels; ) {
    const isFour = channel + 4 <= g.inChannels;
    const at = <usize>channel * FLOAT;
    if (kind === MAX) write(y + at, largest(g, x + at, isFour), isFour);
    else if (kind === AVERAGE) write(y + at, f32x4.div(sum(g, x + at, isFour), size), isFour);
    else if (kind === MAX_GRADIENT) spreadToLargest(g, x + at, read(y + at, isFour), dx + at, isFour);
    else spread(g, f32x4.div(read(y + at, isFour), size), dx + at, isFour);
    channel += isFour ? 4 : 1;
  }
}

function poolImages(kind: i32, geometry: usize, x: usize, y: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  const imageBytes = <usize>(g.inHeight * g.inWidth * g.inChannels) * FLOAT;
  const pixelBytes = <usize>g.inChannels * FLOAT;
  if (kind >= MAX_GRADIENT) memory.fill(dx, 0, <usize>g.batch * imageBytes);
  for (let image = 0; image < g.batch; image++) {
    for (let row = 0; row < g.outHeight; row++) {
      for (let column = 0; column < g.outWidth; column++) {
        setWindow(g, row, column);
        poolPixel(kind, g, x, y, dx);
        y += pixelBytes;
      }
    }
    x += imageBytes;
    dx += imageBytes;
  }
}

/** y: the largest value of each window, −Infinity where it has none; NaN is passed over. */
export function maxPool(geometry: usize, x: usize, y: usize): void {
  poolImages(MAX, geometry, x, y, 0);
}

/** y: the mean of each window, over the pixels that it has. */
export function averagePool(geometry: usize, x: usize, y: usize): void {
  poolImages(AVERAGE, geometry, x, y, 0);
}

/** dx: each dy goes to the first of the largest values in its window. */
export function maxPoolGradient(geometry: usize, x: usize, dy: usize, dx: usize): void {
  poolImages(MAX_GRADIENT, geometry, x, dy, dx);
}

/** dx: each dy goes in equal parts to the pixels of its window. */
export function averagePoolGradient(geometry: usize, dy: usize, dx: usize): void {
  poolImages(AVERAGE_GRADIENT, geometry, 0, dy, dx);
}
