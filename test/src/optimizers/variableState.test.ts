import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VariableState } from '../../../src/optimizers/variableState.ts';
import { chain, scaleByLearningRate, trace } from '../../../src/transforms/index.ts';

type Traced = readonly [{ trace: Record<string, tf.Tensor> }, unknown];

const make = (): VariableState => new VariableState(chain(trace({ decay: 0.5 }), scaleByLearningRate(1)));
const tracesOf = (state: VariableState): Record<string, number[]> => {
  const [{ trace: traces }] = state.tree as unknown as Traced;
  return Object.fromEntries(Object.entries(traces).map(([name, value]) => [name, [...value.dataSync()]]));
};

let a: tf.Variable | undefined;
let b: tf.Variable | undefined;
let before = 0;
beforeEach(() => {
  before = tf.memory().numTensors;
  tf.tidy(() => {
    a = tf.variable(tf.tensor1d([1]), true, 'a');
    b = tf.variable(tf.tensor1d([10]), true, 'b');
  });
});
afterEach(() => tf.disposeVariables());

const step = (state: VariableState, variables: Record<string, tf.Variable>, gradient: number): void => {
  tf.tidy(() =>
    state.step(
      variables,
      Object.fromEntries(Object.keys(variables).map((name) => [name, tf.tensor1d([gradient])])),
    ),
  );
};

test('keeps the part of a variable that a step leaves out, and starts that of a new one afresh', () => {
  const state = make();
  expect(state.tree).toBeUndefined();
  step(state, { a: a! }, 1);
  step(state, { b: b! }, 2);
  expect(tracesOf(state)).toEqual({ a: [1], b: [2] });
  step(state, { a: a!, b: b! }, 4);
  // 4 + 0.5·1 and 4 + 0.5·2
  expect(tracesOf(state)).toEqual({ a: [4.5], b: [5] });
  expect(a!.dataSync()[0]).toBe(1 - 1 - 4.5);
  state.replace(undefined);
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(before);
});

test('keeps its state where that of another kind is loaded, and leaks nothing', () => {
  const state = make();
  step(state, { a: a! }, 1);
  const tensors = tf.memory().numTensors;
  expect(() => state.load('setState', () => ({ other: tf.scalar(1) }))).toThrow('setState: state.transform');
  expect(tracesOf(state)).toEqual({ a: [1] });
  expect(tf.memory().numTensors).toBe(tensors);
  state.load('setState', undefined);
  expect(state.tree).toBeUndefined();
});

test('rejects a loaded state that is of none of the variables, and changes nothing', () => {
  const state = make();
  const load = (): void =>
    state.load('setState', () => [{ trace: { other: tf.tensor1d([3]) } }, { count: 7 }]);
  load();
  const tensors = tf.memory().numTensors;
  const message =
    "setState: the state must be that of the variables that are trained, 'a', 'b'; layers that are given names keep " +
    "them in another model; received one of 'other'";
  for (let k = 0; k < 2; k++) expect(() => step(state, { a: a!, b: b! }, 1)).toThrow(message);
  expect([tracesOf(state), a!.dataSync()[0]]).toEqual([{ other: [3] }, 1]);
  expect(tf.memory().numTensors).toBe(tensors);
  // One of them is enough; then others may come.
  state.load('setState', () => [{ trace: { a: tf.tensor1d([2]) } }, { count: 7 }]);
  step(state, { a: a!, b: b! }, 1);
  expect(tracesOf(state)).toEqual({ a: [2], b: [1] });
  step(state, { b: b! }, 1);
  // Taken back by the one that it came from, it is no stranger's.
  state.load('setState', () => [{ trace: { a: tf.tensor1d([2]) } }, { count: 7 }]);
  step(state, { b: b! }, 1);
  expect(tracesOf(state)).toEqual({ a: [2], b: [1] });
  state.replace(undefined);
});
