import {
  ArgumentError,
  checkChoice,
  checkInterval,
  checkNumber,
  checkOptions,
  describe,
} from '../core/check.ts';
import { type ChartSize, chartSize } from './chartSize.ts';
import { counted } from './counts.ts';
import { type Figure, figure, shortNumber } from './figure.ts';
import { isA, isList, shortText } from './inspect.ts';
import { isListLike } from './numbers.ts';
import { surfaceSpec } from './surface/chart.ts';
import { contoursOf } from './surface/contours.ts';
import { evaluator, type SurfaceFunction } from './surface/evaluate.ts';
import { evaluateGrid, type Grid, type Interval, minimumOf, type Point } from './surface/grid.ts';
import { chooseLevels, type Levels } from './surface/levels.ts';
import { around, type Path, pathsOf } from './surface/paths.ts';
import { surfaceText } from './surface/text.ts';
import { walkOf } from './surface/walk.ts';
import { vegaLite } from './vegaLite.ts';

/** Options of `lossSurface`. */
export interface LossSurfaceOptions extends ChartSize {
  /** Where the surface begins and ends; around the paths if left out, from −2 to 2 without paths. */
  x?: readonly [number, number];
  y?: readonly [number, number];
  /** Ways over the surface: points `[x, y]` or `{ x, y }`, a tensor [steps, 2], or several by name. */
  paths?: unknown;
  /** The scale of colours and contour lines; 'auto', which takes 'log' where values differ widely, if left out. */
  scale?: 'auto' | 'linear' | 'log';
  /** The number of contour lines from 0 to 50, or their values; 12 if left out. */
  levels?: number | readonly number[];
  /** The function is evaluated at resolution² points; 60 if left out, from 8 to 200. */
  resolution?: number;
  title?: string;
  xTitle?: string;
  yTitle?: string;
}

/** A surface that a notebook shows; `String(…)` tells its minimum and where its paths end. */
export interface LossSurface extends Figure {
  /** The least value that was found within the surface, and where; undefined if no value is finite. */
  readonly minimum: Point | undefined;
}

const optionNames = [
  'x',
  'y',
  'paths',
  'scale',
  'levels',
  'resolution',
  'title',
  'xTitle',
  'yTitle',
  'width',
  'height',
];

/**
 * A function of two variables as a map of colours with contour lines, its minimum, and the ways of optimizers over it.
 *
 * For the loss L of a network around its weights θ, two directions δ and η make it such a function:
 *
 *     f(α, β) = L(θ + α δ + β η)
 *
 * with directions that are random and then scaled filter by filter to the norms of θ, so that networks compare (Li et
 * al.). The star is the least value of the grid, found more closely by a compass search; a ring is where a path starts,
 * a diamond where it ends. Values that are not finite are left blank and counted.
 *
 * @param f takes two numbers and gives a number or a tensor of one; tensors that it makes are disposed
 * @param options `x`, `y`: the intervals shown; `paths`; `scale`: 'auto', 'linear' or 'log'; `levels`: contour lines;
 *   `resolution`; `title`, `xTitle`, `yTitle`, `width`, `height`. Paths may stand in its place, with the options after
 *   them
 * @returns a displayable chart with its `minimum`
 * @throws TypeError if `f` is no function or gives no number, and for what is no path; RangeError for a tensor of
 *   another shape; ArgumentError for an option that is not allowed
 * @example
 * const rosenbrock = (x: number, y: number) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
 * lossSurface(rosenbrock, { x: [-2, 2], y: [-1, 3], paths: { adam: [[-1.5, 2], [-1.2, 1.5], [0.9, 0.8]] } });
 *
 * H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein (2018), Visualizing the loss landscape of neural nets, NeurIPS.
 */
