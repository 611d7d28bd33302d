// Convolutions of each channel by itself. The filter is [filterHeight, filterWidth, inChannels,
// multiplier]: the channels of the result are outChannels = inChannels·multiplier, taken four at a time.
import { FLOAT } from './blocks';
import { Geometry } from './geometry';
import { madd, read, write } from './simd';

/** See `convolve`. */
let tapBytes: usize = 0;

/** Of a pixel the channels that the results from `channel` on are made of. */
export function inputs(pixel: usize, channel: i32, multiplier: i32, isFour: bool): v128 {
  if (multiplier === 1) return read(pixel + <usize>channel * FLOAT, isFour);
  let result = v128.load32_zero(pixel + <usize>(channel / multiplier) * FLOAT);
  if (!isFour) return result;
  result = f32x4.replace_lane(result, 1, load<f32>(pixel + <usize>((channel + 1) / multiplier) * FLOAT));
  result = f32x4.replace_lane(result, 2, load<f32>(pixel + <usize>((channel + 2) / multiplier) * FLOAT));
  return f32x4.replace_lane(result, 3, load<f32>(pixel + <usize>((channel + 3) / multiplier) * FLOAT));
}

/** The first tap that lies inside, at 0 or after. */
export function firstTap(corner: i32, dilation: i32): i32 {
  return corner >= 0 ? 0 : (dilation - 1 - corner) / dilation;
}

/** Behind the last tap that lies inside. */
export function endTap(corner: i32, dilation: i32, taps: i32, length: i32): i32 {
  return min(taps, max(0, (length - corner + dilation - 1) / dilation));
}

/** One result, of the taps that lie inside. */
function pixelAt(
  g: Geometry,
  x: usize,
  filter: usize,
  start: v128,
  top: i32,
  left: i32,
  channel: i32,
  isFour: bool,
): v128 {
  const multiplier = g.outChannels / g.inChannels;
  const endY = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
  const endX = endTap(left, g.dilationWidth, g.filterWidth, g.inWidth);
  const firstX = firstTap(left, g.dilationWidth);
  let sum = start;
  for (let tapY = firstTap(top, g.dilationHeight); tapY < endY; tapY++) {
    const row = (top + tapY * g.dilationHeight) * g.inWidth;
    for (let tapX = firstX; tapX < endX; tapX++) {
      const pixel = x + <usize>((row + left + tapX * g.dilationWidth) * g.inChannels) * FLOAT;
      const weight = filter + <usize>(tapY * g.filterWidth + tapX) * tapBytes + <usize>channel * FLOAT;
      sum = madd(inputs(pixel, channel, multiplier, isFour), read(weight, isFour), sum);
    }
  }
  return sum;
}

/** Four results of neighbours whose columns all lie inside, multiplier 1. */
function fourPixels(
  g: Geometry,
  x: usize,
  filter: usize,
  start: v128,
  top: i32,
  left: i32,
  channel: i32,
  y: usize,
): void {
  const pixelBytes = <usize>g.inChannels * FLOAT;
  const apart = <usize>g.strideWidth * pixelBytes;
  const endY = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
  let s0 = start;
  let s1 = start;
  let s2 = start;
  let s3 = start;
  for (let tapY = firstTap(top, g.dilationHeight); tapY < endY; tapY++) {
    const row = (top + tapY * g.dilationHeight) * g.inWidth + left;
    let pixel = x + <usize>row * pixelBytes + <usize>channel * FLOAT;
    let weight = filter + <usize>(tapY * g.filterWidth) * tapBytes + <usize>channel * FLOAT;
    for (let tapX = 0; tapX < g.filterWidth; tapX++) {
      const w = v128.load(weight);
      s0 = madd(v128.load(pixel), w, s0);
      s1 = madd(v128.load(pixel + apart), w, s1);
      s2 = madd(v128.load(pixel + 2 * apart), w, s2);
      s3 = madd(v128.load(pixel + 3 * apart), w, s3);
      pixel += <usize>g.dilationWidth * pixelBytes;
      weight += tapBytes;
    }
  }
  v128.store(y, s0);
  v128.store(y + pixelBytes, s1);
  v128.store(y + 2 * pixelBytes, s2);
  v128.store(y + 3 * pixelBytes, s3);
}

/** One row of the results, four channels of it. */
function rowForward(
  g: Geometry,
  x: usize,
  filter: usize,
  start: v128,
  y: usize,
  row: i32,
  channel: i32,
  isFour: bool,
): void {
  const top = row * g.strideHeight - g.padTop;
  const reach = (g.filterWidth - 1) * g.dilationWidth;
  const isPlain = isFour && g.inChannels === g.outChannels;
  for (let column = 0; column < g.outWidth; ) {
    const left = column * g.strideWidth - g.padLeft;
    const at = y + <usize>(column * g.outChannels + channel) * FLOAT;
    const isInside = left >= 0 && left + 3 * g.strideWidth + reach < g.inWidth && column + 4 <= g.outWidth;
    if (isPlain && isInside) {
      fourPixels(g, x, filter, start, top, left, channel, at);
      column += 4;
    } else {
      write(at, pixelAt(g, x, filter, start, top, left, channel, isFour), isFour);
      column++;
    }
  }
}

/** `step` is the distance from a tap's weights to the next one's; backwards where the filter is turned. */
export function convolve(g: Geometry, x: usize, filter: usize, step: usize, bias: usize, y: usize): void {
  tapBytes = step;
  for (let image = 0; image < g.batch; image++) {
    for (let row = 0; row < g.outHeight; row++) {
      for (let channel = 0; channel < g.outChannels; ) {
        const isFour = channel + 4 <= g.outChannels;
        const start = bias === 0 ? f32x4.splat(0) : read(bias + <usize>channel * FLOAT, isFour);
        rowForward(g, x, filter, start, y, row, channel, isFour);
        channel += isFour ? 4 : 1;
      }
      y += <usize>(g.outWidth * g.outChannels) * FLOAT;
    }
    x += <usize>(g.inHeight * g.inWidth * g.inChannels) * FLOAT;
  }
}

/** y = x ∗ filter + bias; `bias` is the address of outChannels floats, or 0. */
export function depthwiseConv2d(geometry: usize, x: usize, filter: usize, bias: usize, y: usize): void {
  const g = changetype<Geometry>(geometry);
  convolve(g, x, filter, <usize>g.outChannels * FLOAT, bias, y);
}
