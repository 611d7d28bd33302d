// Values that move between TensorFlow and the memory of programs.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { nativePool } from '../../../../src/backend/native/pool.ts';
import { add, mul, numberNamed, tensorNamed } from '../../../../src/core/elementwise/expression.ts';
import { compileProgram } from '../../../../src/core/elementwise/program.ts';
import { runProgram } from '../../../../src/core/elementwise/run.ts';
import { nativeTensors, onNativeTensorflow } from '../../native.ts';
import { variable } from '../../support.ts';

const values = (x: tf.Tensor): number[] => Array.from(x.dataSync());

/** x·a + 1, in the place of x where it may. */
const program = compileProgram([add(mul(tensorNamed('x'), numberNamed('a')), 1)], ['x']);
const run = (x: tf.Tensor, a: number): tf.Tensor => runProgram(program, [x], [a], [0])[0]!;

onNativeTensorflow();

/** The lowest address that is free. */
function lowestFree(): number {
  const { heap } = nativePool()!;
  const address = heap.allocate(1)!;
  heap.release(address, 1);
  return address;
}

let before: number[] = [];
const left = (): number[] => [tf.memory().numTensors, nativeTensors(), lowestFree()];
beforeEach(() => {
  before = left();
});
afterEach(() => {
  expect(left(), 'tensors and memory left behind').toEqual(before);
});

test('a result is changed in its place, and what was read of it stays', () => {
  const x = tf.tensor1d([1, 2, 3]);
  const first = run(x, 2);
  expect(values(first)).toEqual([3, 5, 7]);
  expect(values(x)).toEqual(first === x ? [3, 5, 7] : [1, 2, 3]);
  const read = first.dataSync();
  const second = run(first, 10);
  expect(second).toBe(first);
  expect(values(second)).toEqual([31, 51, 71]);
  expect([...read]).toEqual([3, 5, 7]);
  tf.dispose([x, first, second]);
});

test('a tensor that TensorFlow has taken is not changed: a result gets memory of its own', () => {
  const x = tf.tensor1d([1, 2, 3]);
  const first = run(x, 2);
  const negative = tf.neg(first);
  const second = run(first, 10);
  expect(second).not.toBe(first);
  expect([first, negative, second].map(values)).toEqual([
    [3, 5, 7],
    [-3, -5, -7],
    [31, 51, 71],
  ]);
  tf.dispose([x, first, negative, second]);
});

test('a tensor that has a clone is not changed', () => {
  const x = tf.tidy(() => run(tf.neg(tf.tensor1d([-1, -2])), 1));
  const clone = x.clone();
  const after = run(x, 3);
  expect([clone, after].map(values)).toEqual([
    [2, 3],
    [7, 10],
  ]);
  tf.dispose([x, clone, after]);
});

test('values follow steps that TensorFlow takes itself', () => {
  const w = variable([1, 2, 3]);
  const gradient = tf.tensor1d([1, 1, 1]);
  const optimizer = tf.train.momentum(1, 0);
  const grads = [{ name: w.name, tensor: gradient }];
  const results = [1, 2].map(() => {
    optimizer.applyGradients(grads);
    return tf.tidy(() => values(run(w, 1)));
  });
  expect(results).toEqual([
    [1, 2, 3],
    [0, 1, 2],
  ]);
  expect(values(w)).toEqual([-1, 0, 1]);
  optimizer.dispose();
  tf.dispose([w, gradient]);
});

test('what is read outlives the growth of the memory', () => {
  const x = tf.tidy(() => run(tf.neg(tf.tensor1d([1, 2])), 1));
  const read = x.dataSync();
  const large = run(tf.ones([3_000_000]), 2);
  expect([...read]).toEqual([0, -1]);
  expect(values(x)).toEqual([0, -1]);
  expect(large.dataSync()[2_999_999]).toBe(3);
  tf.dispose([x, large]);
  tf.disposeVariables();
});
