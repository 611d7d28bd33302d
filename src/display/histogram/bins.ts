import { ArgumentError, checkChoice, checkNumber, describe } from '../../core/check.ts';
import { type Moments, momentsOf } from './moments.ts';
import { quantiles } from './quantile.ts';

/** Ways to choose the number of bins. */
export type BinRule = 'auto' | 'fd' | 'sturges' | 'doane' | 'scott' | 'sqrt' | 'rice';

const ruleNames: Readonly<Record<BinRule, string>> = {
  auto: 'auto',
  fd: 'Freedman–Diaconis',
  sturges: 'Sturges',
  doane: 'Doane',
  scott: 'Scott',
  sqrt: 'square root',
  rice: 'Rice',
};

/** The edges of bins, and how they were chosen, in words. */
export interface Bins {
  readonly edges: Float64Array;
  readonly rule: string;
  /** All bins have the same width. */
  readonly isUniform: boolean;
}

/** More bins are thinner than what can be told apart. */
const maxBins = 200;
const maxGivenBins = 1000;
/** Up to this many whole numbers have a bin each. */
const maxWholeNumbers = 50;

type Interval = readonly [low: number, high: number];

/**
 * Choose the bins for finite values, as numpy does.
 *
 * @param values in any order; they are put into another one
 * @param bins a number of bins, a rule, or the edges themselves
 * @param range where the bins begin and end; the least and the largest value if left out
 */
export function chooseBins(
  values: Float64Array,
  bins: number | BinRule | readonly number[],
  range?: Interval,
): Bins {
  if (typeof bins !== 'string' && typeof bins !== 'number') {
    return { edges: checkEdges(bins), rule: 'edges as given', isUniform: false };
  }
  const inside = range ? values.filter((value) => value >= range[0] && value <= range[1]) : values;
  const moments = momentsOf(inside);
  const outer = range ?? outerEdges(moments);
  if (typeof bins === 'number') {
    checkNumber('histogram', 'bins', bins, { min: 1, max: maxGivenBins, integer: true });
    return uniform(outer, bins, 'as given');
  }
  const rule = checkChoice('histogram', 'bins', bins, Object.keys(ruleNames) as BinRule[]);
  if (rule === 'auto' && !range && areFewWholeNumbers(moments)) return oneEach(moments);
  return byRule(inside, moments, rule, outer);
}

function byRule(values: Float64Array, moments: Moments, rule: BinRule, [low, high]: Interval): Bins {
  if (moments.count === 0) return uniform([low, high], 1, 'no values');
  const widths =
    rule === 'auto' ? automaticWidth(values, moments) : { rule, width: widthOf(values, moments, rule) };
  const width = moments.isWhole && widths.width > 0 ? Math.max(1, widths.width) : widths.width;
  const count = width > 0 ? Math.max(1, Math.ceil((high - low) / width)) : 1;
  const name = ruleNames[widths.rule];
  return count > maxBins
    ? uniform([low, high], maxBins, `${name}, limited to ${maxBins}`)
    : uniform([low, high], count, name);
}

/**
 * Freedman and Diaconis's rule for many values, Sturges' for few: the one with the narrower bins. Values that crowd
 * around one would have bins without number by the former: there are no more than 2√n of them.
 */
function automaticWidth(values: Float64Array, moments: Moments): { rule: BinRule; width: number } {
  const sturges = widthOf(values, moments, 'sturges');
  const fd = Math.max(widthOf(values, moments, 'fd'), widthOf(values, moments, 'sqrt') / 2);
  return fd < sturges ? { rule: 'fd', width: fd } : { rule: 'sturges', width: sturges };
}

/** The width of bins that a rule asks for; 0 where it has no answer. */
function widthOf(values: Float64Array, moments: Moments, rule: BinRule): number {
  const { count: n, least, largest, deviation, skewness } = moments;
  const spread = largest - least;
  if (rule === 'sturges') return spread / (Math.log2(n) + 1);
  if (rule === 'sqrt') return spread / Math.sqrt(n);
  if (rule === 'rice') return spread / (2 * n ** (1 / 3));
  if (rule === 'scott') return ((24 * Math.sqrt(Math.PI)) / n) ** (1 / 3) * deviation;
  if (rule === 'doane') {
    if (n <= 2 || !(deviation > 0)) return 0;
    const error = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
    return spread / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / error));
  }
  const [lower = 0, upper = 0] = quantiles(values, [0.25, 0.75]);
  return (2 * (upper - lower)) / n ** (1 / 3);
}

function areFewWholeNumbers({ isWhole, least, largest }: Moments): boolean {
  return isWhole && largest - least < maxWholeNumbers && Math.max(-least, largest) < 2 ** 52;
}

function oneEach({ least, largest }: Moments): Bins {
  return uniform([least - 0.5, largest + 0.5], largest - least + 1, 'one for each whole number');
}

function uniform([low, high]: Interval, count: number, rule: string): Bins {
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => low + i * ((high - low) / count));
  edges[count] = high;
  return { edges, rule, isUniform: true };
}

function outerEdges({ count, least, largest }: Moments): Interval {
  if (count === 0) return [0, 1];
  return least === largest ? [least - 0.5, largest + 0.5] : [least, largest];
}

function checkEdges(edges: unknown): Float64Array {
  const list: readonly unknown[] = Array.isArray(edges) ? edges : [];
  const isRising = list.every(
    (edge, at) => Number.isFinite(edge) && (at === 0 || (edge as number) > (list[at - 1] as number)),
  );
  if (list.length >= 2 && list.length <= maxGivenBins + 1 && isRising) {
    return Float64Array.from(list as readonly number[]);
  }
  const names = Object.keys(ruleNames).map((name) => `'${name}'`);
  const allowed = `a number of bins, from 2 to ${maxGivenBins + 1} rising edges, or one of ${names.join(', ')}`;
  throw new ArgumentError('histogram', 'bins', describe(edges), allowed);
}
