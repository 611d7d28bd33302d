import type { Numbers } from './case.ts';
import { at, build } from './numbers.ts';

export type Size = [number, number];
export interface Resize {
  readonly x: number[];
  readonly size: Size;
  readonly align: boolean;
  readonly half: boolean;
}
/** Where in the input the middle of an output pixel lies. */
function source(place: number, from: number, to: number, align: boolean, half: boolean): number {
  const scale = align && to > 1 ? (from - 1) / (to - 1) : from / to;
  return half ? (place + 0.5) * scale - 0.5 : place * scale;
}

/** Each pixel of the result mixed from the four around its place in the image. */
export function bilinear(x: Numbers, { size, align, half }: Resize): Numbers {
  const [batch, height, width, depth] = x.shape as [number, number, number, number];
  return build([batch, ...size, depth], ([b, row, column, c]) => {
    const y = source(row!, height, size[0], align, half);
    const z = source(column!, width, size[1], align, half);
    const clamp = (n: number, limit: number): number => Math.min(limit - 1, Math.max(0, n));
    const [top, left] = [Math.floor(y), Math.floor(z)];
    const [dy, dz] = [Math.max(0, y) - Math.max(0, top), Math.max(0, z) - Math.max(0, left)];
    const pixel = (i: number, j: number): number => at(x, [b!, clamp(i, height), clamp(j, width), c!]);
    const upper = pixel(top, left) * (1 - dz) + pixel(top, left + 1) * dz;
    const lower = pixel(top + 1, left) * (1 - dz) + pixel(top + 1, left + 1) * dz;
    return upper * (1 - dy) + lower * dy;
  });
}

/** Each pixel of the result copied from the one at its place in the image. */
export function nearest(x: Numbers, { size, align, half }: Resize): Numbers {
  const [batch, height, width, depth] = x.shape as [number, number, number, number];
  const place = (n: number, from: number, to: number): number => {
    const scale = align && to > 1 ? (from - 1) / (to - 1) : from / to;
    const exact = half ? (n + 0.5) * scale : n * scale;
    return Math.max(0, Math.min(from - 1, align ? Math.round(exact) : Math.floor(exact)));
  };
  return build([batch, ...size, depth], ([b, row, column, c]) =>
    at(x, [b!, place(row!, height, size[0]), place(column!, width, size[1]), c!]),
  );
}
