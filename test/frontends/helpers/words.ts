import type { Page } from 'playwright-core';
import type { Picture } from './png.ts';

/** Where the words of a text begin and end, as shares of the width of the whole. */
export type WordShape = readonly (readonly [start: number, end: number])[];

/** From this distance in a channel on, a pixel differs from the background. */
const INK = 45;
/** How far the edges of words may lie off, as a share of the width: fonts differ that much. */
const TOLERANCE = 0.035;
/** Heights of a line of text in pixels, of a picture drawn at once or twice its size. */
const LINE = { least: 6, most: 70 };
/** Pixels left out all around: what is behind a picture may shine through at its edges. */
const EDGE = 3;
/** Fewer words have no shape to tell them by. */
const WORDS = 3;

/** Where the words of `text` would stand in the font of the charts. */
export async function wordShape(page: Page, text: string): Promise<WordShape> {
  const shares = await page.evaluate((line) => {
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) throw new Error('the page has no 2d canvas');
    context.font = 'bold 100px "DejaVu Sans", Verdana, sans-serif';
    const width = (part: string): number => context.measureText(part).width;
    const total = width(line);
    return [...line.matchAll(/\S+/g)].map(({ 0: word, index }) => {
      const start = width(line.slice(0, index));
      return [start / total, (start + width(word)) / total];
    });
  }, text);
  return shares.map(([start = 0, end = 0]) => [start, end] as const);
}

/** Marks the pixels that differ from the most frequent colour. */
function inked({ pixels, channels, width, height }: Picture): Uint8Array {
  const counts = new Map<number, number>();
  const key = (at: number): number =>
    ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
  for (let at = 0; at < pixels.length; at += channels) counts.set(key(at), (counts.get(key(at)) ?? 0) + 1);
  const [ground = 0] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  const marks = new Uint8Array(width * height);
  for (let pixel = 0; pixel < marks.length; pixel++) {
    const colour = key(pixel * channels);
    if (colour === ground) continue;
    const red = Math.abs((colour >> 16) - (ground >> 16));
    const green = Math.abs(((colour >> 8) & 255) - ((ground >> 8) & 255));
    const blue = Math.abs((colour & 255) - (ground & 255));
    marks[pixel] = red > INK || green > INK || blue > INK ? 1 : 0;
  }
  return marks;
}

/** The runs of positions that are set; runs closer than `gap` are one. */
function runs(set: readonly boolean[], gap: number): [number, number][] {
  const found: [number, number][] = [];
  set.forEach((on, at) => {
    if (!on) return;
    const last = found.at(-1);
    if (last !== undefined && at - last[1] < gap) last[1] = at + 1;
    else found.push([at, at + 1]);
  });
  return found;
}

/** Whether the ink of a line splits at its widest gaps into words of that shape. */
function fits(ink: readonly [number, number][], shape: WordShape): boolean {
  const [first, last] = [ink[0], ink.at(-1)];
  if (first === undefined || last === undefined || ink.length < shape.length) return false;
  const width = last[1] - first[0];
  const gaps = ink.slice(1).map((run, at) => ({ at: at + 1, size: run[0] - (ink[at]?.[1] ?? 0) }));
  const cuts = gaps
    .sort((a, b) => b.size - a.size)
    .slice(0, shape.length - 1)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const starts = [0, ...cuts];
  return shape.every(([start, end], word) => {
    const from = ink[starts[word] ?? 0]?.[0] ?? 0;
    const to = ink[(starts[word + 1] ?? ink.length) - 1]?.[1] ?? 0;
    const off = [(from - first[0]) / width - start, (to - first[0]) / width - end];
    return off.every((distance) => Math.abs(distance) <= TOLERANCE);
  });
}

/**
 * Whether a line of the picture reads, by the widths of its words and gaps, like a text of that shape. A text of
 * less than three words cannot be told so.
 */
export function textDrawn(picture: Picture, shape: WordShape): boolean {
  if (shape.length < WORDS) return false;
  const marks = inked(picture);
  const { width, height } = picture;
  for (let pixel = 0; pixel < marks.length; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    if (x < EDGE || y < EDGE || x >= width - EDGE || y >= height - EDGE) marks[pixel] = 0;
  }
  const filled = Array.from({ length: height }, (_, y) =>
    marks.subarray(y * width, (y + 1) * width).includes(1),
  );
  return runs(filled, 1).some(([top, bottom]) => {
    const size = bottom - top;
    if (size < LINE.least || size > LINE.most) return false;
    const columns = Array.from({ length: width }, (_, x) => {
      for (let y = top; y < bottom; y++) if (marks[y * width + x] === 1) return true;
      return false;
    });
    // What stands farther away on the same line is another text.
    return runs(columns, 1.5 * size).some(([left, right]) => {
      const ink = runs(columns.slice(left, right), 1);
      return right - left > 2 * size && fits(ink, shape);
    });
  });
}
