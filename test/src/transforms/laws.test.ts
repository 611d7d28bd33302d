import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { fromTransform, type Optimizer, type OptimizerState } from '../../../src/optimizers/index.ts';
import {
  addDecayedWeights,
  applyUpdates,
  chain,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  type GradientTransformation,
  globalNorm,
  masked,
  type Params,
  partition,
  scaleByAdam,
  scaleByLearningRate,
  scaleByRms,
  trace,
} from '../../../src/transforms/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';

type Named = Record<string, tf.Tensor>;

const PARTS: readonly (() => GradientTransformation)[] = [
  () => trace({ decay: 0.5 }),
  () => trace({ decay: 0.9, nesterov: true }),
  () => addDecayedWeights(0.1),
  () => scaleByLearningRate(0.1),
  () => scaleByLearningRate((step) => 1 / (1 + step)),
  () => scaleByAdam(),
  () => scaleByRms(),
  () => clipByValue(0.3),
  () => clipByNorm(0.5),
  () => clipByGlobalNorm(0.5),
];

// Multiples of 1/64: single precision holds sums and differences of a few exactly.
const value = fc.integer({ min: -512, max: 512 }).map((n) => n / 64);
const vector = (length: number) => fc.array(value, { minLength: length, maxLength: length });
const tree = fc.record({ a: vector(3), b: vector(2) });
const part = fc.integer({ min: 0, max: PARTS.length - 1 });
const bound = fc.float({ min: Math.fround(0.01), max: 20, noNaN: true });
const RUNS = { numRuns: 40 };

const tensors = (values: Record<string, number[]>): Named =>
  Object.fromEntries(Object.entries(values).map(([name, each]) => [name, tf.tensor1d(each)]));

const numbers = (params: Params): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(params as Named).map(([name, each]) => [name, Array.from(each.dataSync())]),
  );

/** A gradient as it is at a step. */
const turned = (gradient: readonly number[], step: number): number[] =>
  gradient.map((g) => Math.fround(g * Math.cos(step)));

type Values = Record<string, number[]>;

/** The updates of a few steps of the parameters that have gradients. */
function steps(transform: GradientTransformation, grads: Values, count = 3): Values[] {
  const names = Object.keys(grads);
  const start = Object.entries({ a: [1, -2, 3], b: [0.5, 4] }).filter(([name]) => names.includes(name));
  return tf.tidy(() => {
    let params: Params = tensors(Object.fromEntries(start));
    let state = transform.init(params);
    return Array.from({ length: count }, (_, step) => {
      const now = names.map((name) => [name, turned(grads[name]!, step)] as const);
      const next = transform.update(tensors(Object.fromEntries(now)), state, params);
      state = next.state;
      params = applyUpdates(params, next.updates);
      return numbers(next.updates);
    });
  });
}

