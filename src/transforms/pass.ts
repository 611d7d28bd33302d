import type { Tensor } from '@tensorflow/tfjs-core';
import { alignTrees, type NamedTree } from '../core/align.ts';
import type { Expression } from '../core/elementwise/expression.ts';
import { compileProgram } from '../core/elementwise/program.ts';
import { runProgram } from '../core/elementwise/run.ts';
import type { Params } from '../core/types.ts';

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
  return passInto(tensors, expressions, []);
}

function passInto(
  tensors: readonly string[],
  expressions: readonly Expression[],
  replaces: readonly number[],
): ReturnType<typeof pass> {
  const program = compileProgram(expressions, tensors);
  return (values, numbers) =>
    runProgram(
      program,
      values,
      program.numbers.map((name) => numbers[name]!),
      replaces,
    );
}

type Trees = readonly [first: NamedTree, ...others: NamedTree[]];

/**
 * The same of trees: the results are trees, too. Errors name the public function `where`, and each tree as given.
 *
 * @param replaces for each result the place of the tree whose memory it may take, where nothing else has it
 */
export function treePass(
  tensors: readonly string[],
  expressions: readonly Expression[],
  replaces: readonly number[] = [],
): (where: string, trees: Trees, numbers?: Readonly<Record<string, number>>) => Params[] {
  const run = passInto(tensors, expressions, replaces);
  return (where, [first, ...others], numbers = {}) => {
    const { rows, build } = alignTrees(where, first, ...others);
    const results = rows.map((row) => run(row, numbers));
    return expressions.map((_, i) => build(results.map((result) => result[i]!)));
  };
}
