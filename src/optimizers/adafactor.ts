import { checkNumber } from '../core/check.ts';
import { checkDecay } from '../transforms/decayRate.ts';
import {
  addDecayedWeights,
  clipByBlockRms,
  ema,
  type GradientTransformation,
  type Rate,
  type ScaleByFactoredRmsOptions,
  scale,
  scaleByFactoredRms,
  scaleByLearningRate,
  scaleByParamBlockRms,
} from '../transforms/index.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';
import { pick } from './pick.ts';

/** Options of `adafactor`. */
export interface AdafactorOptions extends CommonOptions, ScaleByFactoredRmsOptions {
  /** Whether steps are relative to the root mean square of each parameter; true by default. */
  multiplyByParameterScale?: boolean | undefined;
  /** The largest root mean square of a scaled gradient, above 0; null for none; 1 by default. */
  clippingThreshold?: number | null | undefined;
  /** The decay μ of an average of the updates, in [0, 1); 0, no average, by default. */
  momentum?: number | undefined;
}

const OWN = ['factored', 'decayRate', 'decayOffset', 'minDimSizeToFactor', 'epsilon'] as const;

/**
 * Adafactor: the scale of Adam with the memory of a row and a column for each matrix.
 *
 * With `g̃` of `scaleByFactoredRms`: `u = g̃ / max(1, rms(g̃) / c)`, `w ← w − η·max(rms(w), 10⁻³)·u − λ·w`; with
 * momentum the average `m ← μ·m + (1 − μ)·(…)` of the steps is taken in their place.
 *
 * @param options `learningRate` (0.001), `factored` (true), `decayRate` (0.8), `decayOffset` (0),
 * `minDimSizeToFactor` (128), `epsilon` (1e-30), `multiplyByParameterScale` (true), `clippingThreshold` c > 0 or null
 * (1), `momentum` in [0, 1) (0), and those of every optimizer, see `adam`. The rules and numbers are optax's: `weightDecay` λ
 * (0) is not multiplied by the rate
 * @returns an optimizer
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const w = tf.variable(tf.randomNormal([256, 128]));
 * optimizers.adafactor({ learningRate: 0.01 }).minimize(() => w.square().sum());
 *
 * @see Shazeer & Stern, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", ICML 2018
 */
export function adafactor(options: AdafactorOptions = {}): Optimizer {
  checkOwn('adafactor', options, ['multiplyByParameterScale', 'clippingThreshold', 'momentum', ...OWN]);
  const { multiplyByParameterScale = true, clippingThreshold = 1 } = options;
  const momentum = checkDecay('adafactor', 'momentum', options.momentum ?? 0);
  const own = pick(options, OWN);
  if (clippingThreshold !== null)
    checkNumber('adafactor', 'clippingThreshold', clippingThreshold, { min: 0, exclusiveMin: true });
  const end = (rate: Rate, weightDecay: number): GradientTransformation[] => [
    scaleByLearningRate(rate),
    ...(multiplyByParameterScale ? [scaleByParamBlockRms()] : []),
    ...(momentum > 0 ? [ema(momentum, { debias: false })] : []),
    // The rate has turned the sign already.
    ...(weightDecay > 0 ? [scale(-1), addDecayedWeights(weightDecay), scale(-1)] : []),
  ];
  return makeOptimizer(
    {
      name: 'adafactor',
      options: { ...own, multiplyByParameterScale, clippingThreshold, momentum },
      learningRate: 0.001,
      steps: () => [
        scaleByFactoredRms(own),
        ...(clippingThreshold === null ? [] : [clipByBlockRms(clippingThreshold)]),
      ],
      end,
    },
    options,
  );
}

registerMaker('adafactor', adafactor);
