import { ArgumentError, checkInterval, checkNumber, checkOptions, describe } from '../core/check.ts';
import { described } from '../core/description.ts';
import { random } from '../core/random.ts';

/** Options of `regression`. */
export interface RegressionOptions {
  /** How many samples, at least 1; 100 by default. */
  samples?: number | undefined;
  /** The polynomial's coefficients from the constant up; [1, 2], the line 1 + 2x, by default. */
  coefficients?: readonly number[] | undefined;
  /** The interval that x is drawn from; [-1, 1] by default. */
  range?: readonly [number, number] | undefined;
  /** The standard deviation of the normal noise on y, at least 0; 0.1 by default. */
  noise?: number | undefined;
  /** The share of samples that become outliers, in [0, 1); 0 by default. */
  outliers?: number | undefined;
  /** How far above the curve an outlier lies, in units of y, with a normal spread of a tenth; 5 by default. */
  outlierOffset?: number | undefined;
  /** An integer in [0, 2³² − 1]; 0 by default. */
  seed?: number | undefined;
}

/** Samples of a noisy curve. */
export interface Regression {
  /** The inputs, ascending, of length `samples`. */
  x: Float32Array;
  /** The targets, of length `samples`. */
  y: Float32Array;
  /** The indices of the outliers, ascending. */
  outliers: number[];
}

const OUTLIER_SPREAD = 0.1;

const OPTIONS = ['samples', 'coefficients', 'range', 'noise', 'outliers', 'outlierOffset', 'seed'];

/** Horner's rule. */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((value, coefficient) => value * x + coefficient, 0);

/**
 * A noisy line or polynomial, some of whose samples may be outliers on one side.
 *
 * `y = Σ_k c_k·x^k + ε` with `x` uniform in `range` and `ε` normal.
 *
 * @param options `samples`, `coefficients`, `range`, `noise`, `outliers`, `outlierOffset`, `seed`
 * @returns typed arrays `x` and `y` and the indices of the outliers; the same for the same seed
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const { x, y } = datasets.regression({ samples: 50, noise: 0.2, outliers: 0.1, seed: 1 });
 *
 * @see Huber, "Robust Estimation of a Location Parameter", Annals of Mathematical Statistics 35, 1964
 * (samples of which a share is contaminated)
 */
export function regression(options: RegressionOptions = {}): Regression {
  checkOptions('regression', options, OPTIONS);
  const { samples = 100, coefficients = [1, 2], range = [-1, 1], noise = 0.1 } = options;
  const { outliers = 0, outlierOffset = 5, seed = 0 } = options;
  checkNumber('regression', 'samples', samples, { min: 1, integer: true });
  checkNumber('regression', 'noise', noise, { min: 0 });
  checkNumber('regression', 'outliers', outliers, { min: 0, max: 1, exclusiveMax: true });
  checkNumber('regression', 'outlierOffset', outlierOffset);
  checkInterval('regression', 'range', range);
  if (!Array.isArray(coefficients) || coefficients.length === 0 || !coefficients.every(Number.isFinite)) {
    const allowed = 'an array of finite numbers, the constant first';
    throw new ArgumentError('regression', 'coefficients', describe(coefficients), allowed);
  }
  const [low, high] = range;
  const source = random(seed, 'regression');
  const x = Float32Array.from({ length: samples }, () => source.uniform(low, high)).sort();
  const y = x.map((value) => polynomial(coefficients, value) + source.normal(0, noise));
  const order = source.shuffle(Array.from({ length: samples }, (_, i) => i));
  const chosen = order.slice(0, Math.round(outliers * samples)).sort((a, b) => a - b);
  for (const i of chosen) {
    y[i] = polynomial(coefficients, x[i]!) + outlierOffset * source.normal(1, OUTLIER_SPREAD);
  }
  return described(
    { x, y, outliers: chosen },
    { kind: 'dataset', name: 'regression', options: { samples, coefficients, range, noise, outliers, seed } },
  );
}
