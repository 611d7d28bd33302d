import { Tensor } from '@tensorflow/tfjs-core';
import type { SampleWeights } from '../../backend/layers/types.ts';
import { ArgumentError, describe } from '../../core/check.ts';
import type { BatchPart } from '../batch.ts';

/** Inputs and targets with the weights of the samples, if they have any. */
export interface Element {
  readonly x: BatchPart;
  readonly y: BatchPart;
  readonly sampleWeight?: SampleWeights | undefined;
}

/** Samples as users write them. */
export type Samples =
  | readonly [x: BatchPart, y: BatchPart]
  | readonly [x: BatchPart, y: BatchPart, sampleWeight: SampleWeights]
  | Element
  | { readonly xs: BatchPart; readonly ys: BatchPart; readonly sampleWeight?: SampleWeights | undefined };

const ALLOWED = '[x, y], [x, y, sampleWeight], { x, y } or { xs, ys }';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Tensor);

/** Whether the value is samples by name. */
export const isNamedSamples = (value: unknown): boolean =>
  isRecord(value) && (('x' in value && 'y' in value) || ('xs' in value && 'ys' in value));

/**
 * Samples in one form.
 *
 * @throws ArgumentError for anything else
 */
export function elementOf(where: string, argument: string, value: unknown): Element {
  const [x, y, sampleWeight] = partsOf(value);
  if (x !== undefined && x !== null && y !== undefined && y !== null) {
    return { x, y, sampleWeight } as Element;
  }
  throw new ArgumentError(where, argument, describe(value), ALLOWED);
}

function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value) && (value.length === 2 || value.length === 3)) return value;
  if (!isRecord(value)) return [];
  return [value.x ?? value.xs, value.y ?? value.ys, value.sampleWeight];
}

/** The tensors that are given in a value, at any depth. */
export function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  // Lists of numbers may be long, and hold none.
  if (Array.isArray(value)) return typeof value[0] === 'number' ? [] : value.flatMap(tensorsIn);
  return isRecord(value) && !ArrayBuffer.isView(value) ? Object.values(value).flatMap(tensorsIn) : [];
}
