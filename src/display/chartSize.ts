import { checkNumber } from '../core/check.ts';

/** How large a chart of a helper is, in CSS pixels from 20 to 5,000; by the theme if left out. */
export interface ChartSize {
  /** The width of the plotting area, or of each one. */
  width?: number;
  /** The height of the plotting area, or of each one. */
  height?: number;
}

/** The size among the options of `where`; throws an ArgumentError for a side out of range. */
export function chartSize(where: string, options: ChartSize): ChartSize {
  const size: ChartSize = {};
  for (const side of ['width', 'height'] as const) {
    const given = options[side];
    if (given !== undefined) size[side] = checkNumber(where, side, given, { min: 20, max: 5000 });
  }
  return size;
}
