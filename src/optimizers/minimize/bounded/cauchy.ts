import type { Bound } from '../types.ts';
import { dot } from '../vectors.ts';
import type { Compact } from './compact.ts';

/** The generalized Cauchy point, and c = Wᵀ(point − x). */
export interface Cauchy {
  readonly point: Float64Array;
  readonly c: Float64Array;
}

/** How far −gradient can be followed until coordinate i meets its bound. */
function breakpoints(x: Float64Array, gradient: Float64Array, bounds: readonly Bound[]): Float64Array {
  return x.map((value, i) => {
    const g = gradient[i]!;
    const [low, high] = bounds[i]!;
    if (g === 0) return Infinity;
    return Math.max(0, (value - (g < 0 ? high : low)) / g);
  });
}

/** v ← v + s·w */
function add(v: Float64Array, s: number, w: Float64Array): void {
  for (let i = 0; i < v.length; i++) v[i]! += s * w[i]!;
}

/**
 * The first local minimum of the quadratic model along the path of x − t·gradient, bent at the bounds.
 *
 * @see Byrd, Lu, Nocedal & Zhu, "A Limited Memory Algorithm for Bound Constrained Optimization", SIAM J. Sci. Comput.
 * 16, 1995, algorithm CP
 */
export function cauchyPoint(
  x: Float64Array,
  gradient: Float64Array,
  bounds: readonly Bound[],
  model: Compact,
): Cauchy {
  const { theta } = model;
  const ends = breakpoints(x, gradient, bounds);
  const d = gradient.map((g, i) => (ends[i] === 0 ? 0 : -g));
  const p = model.project(d);
  const c = new Float64Array(model.width);
  let first = -dot(d, d);
  let second = -theta * first - dot(p, model.times(p));
  const least = Number.EPSILON * second;
  const order = [...ends.keys()].filter((i) => ends[i]! > 0 && ends[i]! < Infinity);
  order.sort((i, j) => ends[i]! - ends[j]!);
  const point = x.slice();
  let along = 0;
  for (const b of order) {
    const length = ends[b]! - along;
    if (-first / second < length) break;
    const g = gradient[b]!;
    const [low, high] = bounds[b]!;
    point[b] = g < 0 ? high : low;
    const z = point[b]! - x[b]!;
    add(c, length, p);
    const row = model.row(b);
    const product = model.times(row);
    first += length * second + g * g + theta * g * z - g * dot(product, c);
    second += -theta * g * g - 2 * g * dot(product, p) - g * g * dot(product, row);
    second = Math.max(second, least);
    add(p, g, row);
    d[b] = 0;
    along = ends[b]!;
  }
  const rest = first < 0 ? -first / second : 0;
  add(c, rest, p);
  for (let i = 0; i < x.length; i++) if (d[i] !== 0) point[i] = x[i]! + (along + rest) * d[i]!;
  return { point, c };
}
