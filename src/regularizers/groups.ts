import { type Tensor, util } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../core/check.ts';

/** Which weights make a group: those along these axes. */
export type GroupAxis = number | readonly number[];

/** Rejects anything but an axis or a list of them. */
export function checkGroupAxis(where: string, axis: unknown): number[] {
  const axes: unknown[] = Array.isArray(axis) ? axis : [axis];
  if (axes.length === 0 || !axes.every(Number.isInteger)) {
    throw new ArgumentError(where, 'axis', describe(axis), 'an integer, or a list of them');
  }
  return axes as number[];
}

/** The axes that a tensor has. */
export function axesOf(where: string, x: Tensor, axes: readonly number[]): number[] {
  if (axes.some((axis) => axis >= x.rank || axis < -x.rank)) {
    const allowed = `within the ${x.rank} axes of a tensor of shape [${x.shape}]`;
    throw new ArgumentError(where, 'axis', `[${axes}]`, allowed);
  }
  return util.parseAxisParam([...axes], x.shape);
}

/** How many weights a group has. */
export const groupSize = (x: Tensor, axes: readonly number[]): number =>
  axes.reduce((size, axis) => size * x.shape[axis]!, 1);
