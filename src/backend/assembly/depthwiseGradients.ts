// The gradients of convolutions of each channel by itself.
import { FLOAT } from './blocks';
import { convolve, endTap, firstTap, inputs } from './depthwise';
import { Geometry } from './geometry';
import { madd, read, write } from './simd';

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
  turn(g);
  const last = <usize>(g.filterHeight * g.filterWidth - 1) * bytes;
  convolve(g, dy, filter + last, 0 - bytes, 0, dx);
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
