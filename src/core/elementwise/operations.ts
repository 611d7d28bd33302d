import {
  abs,
  add,
  clone,
  div,
  fill,
  greater,
  less,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  scalar,
  sqrt,
  sub,
  sum,
  type Tensor,
  where,
} from '@tensorflow/tfjs-core';
import type { Operation } from './expression.ts';
import type { Program } from './program.ts';

type Value = Tensor | number;

const tensorOf = (value: Value): Tensor => (typeof value === 'number' ? scalar(value) : value);

const OPERATIONS: { readonly [O in Operation]: (...values: Tensor[]) => Tensor } = {
  add: (a, b) => add(a!, b!),
  sub: (a, b) => sub(a!, b!),
  mul: (a, b) => mul(a!, b!),
  div: (a, b) => div(a!, b!),
  max: (a, b) => maximum(a!, b!),
  min: (a, b) => minimum(a!, b!),
  pow: (a, b) => pow(a!, b!),
  sqrt: (a) => sqrt(a!),
  abs: (a) => abs(a!),
  neg: (a) => neg(a!),
  // tfjs's own sign is 0 of NaN, and on wasm of small numbers as well.
  sign: (a) => where(greater(a!, 0), 1, where(less(a!, 0), -1, a!)),
  ifPositive: (a, then, otherwise) => where(greater(a!, 0), then!, otherwise!),
};

function resultsOf(program: Program, tensors: readonly Tensor[], numbers: readonly number[]): Value[] {
  const values: Value[] = [];
  for (const step of program.steps) {
    if (step.kind === 'tensor') values.push(tensors[step.index]!);
    else if (step.kind === 'number') values.push(numbers[step.index]!);
    else values.push(OPERATIONS[step.operation](...step.from.map((register) => tensorOf(values[register]!))));
  }
  return program.results.map((register) => values[register]!);
}

/** Runs a program by operations of tfjs, on any back end; each result is a tensor of its own. */
export function runByOperations(
  program: Program,
  tensors: readonly Tensor[],
  numbers: readonly number[],
): Tensor[] {
  const { shape } = tensors[0]!;
  return resultsOf(program, tensors, numbers).map((value, i, all) => {
    if (typeof value === 'number') return fill(shape, value);
    // A result of numbers alone, or one that is a tensor given.
    if (value.rank === 0 && shape.length > 0) return add(value, fill(shape, 0));
    return tensors.includes(value) || all.indexOf(value) < i ? clone(value) : value;
  });
}

/** The sums over all elements of the results. */
export function sumByOperations(
  program: Program,
  tensors: readonly Tensor[],
  numbers: readonly number[],
): number[] {
  return runByOperations(program, tensors, numbers).map((value) => sum(value).dataSync()[0]!);
}
