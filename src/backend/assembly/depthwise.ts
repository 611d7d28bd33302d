// Convolutions of each channel by itself, and their gradients. The filter is [filterHeight, filterWidth, inChannels,
// multiplier]: the channels of the result are outChannels = inChannels·multiplier, taken four at a time.
import { FLOAT } from './blocks';
import { Geometry } from './geometry';
import { madd, read, write } from './simd';

/** From a tap's weights to the next one's; backwards where the filter is turned. */
let tapBytes: usize = 0;

/** Of a pixel the channels that the results from `channel` on are made of. */
function inputs(pixel: usize, channel: i32, multiplier: i32, isFour: bool): v128 {
  if (multiplier === 1) return read(pixel + <usize>channel * FLOAT, isFour);
  let result = v128.load32_zero(pixel + <usize>(channel / multiplier) * FLOAT);
  if (!isFour) return result;
  result = f32x4.replace_lane(result, 1, load<f32>(pixel + <usize>((channel + 1) / multiplier) * FLOAT));
  result = f32x4.replace_lane(result, 2, load<f32>(pixel + <usize>((channel + 2) / multiplier) * FLOAT));
  return f32x4.replace_lane(result, 3, load<f32>(pixel + <usize>((channel + 3) / multiplier) * FLOAT));
}

/** The first tap that lies inside, at 0 or after. */
function firstTap(corner: i32, dilation: i32): i32 {
  return corner >= 0 ? 0 : (dilation - 1 - corner) / dilation;
}

