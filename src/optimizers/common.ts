import { ArgumentError, checkedFor, checkNumber, checkOptions } from '../core/check.ts';
import type { UpdateRule } from '../core/updates/rules.ts';
import {
  accumulate,
  addDecayedWeights,
  averageWeights,
  chain,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  type GradientTransformation,
  type Rate,
  scaleByLearningRate,
} from '../transforms/index.ts';
import { checkRate } from '../transforms/scaleByLearningRate.ts';
import type { OnePass } from './onePass.ts';
import { Optimizer } from './optimizer.ts';

/** Options of every optimizer. */
export interface CommonOptions {
  /** The learning rate η ≥ 0, or a function of the step. */
  learningRate?: Rate | undefined;
  /** The decoupled weight decay λ ≥ 0: η·λ·w is taken off beside the step. */
  weightDecay?: number | undefined;
  /** Scales the gradient of each variable to a norm of at most this, > 0. */
  clipnorm?: number | undefined;
  /** Clamps each element of the gradients to at most this in size, > 0. */
  clipvalue?: number | undefined;
  /** Scales all gradients together to a norm of at most this, > 0. */
  globalClipnorm?: number | undefined;
  /** Makes one update of the mean of so many gradients, an integer of at least 1; 1 by default. */
  gradientAccumulationSteps?: number | undefined;
  /** Whether to keep the moving average of the weights, for `withEvaluationWeights`; false by default. */
  useEma?: boolean | undefined;
  /** How much of that average stays from step to step, in [0, 1); 0.99 by default. */
  emaMomentum?: number | undefined;
}

const CLIPPINGS = ['clipnorm', 'clipvalue', 'globalClipnorm'] as const;

/** The names of `CommonOptions`. */
const COMMON: readonly string[] = [
  'learningRate',
  'weightDecay',
  ...CLIPPINGS,
  'gradientAccumulationSteps',
  'useEma',
  'emaMomentum',
];

/** An optimizer as what comes between clipping and the learning rate. */
export interface Recipe {
  readonly name: string;
  /** Its own options, checked, with the defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly learningRate: number;
  readonly weightDecay?: number;
  /** Makes the transforms before the weight decay and the learning rate, which check the options they are given. */
  steps(): readonly GradientTransformation[];
  /** In the place of weight decay and learning rate: makes what ends the chain. */
  readonly end?: (rate: Rate, weightDecay: number) => readonly GradientTransformation[];
  /** The rule that the steps amount to, and its slots in the state of each of them. */
  readonly fused?: {
    rule(learningRate: number, weightDecay: number): UpdateRule;
    readonly slots: readonly (readonly [step: number, name: string])[];
  };
}

/** Rejects options that no optimizer of that name has; `own` are those beside the common ones. */
export function checkOwn(name: string, options: object, own: readonly string[]): void {
  checkOptions(name, options, [...new Set([...COMMON, ...own])]);
}

function clippings(name: string, options: CommonOptions): GradientTransformation[] {
  const given = CLIPPINGS.filter((clipping) => options[clipping] !== undefined);
  if (given.length > 1)
    throw new ArgumentError(
      name,
      'options',
      given.join(' and '),
      `with one of ${CLIPPINGS.join(', ')} at most`,
    );
  for (const clipping of given)
    checkNumber(name, clipping, options[clipping], { min: 0, exclusiveMin: true });
  const { clipnorm, clipvalue, globalClipnorm } = options;
  if (clipnorm !== undefined) return [clipByNorm(clipnorm)];
  if (clipvalue !== undefined) return [clipByValue(clipvalue)];
  return globalClipnorm === undefined ? [] : [clipByGlobalNorm(globalClipnorm)];
}

const usualEnd = (rate: Rate, weightDecay: number): GradientTransformation[] => [
  ...(weightDecay > 0 ? [addDecayedWeights(weightDecay)] : []),
  scaleByLearningRate(rate),
];

/** The rule of a whole chain. */
function onePassOf({ fused }: Recipe, weightDecay: number): OnePass | undefined {
  return fused && { rule: (rate) => fused.rule(rate, weightDecay), slots: fused.slots };
}

/**
 * Makes an optimizer of a recipe and the options that all have.
 *
 * @throws ArgumentError when an option is out of range, with the name of the optimizer
 */
export function makeOptimizer(recipe: Recipe, options: CommonOptions): Optimizer {
  const { name } = recipe;
  const { learningRate = recipe.learningRate, weightDecay = recipe.weightDecay ?? 0 } = options;
  const { gradientAccumulationSteps = 1, useEma = false, emaMomentum = 0.99 } = options;
  checkRate(name, learningRate);
  checkNumber(name, 'weightDecay', weightDecay, { min: 0 });
  checkNumber(name, 'gradientAccumulationSteps', gradientAccumulationSteps, { min: 1, integer: true });
  checkNumber(name, 'emaMomentum', emaMomentum, { min: 0, max: 1, exclusiveMax: true });
  const clips = clippings(name, options);
  const { steps, end = usualEnd } = recipe;
  const all = checkedFor(name, () => [...clips, ...steps(), ...end(learningRate, weightDecay)]);
  const plain = clips.length === 0 && !useEma && gradientAccumulationSteps === 1;
  if (useEma) all.push(averageWeights(emaMomentum));
  const whole = chain(...all);
  const transform =
    gradientAccumulationSteps === 1 ? whole : accumulate({ steps: gradientAccumulationSteps }, whole);
  const { learningRate: _, ...others } = options;
  const config = { name, ...recipe.options, weightDecay, ...others };
  return new Optimizer(
    transform,
    JSON.parse(JSON.stringify(config)),
    plain ? onePassOf(recipe, weightDecay) : undefined,
  );
}
