import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { described } from '../core/description.ts';
import { type Random, random } from '../core/random.ts';
import { checkClasses, type Images, rowsOf } from './images.ts';
import { outlines, type Shape } from './shapes/outlines.ts';
import { noisy, paint, type Scene } from './shapes/paint.ts';

/** Options of `shapes`. */
export interface ShapesOptions {
  /** How many images, at least 1; 1000 by default. They are dealt evenly to the classes. */
  samples?: number | undefined;
  /** The height and the width of an image in pixels, from 8 to 512; 32 by default. */
  size?: number | undefined;
  /** 1 for shades of grey, 3 for colours; 3 by default. */
  channels?: 1 | 3 | undefined;
  /** Which shapes; all ten by default. `y` counts them in this order. */
  classes?: readonly Shape[] | undefined;
  /** The standard deviation of the normal noise on each value, at least 0; 0.1 by default. */
  noise?: number | undefined;
  /** An integer in [0, 2³² − 1]; 0 by default. */
  seed?: number | undefined;
}

const OPTIONS = ['samples', 'size', 'channels', 'classes', 'noise', 'seed'];
const NAMES = Object.keys(outlines) as Shape[];

/** The radius of a shape as a share of the image's size. */
const RADIUS = [0.25, 0.4] as const;
/** What the channels of the colours are drawn from: the shape is lighter than the ground. */
const GROUND = [0, 0.45] as const;
const INK = [0.55, 1] as const;

function drawScene(source: Random, size: number, channels: number): Omit<Scene, 'outline'> {
  const radius = size * source.uniform(...RADIUS);
  const place = (): number => source.uniform(radius, size - radius);
  const colour = ([low, high]: readonly [number, number]): number[] =>
    Array.from({ length: channels }, () => source.uniform(low, high));
  const angle = source.uniform(0, 2 * Math.PI);
  return { radius, x: place(), y: place(), angle, ground: colour(GROUND), ink: colour(INK) };
}

/**
 * Generated pictures of ten shapes: circle, ring, semicircle, crescent, triangle, square, cross, star, heart, arrow.
 *
 * Place, size, angle and colours are random, a light shape on a dark ground; the outlines are smooth, and normal noise
 * lies over all of it. Values stay in [0, 1]. The shape is whole: its radius is a quarter to two fifths of the image's
 * size. No pixel by itself tells anything of the class, so that a network needs what is the same at every place, as
 * convolutions are.
 *
 * @param options `samples`, `size`, `channels`, `classes`, `noise`, `seed`
 * @returns rows of size · size · channels values `x`, classes `y`, the `shape` [size, size, channels] and the names
 *   `classes`, in random order; the same for the same seed
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const { x, y, shape, classes } = datasets.shapes({ samples: 500, noise: 0.05, seed: 1 });
 * image({ data: x[0], shape }, { captions: classes[y[0]!]! });
 * const images = tf.tensor(x, [x.length, ...shape]);
 *
 * @see Quilez, "2D distance functions", iquilezles.org (the outlines as signed distances, by which they are smooth)
 */
export function shapes(options: ShapesOptions = {}): Images<Shape> {
  checkOptions('shapes', options, OPTIONS);
  const { samples = 1000, size = 32, channels = 3, noise = 0.1, seed = 0 } = options;
  checkNumber('shapes', 'samples', samples, { min: 1, integer: true });
  checkNumber('shapes', 'size', size, { min: 8, max: 512, integer: true });
  checkNumber('shapes', 'noise', noise, { min: 0 });
  if (channels !== 1 && channels !== 3) {
    throw new ArgumentError('shapes', 'channels', describe(channels), '1 or 3');
  }
  const classes = checkClasses('shapes', options.classes ?? NAMES, NAMES);
  const source = random(seed, 'shapes');
  const labels = Array.from({ length: samples }, (_, i) => i % classes.length);
  const y = Int32Array.from(source.shuffle(labels));
  const addNoise = noisy(source, noise);
  const x = rowsOf(samples, size * size * channels);
  for (const [at, image] of x.entries()) {
    const outline = outlines[classes[y[at]!]!];
    paint(image, size, { outline, ...drawScene(source, size, channels) });
    addNoise(image);
  }
  const { classes: given } = options;
  return described(
    { x, y, shape: [size, size, channels], classes },
    { kind: 'dataset', name: 'shapes', options: { samples, size, channels, classes: given, noise, seed } },
  );
}
