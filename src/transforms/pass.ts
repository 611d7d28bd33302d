import type { Tensor } from '@tensorflow/tfjs-core';
import type { Expression } from '../core/elementwise/expression.ts';
import { compileProgram } from '../core/elementwise/program.ts';
import { runProgram } from '../core/elementwise/run.ts';

/**
 * A function of tensors of one shape, and of numbers, that computes all its results in one pass over memory.
 *
 * @param tensors the names that the expressions have for its tensors, in their order
 * @param expressions one for each result
 */
export function pass(
  tensors: readonly string[],
  expressions: readonly Expression[],
): (values: readonly Tensor[], numbers: Readonly<Record<string, number>>) => Tensor[] {
  const program = compileProgram(expressions, tensors);
  return (values, numbers) =>
    runProgram(
      program,
      values,
      program.numbers.map((name) => numbers[name]!),
    );
}
