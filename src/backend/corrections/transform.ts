import { type TensorInfo, Transform, type TransformAttrs } from '@tensorflow/tfjs-core';
import type { Kernels } from './kernels.ts';
import { type Arguments, type Backend, type Numbers, result, valuesOf } from './memory.ts';

type FillMode = TransformAttrs['fillMode'];

const clamp = (place: number, length: number): number => Math.min(length - 1, Math.max(0, place));

/** Where a place outside an axis is taken from: [dcba|abcd|dcba], [abcd|abcd|abcd] or the border. */
function placeWithin(place: number, length: number, mode: FillMode): number {
  if (mode === 'constant' || (place >= 0 && place <= length - 1)) return place;
  if (mode === 'nearest' || length <= 1) return clamp(place, length);
  if (mode === 'reflect') {
    const period = 2 * length;
    const rest = ((place % period) + period) % period;
    return clamp(rest < length ? rest : period - 1 - rest, length);
  }
  // Whole lengths by the count of TensorFlow's operation.
  const wrapped =
    place < 0
      ? place + length * (Math.trunc(-place / (length - 1)) + 1)
      : place - length * Math.trunc(place / (length - 1));
  return clamp(wrapped, length);
}

/** The pixels of one image that make up a place, as offsets with weights; an offset of −1 is outside. */
function pixelsAt(x: number, y: number, width: number, height: number, nearest: boolean): [number, number][] {
  const offset = (column: number, row: number): number =>
    column < 0 || column >= width || row < 0 || row >= height ? -1 : row * width + column;
  if (nearest) return [[offset(Math.round(x), Math.round(y)), 1]];
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  return [
    [offset(left, top), (1 - right) * (1 - down)],
    [offset(left + 1, top), right * (1 - down)],
    [offset(left, top + 1), (1 - right) * down],
    [offset(left + 1, top + 1), right * down],
  ];
}

/** Images seen through projective maps; tfjs's own give one image of a batch, or wrong pixels of it. */
function transform({ inputs, attrs, backend }: Arguments): TensorInfo {
  const { image, transforms } = inputs;
  const { interpolation, fillMode, fillValue, outputShape } = attrs as unknown as TransformAttrs;
  const [batch, height, width, channels] = image!.shape as [number, number, number, number];
  const [toHeight, toWidth] = outputShape ?? [height, width];
  const { info, values } = result(backend as Backend, [batch, toHeight, toWidth, channels], image!.dtype);
  const from = valuesOf(backend as Backend, image!);
  const maps = valuesOf(backend as Backend, transforms!);
  let to = 0;
  for (let b = 0; b < batch; b++) {
    const map = transforms!.shape[0] === 1 ? maps : maps.subarray(b * 8, b * 8 + 8);
    const pixels = from.subarray(b * height * width * channels);
    for (let row = 0; row < toHeight; row++) {
      for (let column = 0; column < toWidth; column++, to += channels) {
        const [x, y] = projected(map, column, row);
        const placeX = placeWithin(x, width, fillMode);
        const placeY = placeWithin(y, height, fillMode);
        const sources = Number.isFinite(x + y)
          ? pixelsAt(placeX, placeY, width, height, interpolation === 'nearest')
          : [[-1, 1] as [number, number]];
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (const [pixel, weight] of sources) {
            sum += weight * (pixel < 0 ? fillValue : pixels[pixel * channels + c]!);
          }
          values[to + c] = sum;
        }
      }
    }
  }
  return info;
}

/** Where a pixel of the result is taken from. */
function projected(map: Numbers, x: number, y: number): [number, number] {
  const [a, b, c, d, e, f, g, h] = map as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const scale = g * x + h * y + 1;
  if (scale === 0) return [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [(a * x + b * y + c) / scale, (d * x + e * y + f) / scale];
}

export const transformations: Kernels = { [Transform]: transform };