/** Behind the last tap that lies inside. */
function endTap(corner: i32, dilation: i32, taps: i32, length: i32): i32 {
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

function convolve(g: Geometry, x: usize, filter: usize, bias: usize, y: usize): void {
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
  tapBytes = <usize>g.outChannels * FLOAT;
  convolve(g, x, filter, bias, y);
}

/** The convolution that leads back from the result to the images, for strides of 1; twice is none. */
function turn(g: Geometry): void {
  const height = g.inHeight;
  const width = g.inWidth;
  g.inHeight = g.outHeight;
  g.inWidth = g.outWidth;
  g.outHeight = height;
  g.outWidth = width;
  g.padTop = (g.filterHeight - 1) * g.dilationHeight - g.padTop;
  g.padLeft = (g.filterWidth - 1) * g.dilationWidth - g.padLeft;
}

/** Adds what one dy contributes to the pixel at `dx`. */
function addInputs(dx: usize, value: v128, channel: i32, multiplier: i32, isFour: bool): void {
  if (multiplier === 1) {
    const at = dx + <usize>channel * FLOAT;
    write(at, f32x4.add(read(at, isFour), value), isFour);
    return;
  }
  const count = isFour ? 4 : 1;
  for (let i = 0; i < count; i++) {
    const at = dx + <usize>((channel + i) / multiplier) * FLOAT;
    store<f32>(at, load<f32>(at) + f32x4.extract_lane(value, 0));
    value = v128.shuffle<f32>(value, value, 1, 2, 3, 0);
  }
}

/** Any strides and multiplier: each dy is given to the pixels that it came from. */
function giveBack(g: Geometry, dy: usize, filter: usize, dx: usize): void {
  const imageBytes = <usize>(g.inHeight * g.inWidth * g.inChannels) * FLOAT;
  memory.fill(dx, 0, <usize>g.batch * imageBytes);
  const multiplier = g.outChannels / max(1, g.inChannels);
  for (let image = 0; image < g.batch; image++) {
    for (let row = 0; row < g.outHeight; row++) {
      const top = row * g.strideHeight - g.padTop;
      const endY = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
      for (let column = 0; column < g.outWidth; column++) {
        const left = column * g.strideWidth - g.padLeft;
        const endX = endTap(left, g.dilationWidth, g.filterWidth, g.inWidth);
        for (let tapY = firstTap(top, g.dilationHeight); tapY < endY; tapY++) {
          const inputRow = (top + tapY * g.dilationHeight) * g.inWidth;
          for (let tapX = firstTap(left, g.dilationWidth); tapX < endX; tapX++) {
            const pixel = dx + <usize>((inputRow + left + tapX * g.dilationWidth) * g.inChannels) * FLOAT;
            const weight = filter + <usize>((tapY * g.filterWidth + tapX) * g.outChannels) * FLOAT;
            for (let channel = 0; channel < g.outChannels; ) {
              const isFour = channel + 4 <= g.outChannels;
              const at = <usize>channel * FLOAT;
              const value = f32x4.mul(read(dy + at, isFour), read(weight + at, isFour));
              addInputs(pixel, value, channel, multiplier, isFour);
              channel += isFour ? 4 : 1;
            }
          }
        }
        dy += <usize>g.outChannels * FLOAT;
      }
    }
    dx += imageBytes;
  }
}

/** dx: the gradient with respect to x. */
export function depthwiseInputGradient(geometry: usize, dy: usize, filter: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  if (g.strideHeight !== 1 || g.strideWidth !== 1 || g.inChannels !== g.outChannels) {
    giveBack(g, dy, filter, dx);
    return;
  }
  const bytes = <usize>g.outChannels * FLOAT;
  tapBytes = 0 - bytes;
  turn(g);
  convolve(g, dy, filter + <usize>(g.filterHeight * g.filterWidth - 1) * bytes, 0, dx);
  turn(g);
}

/** Adds to dw what one row of dy and one row of taps contribute. */
function addRowOfFilter(g: Geometry, line: usize, dy: usize, dw: usize): void {
  const multiplier = g.outChannels / g.inChannels;
  const apart = <usize>(g.strideWidth * g.inChannels) * FLOAT;
  const resultBytes = <usize>g.outChannels * FLOAT;
  for (let tapX = 0; tapX < g.filterWidth; tapX++) {
    // The columns whose pixel under this tap lies inside.
    const offset = tapX * g.dilationWidth - g.padLeft;
    const first = offset >= 0 ? 0 : (g.strideWidth - 1 - offset) / g.strideWidth;
    const end = min(g.outWidth, max(0, (g.inWidth - offset + g.strideWidth - 1) / g.strideWidth));
    const begin = line + <usize>((first * g.strideWidth + offset) * g.inChannels) * FLOAT;
    for (let channel = 0; channel < g.outChannels; ) {
      const isFour = channel + 4 <= g.outChannels;
      const at = dw + <usize>(tapX * g.outChannels + channel) * FLOAT;
      let sum = read(at, isFour);
      let pixel = begin;
      let gradient = dy + <usize>first * resultBytes + <usize>channel * FLOAT;
      let column = first;
      if (isFour && multiplier === 1) {
        // Sums side by side: each waits for its last addition alone.
        let s1 = f32x4.splat(0);
        let s2 = s1;
        let s3 = s1;
        let from = pixel + <usize>channel * FLOAT;
        for (; column + 4 <= end; column += 4) {
          sum = madd(v128.load(from), v128.load(gradient), sum);
          s1 = madd(v128.load(from + apart), v128.load(gradient + resultBytes), s1);
          s2 = madd(v128.load(from + 2 * apart), v128.load(gradient + 2 * resultBytes), s2);
          s3 = madd(v128.load(from + 3 * apart), v128.load(gradient + 3 * resultBytes), s3);
          from += 4 * apart;
          gradient += 4 * resultBytes;
        }
        pixel = from - <usize>channel * FLOAT;
        sum = f32x4.add(f32x4.add(sum, s1), f32x4.add(s2, s3));
      }
      for (; column < end; column++) {
        sum = madd(inputs(pixel, channel, multiplier, isFour), read(gradient, isFour), sum);
        pixel += apart;
        gradient += resultBytes;
      }
      write(at, sum, isFour);
      channel += isFour ? 4 : 1;
    }
  }
}

/** dw: the gradient with respect to the filter. */
export function depthwiseFilterGradient(geometry: usize, x: usize, dy: usize, dw: usize): void {
  const g = changetype<Geometry>(geometry);
  const tapsBytes = <usize>(g.filterWidth * g.outChannels) * FLOAT;
  const lineBytes = <usize>(g.inWidth * g.inChannels) * FLOAT;
  memory.fill(dw, 0, <usize>g.filterHeight * tapsBytes);
  for (let image = 0; image < g.batch; image++) {
    for (let row = 0; row < g.outHeight; row++) {
      const top = row * g.strideHeight - g.padTop;
      const end = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
      for (let tapY = firstTap(top, g.dilationHeight); tapY < end; tapY++) {
        const line = x + <usize>(top + tapY * g.dilationHeight) * lineBytes;
        addRowOfFilter(g, line, dy, dw + <usize>tapY * tapsBytes);
      }
      dy += <usize>(g.outWidth * g.outChannels) * FLOAT;
    }
    x += <usize>g.inHeight * lineBytes;
  }
}
