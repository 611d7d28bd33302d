import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import {
  abs,
  add,
  div,
  type Expression,
  ifPositive,
  max,
  min,
  mix,
  mul,
  neg,
  numberNamed,
  sign,
  sqrt,
  square,
  sub,
  tensorNamed,
} from '../../../../src/core/elementwise/expression.ts';
import { runByOperations, sumByOperations } from '../../../../src/core/elementwise/operations.ts';
import { compileProgram } from '../../../../src/core/elementwise/program.ts';
import { runProgram, sumProgram } from '../../../../src/core/elementwise/run.ts';
import { expectClose, onBackends, read } from '../../support.ts';

const [x, y] = [tensorNamed('x'), tensorNamed('y')];
const NAMES = ['x', 'y'];

const expressions: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(x, y, numberNamed('a'), numberNamed('b')),
    fc.constantFrom(0.5, -2, 3).map((value): Expression => ({ kind: 'constant', value })),
  ),
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('leaf'),
    fc.tuple(fc.constantFrom(add, sub, mul, max, min), tie('tree'), tie('tree')).map(([f, a, b]) => f(a, b)),
    // Kept away from 0, where rounding decides between large values.
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => div(a, add(1, abs(b)))),
    fc.constantFrom(abs, neg, square).chain((f) => tie('tree').map((a) => f(a))),
    tie('tree').map((a) => sqrt(abs(a))),
    fc.constantFrom(x, y).map((a) => sign(a)),
    fc.tuple(fc.constantFrom(x, y), tie('tree'), tie('tree')).map(([a, b, c]) => ifPositive(a, b, c)),
  ),
})).tree;

const numbers = fc.double({ min: -3, max: 3, noNaN: true });

onBackends('programs', () => {
  it('give what the operations of tfjs give, for every length', () => {
    const property = fc.property(
      fc.array(expressions, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(numbers, numbers), { minLength: 1, maxLength: 11 }),
      fc.tuple(numbers, numbers),
      (results, pairs, [a, b]) => {
        const program = compileProgram(results, NAMES);
        const given = program.numbers.map((name) => (name === 'a' ? a : b));
        tf.tidy(() => {
          const tensors = [0, 1].map((i) => tf.tensor1d(pairs.map((pair) => pair[i]!)));
          const expected = runByOperations(program, tensors, [...given, ...program.constants]).map((t) => [
            ...t.dataSync(),
          ]);
          const received = runProgram(program, tensors, given).map((t) => [...t.dataSync()]);
          received.forEach((values, i) => {
            expectClose(values, expected[i]!, 2e-5);
          });
          const scale = expected.map((values) => values.reduce((sum, v) => sum + Math.abs(v), 1));
          const all = [...given, ...program.constants];
          const sums = sumByOperations(program, tensors, all);
          sumProgram(program, tensors, given).forEach((sum, i) => {
            expect(Math.abs(sum - sums[i]!) / scale[i]!).toBeLessThan(2e-5);
          });
        });
      },
    );
    fc.assert(property, { numRuns: 200, seed: 7 });
  });

  it('compute what several results share once', () => {
    const moment = mix(0.9, x, 0.1, y);
    const program = compileProgram([moment, mul(2, mix(0.9, x, 0.1, y))], NAMES);
    const operations = program.steps.filter(({ kind }) => kind === 'operation');
    expect(operations).toHaveLength(4);
  });

  it('are compiled once for all constants', () => {
    const program = (factor: number): string => compileProgram([mul(factor, x)], NAMES).key;
    expect(program(2)).toBe(program(3));
    expect(compileProgram([mul(x, 2)], NAMES).key).not.toBe(program(2));
  });

  it('keep NaN and infinities', () => {
    const program = compileProgram([sign(x), max(x, y), div(1, y)], NAMES);
    const tensors = [tf.tensor1d([NaN, 5, -5, 0, 1e-30]), tf.tensor1d([1, 0, 2, 3, 4])];
    const results = runProgram(program, tensors, []);
    expect(read(results[0]!)).toEqual([NaN, 1, -1, 0, 1]);
    expect(read(results[1]!)).toEqual([NaN, 5, 2, 3, 4]);
    expect(read(results[2]!).slice(0, 2)).toEqual([1, Infinity]);
    for (const tensor of tensors) tensor.dispose();
  });

  it('give results of their own, also of what is a tensor given or a number', () => {
    const program = compileProgram([x, numberNamed('a'), add(numberNamed('a'), 1)], NAMES);
    const tensors = [tf.tensor1d([1, 2, 3]), tf.tensor1d([4, 5, 6])];
    const results = runProgram(program, tensors, [7]);
    for (const tensor of tensors) tensor.dispose();
    expect(results.map(read)).toEqual([
      [1, 2, 3],
      [7, 7, 7],
      [8, 8, 8],
    ]);
  });

  it('sum without losing what is small', () => {
    const size = 1e5;
    const ones = tf.fill([size], 1.1);
    const program = compileProgram([square(x), x], ['x']);
    const [squares, sum] = sumProgram(program, [ones], []);
    ones.dispose();
    // Up to a rounding for each of the few that are added as floats.
    expect(Math.abs(sum! / (size * Math.fround(1.1)) - 1)).toBeLessThan(2e-6);
    expect(Math.abs(squares! / (size * Math.fround(1.1) ** 2) - 1)).toBeLessThan(2e-6);
  });

  it('take tensors of no elements, of one, and of integers', () => {
    const program = compileProgram([add(x, y)], NAMES);
    const run = (...tensors: tf.Tensor[]): number[] => {
      const [result] = runProgram(program, tensors, []);
      for (const tensor of tensors) tensor.dispose();
      return read(result!);
    };
    expect(run(tf.tensor1d([]), tf.tensor1d([]))).toEqual([]);
    expect(run(tf.scalar(2), tf.scalar(3))).toEqual([5]);
    expect(run(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32'))).toEqual([4, 6]);
  });
});
