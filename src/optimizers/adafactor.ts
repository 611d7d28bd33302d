import { checkNumber, checkOptions } from '../core/check.ts';
import {
  addDecayedWeights,
  chain,
  clipByBlockRms,
  type GradientTransformation,
  type Rate,
  type ScaleByFactoredRmsOptions,
  scale,
  scaleByFactoredRms,
  scaleByLearningRate,
  scaleByParamBlockRms,
  trace,
} from '../transforms/index.ts';
import { registerMaker } from './makers.ts';
import { Optimizer } from './optimizer.ts';

/** Options of `adafactor`. */
export interface AdafactorOptions extends ScaleByFactoredRmsOptions {
  /** The learning rate η ≥ 0, or a function of the step; 0.001 by default. */
  learningRate?: Rate | undefined;
  /** Whether steps are relative to the root mean square of each parameter; true by default. */
  multiplyByParameterScale?: boolean | undefined;
  /** The largest root mean square of a scaled gradient, above 0; null for none; 1 by default. */
  clippingThreshold?: number | null | undefined;
  /** The decay μ of an average of the updates, in [0, 1); 0, no average, by default. */
  momentum?: number | undefined;
  /** The share λ ≥ 0 of the parameters that each step takes off, whatever the rate; 0 by default. */
  weightDecay?: number | undefined;
}

const FACTORED = ['factored', 'decayRate', 'decayOffset', 'minDimSizeToFactor', 'epsilon'] as const;

/**
 * Adafactor: the scale of Adam with the memory of a row and a column for each matrix.
 *
 * With `g̃` of `scaleByFactoredRms`: `u = g̃ / max(1, rms(g̃) / c)`, `w ← w − η·max(rms(w), 10⁻³)·u − λ·w`; with
 * momentum the average `m ← μ·m + (1 − μ)·(…)` of the steps is taken in their place.
 *
 * @param options `learningRate` (0.001), `factored` (true), `decayRate` (0.8), `decayOffset` (0),
 * `minDimSizeToFactor` (128), `epsilon` (1e-30), `multiplyByParameterScale` (true), `clippingThreshold` c > 0 or null
 * (1), `momentum` in [0, 1) (0), `weightDecay` (0); the rules and numbers are optax's
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
  const own = ['learningRate', 'multiplyByParameterScale', 'clippingThreshold', 'momentum', 'weightDecay'];
  checkOptions('adafactor', options, [...own, ...FACTORED]);
  const { learningRate = 0.001, multiplyByParameterScale = true, clippingThreshold = 1 } = options;
  const { momentum = 0, weightDecay = 0 } = options;
  checkNumber('adafactor', 'momentum', momentum, { min: 0, max: 1, exclusiveMax: true });
  checkNumber('adafactor', 'weightDecay', weightDecay, { min: 0 });
  const factored = Object.fromEntries(FACTORED.map((name) => [name, options[name]]));
  const steps: GradientTransformation[] = [scaleByFactoredRms(factored)];
  if (clippingThreshold !== null) steps.push(clipByBlockRms(clippingThreshold));
  steps.push(scaleByLearningRate(learningRate));
  if (multiplyByParameterScale) steps.push(scaleByParamBlockRms());
  if (momentum > 0) steps.push(scale(1 - momentum), trace({ decay: momentum }));
  // The rate has turned the sign already.
  if (weightDecay > 0) steps.push(scale(-1), addDecayedWeights(weightDecay), scale(-1));
  const given = Object.entries(factored).filter(([, value]) => value !== undefined);
  const config = { multiplyByParameterScale, clippingThreshold, momentum, weightDecay };
  return new Optimizer(chain(...steps), { name: 'adafactor', ...config, ...Object.fromEntries(given) });
}

registerMaker('adafactor', adafactor);
