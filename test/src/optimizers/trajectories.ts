import { expect } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import type { Optimizer } from '../../../src/optimizers/index.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import * as schedules from '../../../src/schedules/index.ts';
import * as transforms from '../../../src/transforms/index.ts';
import { applyUpdates } from '../../../src/transforms/index.ts';
import { applyGradients } from './contract/support.ts';
import {
  dataOf,
  flat,
  type Named,
  readCases,
  stored,
  type TreeName,
  toTensors,
  toVariables,
} from './trees.ts';

type Options = Readonly<Record<string, unknown>>;

/** An optimizer as data. */
export interface Made {
  readonly optimizer: string;
  readonly options: Options;
  /** What a wrapper wraps. */
  readonly inner?: Made;
}

/** Steps that another library took. */
export interface Case extends Made {
  /** The library, its version and its name of the optimizer. */
  readonly source: string;
  readonly tree: TreeName;
  /** Whether `moved` is about the parameters to evaluate with, and not those that are trained. */
  readonly evaluated?: true;
  /** The function whose gradients are taken, where they are not those of the tree. */
  readonly loss?: 'uneven';
  /** For each step how far each parameter then is from its start. */
  readonly moved: readonly (readonly number[])[];
}

/** What it is, for the title of a test. */
const told = ({ optimizer, options, inner }: Made): string =>
  `${optimizer} ${JSON.stringify(options)}${inner ? ` of ${told(inner)}` : ''}`;

/** Steps of every optimizer, each with its title. */
export const CASES: readonly (readonly [title: string, Case])[] = ['optimizers', 'preconditioned']
  .flatMap((file) => readCases<Case>(file))
  .map((each) => [`${told(each)} as ${each.source} on the ${each.tree} tree`, each]);

/** The schedule or number that the data stand for. */
function rateOf(rate: unknown): unknown {
  if (rate === null || typeof rate !== 'object') return rate;
  const { schedule, options } = rate as { schedule: string; options: Options };
  return (schedules as unknown as Named<(options: Options) => unknown>)[schedule]!(options);
}

/** The optimizer of a case, anew at each call. */
export function make({ optimizer, options, inner }: Made): Optimizer {
  const given = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, name === 'learningRate' ? rateOf(value) : value]),
  );
  const create = (optimizers as unknown as Named<(...options: unknown[]) => Optimizer>)[optimizer]!;
  if (!inner) return create(given);
  if (optimizer !== 'scheduleFree') return create(make(inner), given);
  return optimizers.fromTransform(transforms.scheduleFree(make(inner), given));
}

/** `uneven` of `test/reference/optimizers_optax.py`. */
const uneven = (params: Named<tf.Tensor>): tf.Scalar =>
  tf.tidy(() => {
    const leaves = Object.values(params);
    const own = leaves.map((w) => w.square().add(w.square().square().div(4)).sum());
    const total = tf.addN(leaves.map((w) => w.sum()));
    return tf.addN(own).add(total.square().div(10)) as tf.Scalar;
  });

const unevenGradient = (params: Named<tf.Tensor>): Named<tf.Tensor> => {
  const names = Object.keys(params);
  const grads = tf.grads((...leaves: tf.Tensor[]) =>
    uneven(Object.fromEntries(leaves.map((leaf, i) => [names[i]!, leaf]))),
  )(Object.values(params));
  return Object.fromEntries(grads.map((grad, i) => [names[i]!, grad]));
};

/** How far the parameters are from their start after each step by `update`, from the updates themselves. */
export function functionally(each: Case): number[][] {
  const optimizer = make(each);
  const { params, grads } = dataOf(each.tree);
  return tf.tidy(() => {
    let current = toTensors(params);
    let state = optimizer.init(current);
    const update = (grad: Named<tf.Tensor>): number[] => {
      const next = optimizer.update(grad, state, current);
      state = next.state;
      current = applyUpdates(current, next.updates);
      return flat(next.updates as Named<tf.Tensor>);
    };
    const start = flat(current);
    const evaluated: number[][] = [];
    const steps = grads.map((grad) => {
      if (!each.loss) {
        const updates = update(toTensors(grad));
        const found = flat(transforms.evaluationParams(optimizer, state, current));
        evaluated.push(found.map((value, i) => value - start[i]!));
        return updates;
      }
      const passes = Array.from({ length: optimizer.gradientPasses }, () => update(unevenGradient(current)));
      return passes[0]!.map((_, i) => passes.reduce((sum, pass) => sum + pass[i]!, 0));
    });
    return each.evaluated ? evaluated : sums(steps).map((row) => [...stored(each.tree, row)]);
  });
}

/** How far variables are from their start after each step by `applyGradients`, or down a function by `minimize`. */
export function onVariables(each: Case): number[][] {
  const optimizer = make(each);
  const { params, grads } = dataOf(each.tree);
  const variables = toVariables(params);
  const start = flat(variables);
  const apart = (): number[] => flat(variables).map((value, i) => value - start[i]!);
  const moved = grads.map((grad) => {
    if (each.loss) optimizer.minimize(() => uneven(variables));
    else
      applyGradients(
        optimizer,
        Object.entries(toTensors(grad)).map(([name, g]) => [variables[name]!, g]),
      );
    return [...stored(each.tree, each.evaluated ? optimizer.withEvaluationWeights(apart) : apart())];
  });
  tf.dispose(variables);
  optimizer.dispose();
  return moved;
}

/** The rows summed up to each. */
function sums(rows: readonly (readonly number[])[], of = (value: number): number => value): number[][] {
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
