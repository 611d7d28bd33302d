import type { Picture } from './png.ts';

export interface Difference {
  /** The mean difference of a channel of a spot, of 255. */
  mean: number;
  /** The share of spots that differ clearly. */
  apart: number;
}

/** Side of a spot in pixels: what moves by less, such as the edges of letters, hardly counts. */
const SPOT = 8;
/** From this difference of a channel on, a spot differs clearly. */
const CLEAR = 40;

/** How different two pictures look, seen from so far that a spot of pixels is one. */
export function difference(one: Picture, two: Picture): Difference {
  const columns = Math.floor(Math.min(one.width, two.width) / SPOT);
  const lines = Math.floor(Math.min(one.height, two.height) / SPOT);
  let [sum, apart] = [0, 0];
  for (let line = 0; line < lines; line++) {
    for (let column = 0; column < columns; column++) {
      const [a, b] = [spotOf(one, column, line), spotOf(two, column, line)];
      const distances = a.map((value, channel) => Math.abs(value - (b[channel] ?? 0)));
      sum += distances.reduce((total, distance) => total + distance, 0) / 3;
      if (Math.max(...distances) >= CLEAR) apart++;
    }
  }
  return { mean: sum / (columns * lines), apart: apart / (columns * lines) };
}

/** The mean colour of a spot. */
function spotOf({ pixels, width, channels }: Picture, column: number, line: number): number[] {
  const sums = [0, 0, 0];
  for (let y = line * SPOT; y < (line + 1) * SPOT; y++) {
    for (let x = column * SPOT; x < (column + 1) * SPOT; x++) {
      const at = (y * width + x) * channels;
      for (let channel = 0; channel < 3; channel++)
        sums[channel] = (sums[channel] ?? 0) + (pixels[at + channel] ?? 0);
    }
  }
  return sums.map((value) => value / SPOT ** 2);
}
