import { Tensor } from '@tensorflow/tfjs-core';
import { checkNumber } from '../core/check.ts';
import type { State } from './types.ts';

/** Options of the transforms that keep a matrix for each axis of a tensor. */
export interface PreconditionerOptions {
  /** How many steps one decomposition of the matrices serves, at least 1. */
  preconditionFrequency?: number | undefined;
  /** The longest axis that has a matrix, at least 1; 1024 by default. */
  maxPreconditionerDim?: number | undefined;
}

export const PRECONDITIONER_OPTIONS = ['preconditionFrequency', 'maxPreconditionerDim'] as const;

/** The options, checked. */
export function preconditionerOptions(
  where: string,
  options: PreconditionerOptions,
  usualFrequency: number,
): { preconditionFrequency: number; maxPreconditionerDim: number } {
  const { preconditionFrequency = usualFrequency, maxPreconditionerDim = 1024 } = options;
  checkNumber(where, 'preconditionFrequency', preconditionFrequency, { min: 1, integer: true });
  checkNumber(where, 'maxPreconditionerDim', maxPreconditionerDim, { min: 1, integer: true });
  return { preconditionFrequency, maxPreconditionerDim };
}

/** A tensor for some axes of another one. */
export type ByAxis = { readonly [axis: string]: Tensor };

/** The tensors that `f` has for the axes. */
export function byAxis(axes: readonly number[], f: (axis: number) => Tensor): ByAxis {
  return Object.fromEntries(axes.map((axis) => [axis, f(axis)]));
}

/** The tensors of a slot that `byAxis` made, with their axes. */
export function axesOf(slot: State): [axis: number, tensor: Tensor][] {
  return Object.entries(slot).flatMap(([axis, part]) =>
    part instanceof Tensor ? [[Number(axis), part] as [number, Tensor]] : [],
  );
}