/** Asserts that updates are the same but for what single precision rounds. */
function expectSteps(actual: readonly Values[], expected: readonly Values[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((values, step) => {
    for (const [name, each] of Object.entries(values)) expectClose(each, expected[step]![name]!, 1e-5);
  });
}

const norm = (values: readonly number[]): number => Math.hypot(...values);

/** Asserts that `clipped` is `c · values / max(c, ‖values‖)`. */
function expectClipped(clipped: readonly number[], values: readonly number[], c: number): void {
  const size = norm(values);
  expect(norm(clipped)).toBeLessThanOrEqual(c * (1 + 1e-6));
  const scale = size > c ? c / size : 1;
  clipped.forEach((each, i) => {
    expect(Math.abs(each - values[i]! * scale)).toBeLessThanOrEqual(1e-6 * Math.max(1, size));
  });
}

onBackends('laws of transforms', () => {
  test('chain is associative', () => {
    fc.assert(
      fc.property(part, part, part, tree, (i, j, k, grads) => {
        const make = (index: number): GradientTransformation => PARTS[index]!();
        const flat = steps(chain(make(i), make(j), make(k)), grads);
        expectSteps(steps(chain(make(i), chain(make(j), make(k))), grads), flat);
        expectSteps(steps(chain(chain(make(i), make(j)), make(k)), grads), flat);
      }),
      RUNS,
    );
  });

  test('a chain of one, and one of none beside, change nothing', () => {
    fc.assert(
      fc.property(part, tree, (i, grads) => {
        const make = PARTS[i]!;
        const alone = steps(make(), grads);
        expectSteps(steps(chain(make()), grads), alone);
        expectSteps(steps(chain(make(), chain()), grads), alone);
      }),
      RUNS,
    );
  });

  test('clipByValue leaves each element within its bounds, and those within as they are', () => {
    fc.assert(
      fc.property(tree, bound, (grads, c) => {
        const [clipped] = steps(clipByValue(c), grads, 1) as [Values];
        for (const [name, values] of Object.entries(clipped)) {
          const expected = grads[name as 'a' | 'b'].map((g) => Math.fround(Math.max(-c, Math.min(c, g))));
          // −0 + 0 is 0.
          expect(values.map((each) => each + 0)).toEqual(expected.map((each) => each + 0));
        }
      }),
      RUNS,
    );
  });

  test('clipByNorm bounds the norm of each tensor, and keeps its direction', () => {
    fc.assert(
      fc.property(tree, bound, (grads, c) => {
        const [clipped] = steps(clipByNorm(c), grads, 1) as [typeof grads];
        expectClipped(clipped.a, grads.a, c);
        expectClipped(clipped.b, grads.b, c);
      }),
      RUNS,
    );
  });

  test('clipByGlobalNorm bounds the norm of all, and keeps its direction', () => {
    fc.assert(
      fc.property(tree, bound, (grads, c) => {
        const [clipped] = steps(clipByGlobalNorm(c), grads, 1) as [typeof grads];
        expectClipped([...clipped.a, ...clipped.b], [...grads.a, ...grads.b], c);
        tf.tidy(() => {
          expectClose(
            Array.from(globalNorm(tensors(grads)).dataSync()),
            [norm([...grads.a, ...grads.b])],
            1e-6,
          );
        });
      }),
      RUNS,
    );
  });

  test('masked leaves the rest as it is, and does to its own what the transform does', () => {
    fc.assert(
      fc.property(part, tree, (i, grads) => {
        const make = PARTS[i]!;
        const updates = steps(
          masked(make(), (path) => path === 'a'),
          grads,
        );
        const alone = steps(make(), { a: grads.a });
        updates.forEach(({ a, b }, step) => {
          expect(a).toEqual(alone[step]!.a);
          expect(b).toEqual(turned(grads.b, step));
        });
      }),
      RUNS,
    );
  });

  test('partition does to each group what its transform does alone', () => {
    fc.assert(
      fc.property(part, part, tree, (i, j, grads) => {
        const groups = { first: PARTS[i]!(), second: PARTS[j]!() };
        const updates = steps(
          partition(groups, (path) => (path === 'a' ? 'first' : 'second')),
          grads,
        );
        const [first, second] = [steps(PARTS[i]!(), { a: grads.a }), steps(PARTS[j]!(), { b: grads.b })];
        updates.forEach(({ a, b }, step) => {
          expect(a).toEqual(first[step]!.a);
          expect(b).toEqual(second[step]!.b);
        });
      }),
      RUNS,
    );
  });

  test('a state that is saved and loaded is the same', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 3 }),
        tree,
        fc.nat(4),
        (indices, grads, count) => {
          const [a, b] = [variable([1, -2, 3]), variable([0.5, 4])];
          const make = (): Optimizer => fromTransform(chain(...indices.map((i) => PARTS[i]!())));
          const [optimizer, loaded] = [make(), make()];
          for (let step = 0; step < count; step++) {
            const gradients = tensors({ [a.name]: grads.a, [b.name]: grads.b });
            optimizer.applyGradients(gradients);
            tf.dispose(gradients);
          }
          const state = optimizer.getState();
          loaded.setState(JSON.parse(JSON.stringify(state)) as OptimizerState);
          expect(loaded.getState()).toEqual(state);
          for (const used of [a, b, optimizer, loaded]) used.dispose();
        },
      ),
      RUNS,
    );
  });
});
