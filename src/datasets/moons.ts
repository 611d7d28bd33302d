import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { random } from '../core/random.ts';
import type { Classified } from './blobs.ts';

/** Options of `moons`. */
export interface MoonsOptions {
  /** How many points, at least 2; 100 by default. */
  samples?: number | undefined;
  /** The standard deviation of the normal noise on each coordinate, at least 0; 0.1 by default. */
  noise?: number | undefined;
  /** An integer in [0, 2³² − 1]; 0 by default. */
  seed?: number | undefined;
}

/**
 * Two interleaved half circles, one class each, which no straight line separates, in random order.
 *
 * Class 0 is `(cos t, sin t)`, class 1 is `(1 − cos t, ½ − sin t)`, with `t` in [0, π].
 *
 * @param options `samples`, `noise`, `seed`
 * @returns points `x`, [samples, 2], and classes `y`; the same for the same seed
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const { x, y } = datasets.moons({ samples: 200, noise: 0.15, seed: 1 });
 *
 * @see Pedregosa et al., "Scikit-learn: Machine Learning in Python", JMLR 12, 2011 (make_moons)
 */
export function moons(options: MoonsOptions = {}): Classified {
  checkOptions('moons', options, ['samples', 'noise', 'seed']);
  const { samples = 100, noise = 0.1, seed = 0 } = options;
  checkNumber('moons', 'samples', samples, { min: 2, integer: true });
  checkNumber('moons', 'noise', noise, { min: 0 });
  const source = random(seed, 'moons');
  const upper = Math.ceil(samples / 2);
  const points = Array.from({ length: samples }, (_, i): [number, number, number] => {
    const label = i < upper ? 0 : 1;
    const [index, count] = label === 0 ? [i, upper] : [i - upper, samples - upper];
    const t = (Math.PI * index) / Math.max(count - 1, 1);
    return label === 0 ? [Math.cos(t), Math.sin(t), 0] : [1 - Math.cos(t), 0.5 - Math.sin(t), 1];
  });
  source.shuffle(points);
  return described(
    {
      x: points.map(([a, b]) => [source.normal(a, noise), source.normal(b, noise)]),
      y: Int32Array.from(points, ([, , label]) => label),
    },
    { kind: 'dataset', name: 'moons', options: { samples, noise, seed } },
  );
}
