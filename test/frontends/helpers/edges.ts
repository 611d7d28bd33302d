import type { Picture } from './png.ts';

export type Side = 'top' | 'right' | 'bottom' | 'left';

/** Neighbours on the outermost line may differ by this in a channel, as a scaled edge does. */
const TOLERANCE = 40;
/** Pixels left out at both ends of a side: corners may be rounded, and belong to two sides. */
const CORNER = 10;

/** The sides whose outermost line of pixels is not of one colour: something is cut off there. */
export function inkedSides({ pixels, channels, width, height }: Picture): Side[] {
  const at = (x: number, y: number): number[] => {
    const start = (y * width + x) * channels;
    return [...pixels.subarray(start, start + 3)];
  };
  const along = (length: number, point: (i: number) => number[]): boolean => {
    if (length <= 2 * CORNER) return false;
    const first = point(CORNER);
    for (let i = CORNER; i < length - CORNER; i++) {
      if (point(i).some((value, channel) => Math.abs(value - (first[channel] ?? 0)) > TOLERANCE)) return true;
    }
    return false;
  };
  const sides: Record<Side, boolean> = {
    top: along(width, (i) => at(i, 0)),
    right: along(height, (i) => at(width - 1, i)),
    bottom: along(width, (i) => at(i, height - 1)),
    left: along(height, (i) => at(0, i)),
  };
  return (Object.keys(sides) as Side[]).filter((side) => sides[side]);
}
