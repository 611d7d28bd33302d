import type { Tensor } from '@tensorflow/tfjs-core';

/** A loss of the toolkit as a model calls it. */
export type ReducedLoss = (yTrue: Tensor, yPred: Tensor, options?: { reduction: 'none' }) => Tensor;

const known = new Map<string, ReducedLoss>();

/** Declares that these functions give one loss a sample when `reduction: 'none'` is asked for. */
export function registerLosses(losses: readonly ReducedLoss[]): void {
  for (const loss of losses) known.set(loss.name, loss);
}

/** The loss of that name. */
export const registeredLoss = (name: string): ReducedLoss | undefined => known.get(name);

/** Whether the function is one of the toolkit's losses itself, not a function around one. */
export const isRegisteredLoss = (loss: { readonly name: string }): boolean => known.get(loss.name) === loss;
