import { isA } from '../inspect.ts';
import type { ImageArray } from './arrays.ts';
import { type Colormap, colormapColours } from './colormaps.ts';
import type { ValueRange } from './range.ts';

/** Pixels of one number each: grey and alpha in 16 bits, or red green blue alpha in 32, lowest byte first. */
export interface Painted {
  readonly channels: 2 | 4;
  readonly pixels: Uint16Array | Uint32Array;
}

const opaque = 0xff000000;
/** What no colour map holds, and no picture often: in the order red green blue, from the lowest byte. */
const nanColour = 0xffff00ff;
const infiniteColour = 0xff0080ff;

/** The pictures' pixels; a value that is no finite number is marked, in magenta or, if infinite, in orange. */
export function paint(
  image: ImageArray,
  range: ValueRange,
  colormap: Colormap | undefined,
  isMarked: boolean,
): Painted {
  const count = image.count * image.height * image.width;
  const bytes = toBytes(image, range, count * image.channels);
  const isGrey = image.channels === 1 && (colormap ?? 'gray') === 'gray';
  if (isGrey && !isMarked) return { channels: 2, pixels: Uint16Array.from(bytes, (grey) => 0xff00 | grey) };
  const pixels = new Uint32Array(count);
  if (image.channels === 1) mapColours(bytes, colourTable(colormap ?? 'gray'), pixels);
  else packColours(bytes, image.channels, pixels);
  if (isMarked) mark(image, pixels);
  return { channels: 4, pixels };
}

function toBytes({ values }: ImageArray, { low, high }: ValueRange, length: number): Uint8Array {
  const isByte = isA(values, Uint8Array) || isA(values, Uint8ClampedArray);
  if (isByte && low === 0 && high === 255) return (values as unknown as Uint8Array).subarray(0, length);
  const bytes = new Uint8ClampedArray(length);
  const scale = 255 / (high - low);
  // Writing rounds and clamps.
  for (let i = 0; i < length; i++) bytes[i] = (values[i]! - low) * scale;
  return new Uint8Array(bytes.buffer);
}

/** The map's colours as pixels. */
export function colourTable(colormap: Colormap): Uint32Array {
  const colours = colormapColours(colormap);
  return Uint32Array.from({ length: 256 }, (_, level) => {
    const [red = 0, green = 0, blue = 0] = colours.subarray(3 * level, 3 * level + 3);
    return opaque | (blue << 16) | (green << 8) | red;
  });
}

function mapColours(bytes: Uint8Array, table: Uint32Array, pixels: Uint32Array): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[bytes[i]!]!;
}

function packColours(bytes: Uint8Array, channels: 3 | 4, pixels: Uint32Array): void {
  for (let i = 0, at = 0; i < pixels.length; i++, at += channels) {
    const alpha = channels === 4 ? bytes[at + 3]! << 24 : opaque;
    pixels[i] = alpha | (bytes[at + 2]! << 16) | (bytes[at + 1]! << 8) | bytes[at]!;
  }
}

function mark({ values, channels }: ImageArray, pixels: Uint32Array): void {
  const length = pixels.length * channels;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (value - value === 0) continue;
    const at = Math.floor(i / channels);
    if (Number.isNaN(value)) pixels[at] = nanColour;
    else if (pixels[at] !== nanColour) pixels[at] = infiniteColour;
  }
}
