/** An axis: its ends, where it is labelled, and what the labels say. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  readonly isLog: boolean;
}

/** Smaller numbers have too few digits to reckon with. */
const TINY = 1e-280;

/** From values to places: 0 at the low end, 1 at the high one. */
export function placeOf({ low, high, isLog }: Scale): (value: number) => number {
  const at = isLog ? Math.log10 : (value: number): number => value;
  const [start, end] = [at(low), at(high)];
  const span = end - start || 1;
  return (value) => (at(value) - start) / span;
}

/** The axis of values between two: its ends are a little wider, its ticks round numbers. */
export function valueScale(low: number, high: number, count: number): Scale {
  // Closer together than that they are one value that was rounded.
  const isOne = high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high), TINY);
  const [from, to] = isOne ? around((low + high) / 2) : [low, high];
  const step = niceStep((to - from) / count);
  // To the next quarter of a step; to 0 where that is near.
  const start = from >= 0 && from < (to - from) / 3 ? 0 : (Math.floor((4 * from) / step + 1e-9) * step) / 4;
  const end = (Math.ceil((4 * to) / step - 1e-9) * step) / 4;
  return linear(round(start), round(end), multiples(start, end, step), step);
}

/** The axis of steps or epochs: its ends are the first and the last, its ticks whole numbers. */
export function stepScale(low: number, high: number, count: number): Scale {
  const [from, to] = low < high ? [low, high] : [low - 1, low + 1];
  const step = Math.max(1, niceStep((to - from) / count));
  return linear(from, to, multiples(from, to, step), step);
}

/** A logarithmic axis of positive values, from a power of ten to one. */
export function logScale(low: number, high: number, count: number): Scale {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(high) - 1e-9));
  const each = Math.ceil((last - first) / count);
  const ticks: number[] = [];
  for (let power = first; power <= last; power += each) ticks.push(10 ** power);
  const isShort = first >= -3 && last <= 5;
  const labels = ticks.map((tick) => (isShort ? shortNumber(tick) : `1e${Math.round(Math.log10(tick))}`));
  return { low: 10 ** first, high: 10 ** last, ticks, labels, isLog: true };
}

function around(value: number): [number, number] {
  const reach = Math.abs(value) > TINY ? Math.abs(value) / 10 : 1;
  return [value - reach, value + reach];
}

function linear(low: number, high: number, ticks: readonly number[], step: number): Scale {
  const largest = Math.max(...ticks.map(Math.abs), 0);
  const isShort = largest < 1e6 && (step >= 1e-4 || largest === 0);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const label = (tick: number): string => (isShort ? grouped(tick, decimals) : shortNumber(tick));
  return { low, high, ticks, labels: ticks.map(label), isLog: false };
}

function grouped(value: number, decimals: number): string {
  const text = (value + 0).toFixed(decimals).replace(/^-/, '−');
  return decimals === 0 ? text.replace(/\d(?=(\d{3})+$)/g, '$&,') : text;
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const length = Math.max(0, Math.floor(to / step + 1e-9) - first + 1);
  return Array.from({ length }, (_, i) => round((first + i) * step));
}

/** 1, 2 or 5 times a power of ten, whichever is nearest by ratio. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const size = rough / power;
  const factor = size < Math.SQRT2 ? 1 : size < Math.sqrt(10) ? 2 : size < Math.sqrt(50) ? 5 : 10;
  return round(factor * power);
}

const round = (value: number): number => Number(value.toPrecision(12));

/** A number of four digits at most, in the shorter of the two notations. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e6)
      ? value.toExponential(3).replace(/\.?0*e\+?/, 'e')
      : String(Number(value.toPrecision(4)));
  return text.replace(/^-/, '−');
}
