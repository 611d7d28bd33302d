import { getBackend, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { runByOperations, sumByOperations } from './operations.ts';
import type { Program } from './program.ts';

/** How a back end runs programs, in the place of the operations of tfjs; their constants follow the numbers. */
export interface Runner {
  /**
   * A tensor for each result: one of its own, or that of the tensors whose place `replaces` gives for it, if nothing
   * else has its memory.
   */
  run(
    program: Program,
    tensors: readonly Tensor[],
    numbers: readonly number[],
    replaces?: readonly number[],
  ): Tensor[];
  /** The sum over all elements for each result. */
  sums(program: Program, tensors: readonly Tensor[], numbers: readonly number[]): number[];
}

const runners = new Map<string, Runner>();

/** Declares how the back end of that name runs programs. */
export function registerRunner(backendName: string, runner: Runner): void {
  runners.set(backendName, runner);
}

const OPERATIONS: Runner = { run: runByOperations, sums: sumByOperations };

/** Powers are for the operations of tfjs alone. */
const hasPower = ({ steps }: Program): boolean =>
  steps.some((step) => step.kind === 'operation' && step.operation === 'pow');

function runnerFor(program: Program, tensors: readonly Tensor[]): Runner {
  const runner = runners.get(getBackend());
  const plain = tensors.every(({ dtype, size }) => dtype === 'float32' && size > 0);
  return plain && runner && !hasPower(program) ? runner : OPERATIONS;
}

/**
 * Computes the results of a program in one pass over memory where the back end in use has one.
 *
 * @param tensors those that the program names, in its order, all of one shape
 * @param numbers likewise
 * @param replaces for each result the place of the tensor whose memory it may take, −1 for none
 * @returns tensors of that shape, new ones but for those
 */
export function runProgram(
  program: Program,
  tensors: readonly Tensor[],
  numbers: readonly number[],
  replaces?: readonly number[],
): Tensor[] {
  const all = [...numbers, ...program.constants];
  return tidy(() => runnerFor(program, tensors).run(program, tensors, all, replaces));
}

/** The sums of the results of a program over all elements, likewise. */
export function sumProgram(
  program: Program,
  tensors: readonly Tensor[],
  numbers: readonly number[],
): number[] {
  let sums: number[] = [];
  tidy(() => {
    sums = runnerFor(program, tensors).sums(program, tensors, [...numbers, ...program.constants]);
  });
  return sums;
}
