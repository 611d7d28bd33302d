import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import type { Optimizer } from '../../../src/optimizers/index.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import * as schedules from '../../../src/schedules/index.ts';
import * as transforms from '../../../src/transforms/index.ts';
import { applyUpdates, type GradientTransformation } from '../../../src/transforms/index.ts';

type Options = Readonly<Record<string, unknown>>;
type Named<T> = Record<string, T>;

/** Steps that another library took: a row of `test/reference/fixtures/optimizers.json`. */
export interface Case {
  readonly optimizer: string;
  readonly options: Options;
  /** The library, its version and its name of the optimizer. */
  readonly source: string;
  readonly tree: TreeName;
  /** For each step how far each parameter then is from its start. */
  readonly moved: readonly (readonly number[])[];
}

/** The rows of a file of reference values. */
export function readCases<T>(name: string): T[] {
  const file = new URL(`../../reference/fixtures/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: T[] }).cases;
}

const NAMES = ['sgd'];

/** The steps of every optimizer, each with its title. */
export const CASES: readonly (readonly [title: string, Case])[] = readCases<Case>('optimizers')
  .filter(({ optimizer, options }) => NAMES.includes(optimizer) && !JSON.stringify(options).includes('lip'))
  .map((each) => [
    `${each.optimizer} ${JSON.stringify(each.options)} as ${each.source} on the ${each.tree} tree`,
    each,
  ]);

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

export type TreeName = 'small' | 'matrices' | 'large';
const SHAPES: Record<TreeName, Named<number[]>> = {
  small: { kernel: [4, 3], bias: [3] },
  matrices: { wide: [3, 5], tall: [5, 3], vector: [4] },
  large: { kernel: [160, 130], bias: [3] },
};

const STEPS = 10;
const SCALE = 0.5;

/** `wave` of `test/reference/trajectories.py`. */
function wave(shape: number[], phase: number, scale: number): Values {
  const size = shape.reduce((product, length) => product * length, 1);
  const at = (i: number): number => Math.fround(scale * Math.sin(1 + 0.7 * i + phase + 0.01 * i * i));
  return { shape, values: Array.from({ length: size }, (_, i) => at(i)) };
}

/** `tree` of `test/reference/trajectories.py`: the parameters, and the gradients of each step. */
export function dataOf(tree: TreeName): { params: Named<Values>; grads: Named<Values>[] } {
  const shapes = Object.entries(SHAPES[tree]);
  const params = Object.fromEntries(shapes.map(([name, shape], k) => [name, wave(shape, k, 1)]));
  const grads = Array.from({ length: STEPS }, (_, step) => {
    const size = step === 3 ? 8 * SCALE : SCALE;
    const grad = Object.fromEntries(
      shapes.map(([name, shape], k) => [name, wave(shape, 3 * step + 10 * k, size)]),
    );
    if (tree === 'small' && step < 2) grad.kernel!.values[0] = 0;
    return grad;
  });
  return { params, grads };
}

const toTensors = (values: Named<Values>): Named<tf.Tensor> =>
  Object.fromEntries(
    Object.entries(values).map(([name, each]) => [name, tf.tensor(each.values, each.shape)]),
  );

const flat = (tensors: Named<tf.Tensor>): number[] =>
  Object.values(tensors).flatMap((tensor) => Array.from(tensor.dataSync()));

/** The schedule or number that the data stand for. */
function rateOf(rate: unknown): unknown {
  if (rate === null || typeof rate !== 'object') return rate;
  const { schedule, options } = rate as { schedule: string; options: Options };
  return (schedules as unknown as Named<(options: Options) => unknown>)[schedule]!(options);
}

/** What clips gradients here, by the options that Keras has for it. */
const CLIPS: Named<string> = {
  clipnorm: 'clipByNorm',
  clipvalue: 'clipByValue',
  globalClipnorm: 'clipByGlobalNorm',
};

/** The optimizer of a case, anew at each call. */
export function make({ optimizer, options }: Pick<Case, 'optimizer' | 'options'>): Optimizer {
  const own = Object.entries(options).filter(([name]) => !(name in CLIPS));
  const made = (optimizers as unknown as Named<(options: Options) => Optimizer>)[optimizer]!(
    Object.fromEntries(own.map(([name, value]) => [name, name === 'learningRate' ? rateOf(value) : value])),
  );
  const clips = Object.entries(options).flatMap(([name, value]) => {
    const clip = CLIPS[name];
    if (clip === undefined) return [];
    return [(transforms as unknown as Named<(c: unknown) => GradientTransformation>)[clip]!(value)];
  });
  return clips.length === 0 ? made : optimizers.fromTransform(transforms.chain(...clips, made));
}

/** The updates of each step by `update` and `applyUpdates`. */
export function functionally(optimizer: Optimizer, tree: TreeName): number[][] {
  const { params, grads } = dataOf(tree);
  return tf.tidy(() => {
    let current = toTensors(params);
    let state = optimizer.init(current);
    return grads.map((grad) => {
      const next = optimizer.update(toTensors(grad), state, current);
      state = next.state;
      current = applyUpdates(current, next.updates);
      return flat(next.updates as Named<tf.Tensor>);
    });
  });
}

/** How far variables are from their start after each step by `applyGradients`. */
export function onVariables(optimizer: Optimizer, tree: TreeName): number[][] {
  const { params, grads } = dataOf(tree);
  const starts = Object.values(params).flatMap(({ values }) => values);
  const variables = Object.fromEntries(
    Object.entries(tf.tidy(() => toTensors(params))).map(([name, value]) => {
      const made = tf.variable(value);
      value.dispose();
      return [name, made];
    }),
  );
  const moved = grads.map((grad) => {
    const gradients = toTensors(grad);
    optimizer.applyGradients(
      Object.entries(gradients).map(([name, tensor]) => ({ name: variables[name]!.name, tensor })),
    );
    tf.dispose(gradients);
    return flat(variables).map((value, i) => value - starts[i]!);
  });
  tf.dispose(variables);
  return moved;
}

/** The rows summed up to each. */
export function sums(
  rows: readonly (readonly number[])[],
  of = (value: number): number => value,
): number[][] {
  const total = rows[0]!.map(() => 0);
  return rows.map((row) => {
    row.forEach((value, i) => {
      total[i]! += of(value);
    });
    return [...total];
  });
}

/** Asserts each value of each step within the sum of its steps' lengths times `relative`, and `absolute`. */
export function expectMoved(
  actual: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  relative: number,
  absolute: number,
): void {
  expect(actual).toHaveLength(expected.length);
  const steps = expected.map((row, step) => row.map((value, i) => value - (expected[step - 1]?.[i] ?? 0)));
  const lengths = sums(steps, Math.abs);
  actual.forEach((row, step) => {
    expect(row).toHaveLength(expected[step]!.length);
    row.forEach((value, i) => {
      const target = expected[step]![i]!;
      const bound = relative * lengths[step]![i]! + absolute;
      const told = `step ${step}, value ${i}: ${value} should be ${target}, within ${bound}`;
      expect(Math.abs(value - target) <= bound, told).toBe(true);
    });
  });
}
