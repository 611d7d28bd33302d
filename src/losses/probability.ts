import type { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, describe } from '../core/check.ts';
import { checkLabels, checkProbabilities } from '../core/values.ts';
import { type ClassFactors, classFactors } from './classes.ts';
import type { ProbabilityOptions } from './options.ts';
import { smoothLabels } from './stable.ts';

/** The checked options of a loss on probabilities. */
export interface Probabilistic {
  readonly fromLogits: boolean;
  /** Multiplies the losses with the factors of the classes. */
  readonly weigh: ClassFactors;
  /** Checks labels and predictions, and gives the smoothed labels. */
  labels(yTrue: Tensor, yPred: Tensor, classes: number): Tensor;
}

/** Checks the options of a loss on probabilities. */
export function probabilistic(where: string, options: ProbabilityOptions): Probabilistic {
  const { fromLogits = false, labelSmoothing = 0, classWeight } = options;
  if (typeof fromLogits !== 'boolean') {
    throw new ArgumentError(where, 'fromLogits', describe(fromLogits), 'true or false');
  }
  checkNumber(where, 'labelSmoothing', labelSmoothing, { min: 0, max: 1 });
  return {
    fromLogits,
    weigh: classFactors(where, classWeight),
    labels(yTrue, yPred, classes) {
      checkLabels(where, yTrue.dataSync());
      if (!fromLogits) checkProbabilities(where, yPred.dataSync());
      return smoothLabels(yTrue, labelSmoothing, classes);
    },
  };
}
