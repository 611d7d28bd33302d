import type { Picture } from './png.ts';

export interface Ink {
  /** The share of pixels that differ from the most frequent colour. */
  share: number;
  /** The share of pixels that are coloured: axes, grid and text are grey, a chart's marks are not. */
  coloured: number;
  /** Distinct colours, with the lowest two bits of each channel dropped. */
  colours: number;
}

/** From this distance between the largest and the smallest channel on, a pixel counts as coloured. */
const SATURATED = 48;

/** How much is drawn in a picture: one colour and share 0 mean that it is blank. */
export function ink(picture: Picture): Ink {
  const counts = new Map<number, number>();
  const { pixels, channels } = picture;
  let coloured = 0;
  for (let at = 0; at < pixels.length; at += channels) {
    const red = pixels[at] ?? 0;
    const green = pixels[at + 1] ?? 0;
    const blue = pixels[at + 2] ?? 0;
    const seen = channels < 4 || (pixels[at + 3] ?? 0) >= 128;
    const colour = seen ? ((red >> 2) << 12) | ((green >> 2) << 6) | (blue >> 2) : -1;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
    if (seen && Math.max(red, green, blue) - Math.min(red, green, blue) >= SATURATED) coloured++;
  }
  const total = picture.width * picture.height;
  return {
    colours: counts.size,
    share: 1 - Math.max(0, ...counts.values()) / total,
    coloured: coloured / total,
  };
}

/** Whether a picture shows a chart with its marks, not a blank, and not a frame with empty axes. */
export function looksDrawn(found: Ink): boolean {
  return found.colours >= 12 && found.share >= 0.01 && found.coloured >= 0.001;
}
