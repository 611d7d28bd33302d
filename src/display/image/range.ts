import { shortText } from '../inspect.ts';
import type { ImageArray } from './arrays.ts';

/** Which number is black and which is white, with how that is said. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
  /** Such as `0–1`. */
  readonly text: string;
}

/** What the values of a picture are, over all of them. */
export interface Extent {
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
  readonly nan: number;
  readonly infinite: number;
}

export function extentOf(values: ArrayLike<number>, length: number): Extent {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let isWhole = true;
  let nan = 0;
  let infinite = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    // Infinity minus itself is NaN: the one test leaves out both.
    if (value - value !== 0) {
      if (Number.isNaN(value)) nan++;
      else infinite++;
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
    isWhole &&= value === Math.trunc(value);
  }
  return { min, max, isWhole, nan, infinite };
}

/** Interpolation of pictures overshoots by a little. */
const tolerance = 1e-3;
/** Fractions of more than this are taken for colours from 0 to 255, of less for measurements to stretch. */
const brightest = 64;

/**
 * The range that pictures of such values are usually kept in: 0–1, −1–1 or 0–255, and their own where none
 * of these fits.
 */
export function valueRange({ dtype }: ImageArray, extent: Extent, isDiverging: boolean): ValueRange {
  const { min, max, isWhole } = extent;
  if (dtype === 'bool') return { low: 0, high: 1, text: 'false–true' };
  if (dtype === 'uint8') return named(0, 255);
  if (min > max) return { low: 0, high: 1, text: 'no finite value' };
  if (min >= -tolerance && max <= 1 + tolerance && !isDiverging) return named(0, 1);
  if (min >= -1 - tolerance && max <= 1 + tolerance) return named(-1, 1);
  const isByte = min >= 0 && max <= 255 && (isWhole || max > brightest);
  if (isByte && !isDiverging) return named(0, 255);
  if (min === max) return { low: min - 1, high: min + 1, text: `${numberText(min)} everywhere` };
  if (!isDiverging) {
    const ends = [min, max].map((end) => numberText(Math.abs(end) < (max - min) / 1000 ? 0 : end));
    return { low: min, high: max, text: `${ends.join('–')}, stretched` };
  }
  const most = Math.max(-min, max);
  return { ...named(-most, most), text: `±${numberText(most)}, stretched` };
}

const named = (low: number, high: number): ValueRange => ({
  low,
  high,
  text: `${numberText(low)}–${numberText(high)}`,
});

/** A number in three digits, with a true minus sign. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}

/** The range that the caller asks for. */
export function checkRange(value: unknown): ValueRange | undefined {
  if (value === undefined) return undefined;
  const [low, high] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
  if (Number.isFinite(low) && Number.isFinite(high) && (low as number) < (high as number)) {
    return named(low as number, high as number);
  }
  throw new RangeError(
    `image: range is ${shortText(value, 40)}; allowed are two finite numbers, that of black first`,
  );
}
