import { ArgumentError, checkNumber, describe } from '../core/check.ts';
import { random } from '../core/random.ts';

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
  centers?: number | readonly (readonly number[])[] | undefined;
  /** The number of coordinates where `centers` is a number, at least 1; 2 by default. */
  features?: number | undefined;
  /** The standard deviation of each class, at least 0; 1 by default. */
  std?: number | undefined;
  /** The interval that each coordinate of a center is drawn from; [-10, 10] by default. */
  centerBox?: readonly [number, number] | undefined;
  /** An integer in [0, 2³² − 1]; 0 by default. */
  seed?: number | undefined;
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
 */
export function blobs(options: BlobsOptions = {}): Classified {
  const { samples = 100, centers = 3, features = 2, std = 1, centerBox = [-10, 10], seed = 0 } = options;
  checkNumber('blobs', 'samples', samples, { min: 1, integer: true });
  checkNumber('blobs', 'std', std, { min: 0 });
  const source = random(seed);
  const given = typeof centers === 'number' ? drawCenters(centers) : centers;
  const width = given[0]?.length ?? 0;
  if (width === 0 || given.some((center) => center.length !== width)) {
    throw new ArgumentError('blobs', 'centers', describe(centers), 'a number or points of equal length');
  }
  const y = Int32Array.from(source.shuffle(Array.from({ length: samples }, (_, i) => i % given.length)));
  const x = Array.from(y, (label) => given[label]!.map((value) => source.normal(value, std)));
  return { x, y };

  function drawCenters(count: number): number[][] {
    checkNumber('blobs', 'centers', count, { min: 1, integer: true });
    checkNumber('blobs', 'features', features, { min: 1, integer: true });
    const [low, high] = centerBox;
    return Array.from({ length: count }, () =>
      Array.from({ length: features }, () => source.uniform(low, high)),
    );
  }
}
