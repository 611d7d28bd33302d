import type { ImageArray } from './arrays.ts';
import type { Colormap } from './colormaps.ts';
import type { Bar, Layout } from './layout.ts';
import { colourTable, type Painted } from './paint.ts';
import type { Pixels } from './png.ts';
import { drawLines, type Strip } from './text.ts';

/** Grey that is as far from white as from the dark pages of front-ends. */
const ink = 0x7a;

/** Puts the painted pictures and their texts together. What is between them is transparent. */
export function compose(
  image: ImageArray,
  painted: Painted,
  layout: Layout,
  colormap: Colormap | undefined,
): Pixels {
  const { width, height, tiles, lines, density } = layout;
  const make = painted.channels === 2 ? Uint16Array : Uint32Array;
  const canvas = new make(width * height);
  for (const [index, place] of tiles.entries()) drawTile(image, painted, index, { layout, place, canvas });
  if (layout.bar) drawBar(layout.bar, width, colourTable(colormap ?? 'gray'), canvas);
  for (const strip of drawLines(lines, width, density)) drawText(strip, painted.channels, canvas);
  const data = new Uint8Array(canvas.buffer);
  const isOpaque = lines.length === 0 && tiles.length === 1 && image.channels !== 4;
  return isOpaque
    ? withoutAlpha({ width, height, channels: painted.channels, data })
    : { width, height, channels: painted.channels, data };
}

type Canvas = Uint16Array | Uint32Array;

interface Target {
  readonly layout: Layout;
  readonly place: readonly [x: number, y: number];
  readonly canvas: Canvas;
}

function drawTile(image: ImageArray, { pixels }: Painted, index: number, target: Target): void {
  const { canvas, place } = target;
  const { width, zoom } = target.layout;
  const [left, top] = place;
  let from = index * image.width * image.height;
  for (let y = 0; y < image.height; y++) {
    const start = (top + y * zoom) * width + left;
    let to = start;
    for (let x = 0; x < image.width; x++) {
      const pixel = pixels[from++]!;
      for (let i = 0; i < zoom; i++) canvas[to++] = pixel;
    }
    for (let i = 1; i < zoom; i++) canvas.copyWithin(start + i * width, start, to);
  }
}

function drawBar({ x, y, width, height }: Bar, stride: number, table: Uint32Array, canvas: Canvas): void {
  for (let row = y; row < y + height; row++) {
    for (let i = 0; i < width; i++) {
      canvas[row * stride + x + i] = table[Math.floor((256 * i) / width)]!;
    }
  }
}

function drawText({ y, width, alpha }: Strip, channels: 2 | 4, canvas: Canvas): void {
  const colour = channels === 2 ? ink : ink | (ink << 8) | (ink << 16);
  const shift = channels === 2 ? 8 : 24;
  const start = y * width;
  for (let i = 0; i < alpha.length && start + i < canvas.length; i++) {
    if (alpha[i] !== 0) canvas[start + i] = colour | (alpha[i]! << shift);
  }
}

function withoutAlpha({ width, height, channels, data }: Pixels): Pixels {
  const kept = channels === 2 ? 1 : 3;
  const opaque = new Uint8Array(width * height * kept);
  for (let from = 0, to = 0; to < opaque.length; from += channels, to += kept) {
    for (let i = 0; i < kept; i++) opaque[to + i] = data[from + i]!;
  }
  return { width, height, channels: kept, data: opaque };
}
