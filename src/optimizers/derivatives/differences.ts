// Derivatives by differences of values.

/** How far a coordinate may go. */
type Interval = readonly [low: number, high: number];

/** The precision to give for differences of differences in double precision: its steps are ε^¼. */
export const TWICE: number = 2 ** -39;

/** How differences are taken. */
export interface Differences {
  /** ε, the relative rounding of the values. */
  readonly precision: number;
  /** The size that each coordinate is known to have, where that is larger than what it has now. */
  readonly typical?: Float64Array | undefined;
  readonly bounds?: readonly Interval[] | undefined;
}

/** Steps from a place, each with its weight: Σ weight·f(x + step) is the derivative there. */
type Stencil = readonly (readonly [step: number, weight: number])[];

/** Coordinates that begin very near to 0 say nothing of their size. */
const SMALLEST = 1e-6;

function wantedStep(x: Float64Array, i: number, { precision, typical }: Differences): number {
  const size = Math.max(Math.abs(x[i]!), Math.abs(typical?.[i] ?? 0));
  return Math.cbrt(precision) * (size === 0 ? 1 : Math.max(size, SMALLEST));
}

/**
 * Central differences, `(f(x + h) − f(x − h))/2h` with `h = ε^⅓·|x|`, whose error is of order h². Where one side is not
 * allowed, `(4·f(x + h) − f(x + 2h) − 3·f(x))/2h`, of the same order, or its mirror image.
 */
function stencil(at: number, wanted: number, [low, high]: Interval): Stencil {
  // A step that the sum represents exactly.
  const h = at + wanted - at;
  if (at - h >= low && at + h <= high) {
    return [
      [h, 0.5 / h],
      [-h, -0.5 / h],
    ];
  }
  const side = high - at >= at - low ? 1 : -1;
  const s = side * Math.min(h, (side > 0 ? high - at : at - low) / 2);
  // Fixed by its bounds: the derivative does not matter.
  if (s === 0) return [];
  return [
    [s, 2 / s],
    [2 * s, -0.5 / s],
    [0, -1.5 / s],
  ];
}

const ANYWHERE: Interval = [-Infinity, Infinity];

/** Calls `visit` with a copy of `x` for each place of the differences along coordinate `i`, and the weight there. */
function alongCoordinate(
  x: Float64Array,
  i: number,
  differences: Differences,
  visit: (x: Float64Array, weight: number) => void,
): void {
  const interval = differences.bounds?.[i] ?? ANYWHERE;
  for (const [step, weight] of stencil(x[i]!, wantedStep(x, i, differences), interval)) {
    const place = x.slice();
    place[i]! += step;
    visit(place, weight);
  }
}

/** Writes the gradient of `f` at `x` into `out`. */
export function gradientByDifferences(
  f: (x: Float64Array) => number,
  x: Float64Array,
  out: Float64Array,
  differences: Differences,
): void {
  for (let i = 0; i < x.length; i++) {
    let sum = 0;
    alongCoordinate(x, i, differences, (place, weight) => {
      sum += weight * f(place);
    });
    out[i] = sum;
  }
}

/** The Jacobian of `f`, which gives `rows` numbers, at `x`, column by column. */
export function jacobianByDifferences(
  f: (x: Float64Array) => ArrayLike<number>,
  x: Float64Array,
  rows: number,
  differences: Differences,
): Float64Array {
  const columns = new Float64Array(rows * x.length);
  for (let i = 0; i < x.length; i++) {
    const column = columns.subarray(i * rows, (i + 1) * rows);
    alongCoordinate(x, i, differences, (place, weight) => {
      const values = f(place);
      for (let row = 0; row < rows; row++) column[row]! += weight * values[row]!;
    });
  }
  return columns;
}

/**
 * Writes the derivative of `gradient` at `x` in the direction `v`, H·v, into `out`:
 * `(∇f(x + hv) − ∇f(x − hv))/2h` with `h = ε^⅓·max(1, ‖x‖∞)/‖v‖∞`.
 */
export function hessianTimesByDifferences(
  gradient: (x: Float64Array, out: Float64Array) => void,
  x: Float64Array,
  v: Float64Array,
  out: Float64Array,
  precision: number,
): void {
  const largest = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const size = largest(v);
  out.fill(0);
  if (size === 0) return;
  const h = (Math.cbrt(precision) * Math.max(1, largest(x))) / size;
  const before = new Float64Array(x.length);
  gradient(
    x.map((value, i) => value + h * v[i]!),
    out,
  );
  gradient(
    x.map((value, i) => value - h * v[i]!),
    before,
  );
  for (let i = 0; i < out.length; i++) out[i] = (out[i]! - before[i]!) / (2 * h);
}
