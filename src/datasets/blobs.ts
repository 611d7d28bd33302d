import { ArgumentError, checkInterval, checkNumber, checkOptions, describe } from '../core/check.ts';
import { described } from '../core/description.ts';
import { type Random, random } from '../core/random.ts';

/** Points with the class of each. */
export interface Classified {
  /** The points, [samples, features]. */
  x: number[][];
  /** The class of each point, an integer from 0. */
  y: Int32Array;
}

/** Options of `blobs`. */
export interface BlobsOptions {
  /** How many points, at least 1; 100 by default. They are dealt evenly to the classes. */
  samples?: number | undefined;
  /** How many classes, or the center of each, [classes, features]; 3 by default. */
  centers?: number | Points | undefined;
  /** The number of coordinates where `centers` is a number, at least 1; 2 by default. */
  features?: number | undefined;
  /** The standard deviation of each class, at least 0; 1 by default. */
  std?: number | undefined;
  /** The interval that each coordinate of a center is drawn from; [-10, 10] by default. */
  centerBox?: readonly [number, number] | undefined;
  /** An integer in [0, 2³² − 1]; 0 by default. */
  seed?: number | undefined;
}

const OPTIONS = ['samples', 'centers', 'features', 'std', 'centerBox', 'seed'];

type Points = readonly (readonly number[])[];

function drawCenters(
  source: Random,
  count: unknown,
  features: number,
  [low, high]: readonly [number, number],
): Points {
  if (typeof count !== 'number') throw centersError(count);
  checkNumber('blobs', 'centers', count, { min: 1, integer: true });
  return Array.from({ length: count }, () =>
    Array.from({ length: features }, () => source.uniform(low, high)),
  );
}

const centersError = (centers: unknown): ArgumentError =>
  new ArgumentError('blobs', 'centers', describe(centers), 'a number or points of equal length, all finite');

function checkCenters(points: readonly unknown[]): void {
  const [first] = points;
  const width = Array.isArray(first) ? first.length : 0;
  const fits = (point: unknown): boolean =>
    Array.isArray(point) && point.length === width && point.every(Number.isFinite);
  if (width === 0 || !points.every(fits)) throw centersError(points);
}

/**
 * Normal clouds of points around centers, one class each, in random order.
 *
 * @param options `samples`, `centers`, `features`, `std`, `centerBox`, `seed`
 * @returns points `x` and classes `y`; the same for the same seed
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const { x, y } = datasets.blobs({ samples: 200, centers: [[0, 0], [4, 4]], seed: 1 });
 *
 * @see Pedregosa et al., "Scikit-learn: Machine Learning in Python", JMLR 12, 2011 (make_blobs)
 */
export function blobs(options: BlobsOptions = {}): Classified {
  checkOptions('blobs', options, OPTIONS);
  const { samples = 100, centers = 3, features = 2, std = 1, centerBox = [-10, 10], seed = 0 } = options;
  checkNumber('blobs', 'samples', samples, { min: 1, integer: true });
  checkNumber('blobs', 'features', features, { min: 1, integer: true });
  checkNumber('blobs', 'std', std, { min: 0 });
  checkInterval('blobs', 'centerBox', centerBox);
  const source = random(seed, 'blobs');
  const points: Points = Array.isArray(centers) ? centers : drawCenters(source, centers, features, centerBox);
  checkCenters(points);
  const y = Int32Array.from(source.shuffle(Array.from({ length: samples }, (_, i) => i % points.length)));
  const x = Array.from(y, (label) => points[label]!.map((value) => source.normal(value, std)));
  return described(
    { x, y },
    { kind: 'dataset', name: 'blobs', options: { samples, centers, features, std, seed } },
  );
}
