import type { Random } from '../../core/random.ts';
import type { Outline } from './outlines.ts';

/** What an image shows. Lengths are in pixels, the first of which is from 0 to 1. */
export interface Scene {
  readonly outline: Outline;
  /** The colours of the ground and of the shape, a number in [0, 1] for each channel. */
  readonly ground: readonly number[];
  readonly ink: readonly number[];
  /** The centre. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** By how much the shape is turned, in radians. */
  readonly angle: number;
}

/** Paints a scene on a square image; a pixel on the outline has as much of the shape's colour as lies inside. */
export function paint(image: Float32Array, size: number, scene: Scene): void {
  const { outline, ground, ink, x, y, radius, angle } = scene;
  const channels = ground.length;
  for (let i = 0; i < image.length; i++) image[i] = ground[i % channels]!;
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  const start = (center: number): number => Math.max(0, Math.floor(center - radius - 1));
  const end = (center: number): number => Math.min(size, Math.ceil(center + radius + 1));
  for (let row = start(y); row < end(y); row++) {
    for (let column = start(x); column < end(x); column++) {
      const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
      const distance = radius * outline(cos * dx + sin * dy, cos * dy - sin * dx);
      const share = Math.min(1, Math.max(0, 0.5 - distance));
      if (share === 0) continue;
      const at = (row * size + column) * channels;
      for (let c = 0; c < channels; c++) image[at + c] = ground[c]! + share * (ink[c]! - ground[c]!);
    }
  }
}

const NOISE_BITS = 16;

/**
 * Normal noise, from a table: of each 32 random bits two values are chosen, a tenth of what it takes to compute them.
 *
 * @returns adds noise to an image, whose values stay in [0, 1]
 */
export function noisy(source: Random, deviation: number): (image: Float32Array) => void {
  if (deviation === 0) return () => {};
  const table = Float32Array.from({ length: 2 ** NOISE_BITS }, () => source.normal(0, deviation));
  return (image) => {
    for (let i = 0, bits = 0; i < image.length; i++, bits >>>= NOISE_BITS) {
      if (i % 2 === 0) bits = source.bits();
      image[i] = Math.min(1, Math.max(0, image[i]! + table[bits % table.length]!));
    }
  };
}
