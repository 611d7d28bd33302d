import type { Grid } from './grid.ts';

/** How values become colours. */
export interface Levels {
  readonly scale: 'linear' | 'log' | 'symlog';
  /** Of the colours: values below and above have the first and the last one. */
  readonly domain: readonly [number, number];
  /** The values of the contour lines, rising. */
  readonly lines: readonly number[];
}

/** From here on a linear scale shows little but the largest values. */
const wideRatio = 50;
const lineCount = 12;

/** Choose colours and contour lines for the values of a grid. */
export function chooseLevels(
  { values }: Grid,
  scale: 'auto' | 'linear' | 'log',
  lines: number | readonly number[] = lineCount,
): Levels {
  const sorted = values.filter(Number.isFinite).sort();
  const [least = 0, largest = 1] = [sorted[0], sorted.at(-1)];
  const middle = sorted[sorted.length >> 1] ?? 0;
  const isWide = sorted.length > 0 && least >= 0 && largest > wideRatio * Math.max(least, middle / wideRatio);
  const isLog = scale === 'log' || (scale === 'auto' && isWide);
  const kind = isLog ? (least > 0 ? 'log' : 'symlog') : 'linear';
  // A grid may by chance hit the very minimum, 1e-30 of the rest: it is not to have the scale for itself.
  const low =
    kind === 'log' ? Math.max(least, (sorted[Math.floor(sorted.length / 100)] ?? least) / 10) : least;
  const domain: [number, number] = low < largest ? [low, largest] : [low, low + 1];
  const levels = typeof lines === 'number' ? spread(domain, kind, lines) : [...lines].sort((a, b) => a - b);
  return { scale: kind, domain, lines: levels };
}

/** Levels within an interval, at equal distances on the scale. */
function spread([low, high]: readonly [number, number], kind: Levels['scale'], count: number): number[] {
  const steps = Array.from({ length: count }, (_, index) => (index + 1) / (count + 1));
  if (kind === 'log') return steps.map((share) => low * (high / low) ** share);
  if (kind === 'linear') return steps.map((share) => low + share * (high - low));
  const unit = symlogUnit([low, high]);
  const [from, to] = [symlog(low, unit), symlog(high, unit)];
  return steps.map((share) => unsymlog(from + share * (to - from), unit));
}

/** What counts as small on a scale that is linear around 0 and logarithmic beyond. */
export function symlogUnit([low, high]: readonly [number, number]): number {
  return Math.max(Math.abs(low), Math.abs(high)) / 1000 || 1;
}

function symlog(value: number, unit: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value) / unit);
}

function unsymlog(value: number, unit: number): number {
  return Math.sign(value) * Math.expm1(Math.abs(value)) * unit;
}
