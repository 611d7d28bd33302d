import type { serialization } from '@tensorflow/tfjs-core';
import type { GradientTransformation } from '../transforms/index.ts';
import { makeSaved } from './makers.ts';
import { Optimizer } from './optimizer.ts';

/** What is saved of a transform within an optimizer: its options, if it is an optimizer that can be saved. */
const configOf = (inner: GradientTransformation): serialization.ConfigDict | undefined =>
  inner instanceof Optimizer && inner.isSavable ? inner.getConfig() : undefined;

/**
 * The optimizer of a transform around another, which is saved with its model if that other can be.
 *
 * @param options what the outer transform was made with
 */
export function wrapped(
  name: string,
  inner: GradientTransformation,
  transform: GradientTransformation,
  options: object,
): Optimizer {
  const config = configOf(inner);
  return new Optimizer(transform, config && { name, ...options, inner: config });
}

/** The optimizer within a saved one. */
export function savedInner({ inner, learningRate, ...options }: Record<string, unknown>): {
  inner: GradientTransformation;
  options: Record<string, unknown>;
} {
  const { name, ...own } = inner as Record<string, unknown>;
  const rate = learningRate === undefined ? {} : { learningRate };
  return { inner: makeSaved(name, { ...own, ...rate }) as unknown as GradientTransformation, options };
}
