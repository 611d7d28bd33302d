import { Tensor, tidy } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../../core/check.ts';
import { described } from '../../core/description.ts';
import { toTensor } from '../../core/tensor.ts';
import type { Params, Schedule, TensorLike } from '../../core/types.ts';
import { type Correction, correction, mapped } from '../projecting.ts';

/** Options of every proximal operator. */
export interface StepOptions {
  /**
   * The step size η ≥ 0 of the optimizer before it in a chain, or a function of the step; 1 by default.
   */
  learningRate?: number | Schedule | undefined;
}

/**
 * A proximal operator: a function of trees, and a transform for the end of a chain, which applies it after the step
 * of an optimizer.
 */
export interface ProximalOperator extends Correction {
  /**
   * Applies it to every tensor of a tree.
   *
   * @param params a tree of tensors
   * @param stepSize η ≥ 0; 1 by default
   */
  <P extends Params>(params: P, stepSize?: number): P;
}

/** The formula of an operator, for one tensor. */
export type Formula = (x: Tensor, stepSize: number) => Tensor;

/** Makes an operator, or its value for one tensor. */
export interface Proximal<Strength> {
  (options: Strength & StepOptions): ProximalOperator;
  (x: TensorLike, strength: Strength): Tensor;
}

/** The same for an operator of one factor, which may be given as a number. */
export interface ProximalOfOne<Strength> {
  (options: Strength & StepOptions): ProximalOperator;
  (x: TensorLike, strength: Strength | number): Tensor;
}

function operator(
  name: string,
  options: object,
  formula: Formula,
  { learningRate = 1 }: StepOptions,
): ProximalOperator {
  const apply = (params: Params, stepSize = 1): Params => {
    checkNumber(name, 'stepSize', stepSize, { min: 0 });
    return mapped((x) => formula(x, stepSize), params);
  };
  const made = Object.assign(apply, correction(name, formula, learningRate)) as ProximalOperator;
  return described(made, { kind: 'transform', name, options: { ...options, learningRate } });
}

const isTensorLike = (value: unknown): value is TensorLike =>
  value instanceof Tensor || Array.isArray(value) || ArrayBuffer.isView(value);

/**
 * The maker of an operator.
 *
 * @param names of its options; the first is what a number means
 * @param formulaOf checks the options, and gives the formula
 */
export function proximal<Strength extends object>(
  name: string,
  names: readonly string[],
  formulaOf: (strength: Strength) => Formula,
): ProximalOfOne<Strength> {
  function make(options: Strength & StepOptions): ProximalOperator;
  function make(x: TensorLike, strength: Strength | number): Tensor;
  function make(
    first: TensorLike | (Strength & StepOptions),
    second?: Strength | number,
  ): Tensor | ProximalOperator {
    const isValue = second !== undefined || isTensorLike(first);
    const given = isValue ? (second ?? {}) : first;
    const options = (typeof given === 'number' ? { [names[0]!]: given } : given) as Strength & StepOptions;
    checkOptions(name, options, isValue ? names : [...names, 'learningRate']);
    const formula = formulaOf(options);
    if (!isValue) return operator(name, options, formula, options);
    return tidy(() => formula(toTensor(name, 'x', first as TensorLike), 1));
  }
  return make;
}