export function lossSurface(f: SurfaceFunction, paths?: unknown, options?: LossSurfaceOptions): LossSurface {
  if (typeof f !== 'function') {
    throw new TypeError(`lossSurface: f is ${shortText(f)}; allowed is a function of two numbers`);
  }
  const given = readOptions(paths, options);
  const size = chartSize('lossSurface', given);
  const walked = pathsOf(given.paths);
  const { scale = 'auto', levels: lines, resolution = 60 } = given;
  const valueAt = evaluator(f);
  const [x, y] = [intervalOf(given.x, walked, 'x'), intervalOf(given.y, walked, 'y')];
  const grid = evaluateGrid(valueAt, x, y, resolution);
  const levels = chooseLevels(grid, scale, lines);
  const contours = levels.lines.flatMap((level) => contoursOf(grid, level));
  const walks = walked.map((path) => walkOf(path, valueAt));
  const drawn = walks.filter(({ points }) => points.length > 0);
  const minimum = minimumOf(valueAt, grid);
  const subtitle = summary(grid, levels, minimum);
  const { title = 'Loss surface', xTitle = 'x', yTitle = 'y' } = given;
  const spec = surfaceSpec({
    grid,
    levels,
    contours,
    walks: drawn,
    minimum,
    title,
    subtitle,
    xTitle,
    yTitle,
    ...size,
  });
  return { ...figure(vegaLite(spec), () => surfaceText(`${title}: ${subtitle}`, walks)), minimum };
}

/** Paths in the place of the options are told by what is no option. */
function readOptions(paths: unknown, options: LossSurfaceOptions | undefined): LossSurfaceOptions {
  const isPaths =
    isListLike(paths) ||
    isA(paths, Map) ||
    (typeof paths === 'object' &&
      paths !== null &&
      Object.values(paths).some(isPathLike) &&
      !hasOptions(paths));
  const given = options ?? (isPaths || paths === undefined ? {} : (paths as LossSurfaceOptions));
  checkOptions('lossSurface', given, optionNames);
  const all = isPaths || options !== undefined ? { ...given, paths: paths ?? given.paths } : given;
  const { x, y, scale, resolution, levels } = all;
  if (x !== undefined) checkInterval('lossSurface', 'x', x);
  if (y !== undefined) checkInterval('lossSurface', 'y', y);
  if (scale !== undefined) checkChoice('lossSurface', 'scale', scale, ['auto', 'linear', 'log']);
  if (resolution !== undefined)
    checkNumber('lossSurface', 'resolution', resolution, { min: 8, max: 200, integer: true });
  if (levels !== undefined) checkLevels(levels);
  return all;
}

function isPathLike(value: unknown): boolean {
  return isListLike(value);
}

function hasOptions(value: object): boolean {
  return Object.keys(value).some((key) => optionNames.includes(key));
}

function checkLevels(levels: unknown): void {
  if (isList(levels) && levels.every(Number.isFinite)) return;
  if (Number.isInteger(levels) && (levels as number) >= 0 && (levels as number) <= 50) return;
  const allowed = 'a number of contour lines from 0 to 50, or a list of finite values';
  throw new ArgumentError('lossSurface', 'levels', describe(levels), allowed);
}

function intervalOf(given: Interval | undefined, paths: readonly Path[], axis: 'x' | 'y'): Interval {
  return given ?? around(paths.flatMap((path) => path[axis])) ?? [-2, 2];
}

function summary(
  { x, y, values, size }: Grid,
  { scale, domain }: Levels,
  minimum: Point | undefined,
): string {
  const missing = values.filter((value) => !Number.isFinite(value)).length;
  const place = minimum && `(${coordinate(minimum.x, x)}, ${coordinate(minimum.y, y)})`;
  return [
    ...(minimum ? [`minimum ${shortNumber(minimum.value)} at ${place}`] : ['no finite value']),
    ...(minimum ? [`${size} × ${size} values up to ${shortNumber(domain[1])}`] : []),
    ...(scale === 'linear' ? [] : ['log scale']),
    ...(missing > 0 ? [`${counted(missing, 'value')} not finite`] : []),
  ].join(' · ');
}

/** A hair's breadth beside 0 is 0. */
function coordinate(value: number, [low, high]: Interval): string {
  return shortNumber(Math.abs(value) < 1e-5 * (high - low) ? 0 : value);
}
