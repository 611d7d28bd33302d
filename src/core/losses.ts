import type { Tensor } from '@tensorflow/tfjs-core';

/** What a loss of the toolkit is, with its options set or without any. */
export interface LossDefinition {
  readonly name: string;
  /** Those that it was given. */
  readonly options: Readonly<Record<string, unknown>>;
  /**
   * The losses of the samples, weighed so that their mean is the loss; a scalar where samples have no losses of
   * their own.
   */
  samples(yTrue: Tensor, yPred: Tensor): Tensor;
}

/** A loss that called with options alone gives itself with those options set. */
interface LossMaker {
  readonly name: string;
  (options: object): object;
}

const definitions = new WeakMap<object, LossDefinition>();
const makers = new Map<string, LossMaker>();

/** Lets a function be known as a loss of the toolkit. */
export function defineLoss<L extends object>(loss: L, definition: LossDefinition): L {
  definitions.set(loss, definition);
  return loss;
}

/** Declares losses that a model can be compiled with. */
export function registerLosses(losses: readonly LossMaker[]): void {
  for (const loss of losses) {
    makers.set(loss.name, loss);
    defineLoss(loss, lossDefinition(loss({}))!);
  }
}

/** What the value is if it is a loss of the toolkit itself, not a function around one. */
export const lossDefinition = (loss: unknown): LossDefinition | undefined =>
  typeof loss === 'function' ? definitions.get(loss) : undefined;

/** The loss of that name, with the options set if there are any. */
export function registeredLoss(name: string, options?: object): object | undefined {
  const maker = makers.get(name);
  return options === undefined ? maker : maker?.(options);
}
