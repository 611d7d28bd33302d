import type { ImageArray } from './arrays.ts';

/** Longer or higher pictures hold more than a page shows, and make notebooks large. */
const longestSide = 2048;

/** How many pixels of each side become one. */
export function shrinkFactor({ width, height }: ImageArray): number {
  return Math.ceil(Math.max(width, height) / longestSide);
}

/** The picture with the mean of each block of pixels in its place; a block with NaN in it is NaN. */
export function shrink(image: ImageArray, factor: number): ImageArray {
  const { count, channels, values } = image;
  const width = Math.max(1, Math.floor(image.width / factor));
  const height = Math.max(1, Math.floor(image.height / factor));
  const [across, down] = [Math.min(factor, image.width), Math.min(factor, image.height)];
  const means = new Float32Array(count * height * width * channels);
  let to = 0;
  for (let row = 0; row < count * height; row++) {
    const top = Math.floor(row / height) * image.height + (row % height) * down;
    for (let x = 0; x < width; x++) {
      const from = (top * image.width + x * across) * channels;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let dy = 0; dy < down; dy++) {
          const start = from + dy * image.width * channels + channel;
          for (let dx = 0; dx < across; dx++) sum += values[start + dx * channels]!;
        }
        means[to++] = sum / (across * down);
      }
    }
  }
  return { ...image, width, height, values: means };
}
