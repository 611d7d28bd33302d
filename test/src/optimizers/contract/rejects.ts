import { describe, expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { ArgumentError } from '../../../../src/core/check.ts';
import { mapLeaves, tidyTree } from '../../../../src/core/tree.ts';
import type { Tree } from '../../../../src/core/types.ts';
import type { Optimizer, OptimizerState } from '../../../../src/optimizers/index.ts';
import { EACH, LIST } from './list.ts';
import { applyGradients, bytes, free, make, quadratic, train } from './support.ts';

/** Values that no option of that name may have. */
const BAD: Readonly<Record<string, readonly unknown[]>> = {
  learningRate: [-1, Number.NaN, Number.POSITIVE_INFINITY, '0.1', null],
  beta1: [1, 1.5, -0.1, Number.NaN, '0.9', null],
  beta2: [1, 1.5, -0.1, Number.NaN, '0.9', null],
  rho: [1, -0.1, Number.NaN, null],
  momentum: [1, -0.1, Number.NaN, true],
  epsilon: [-1e-9, Number.NaN, '0', null],
  weightDecay: [-1, Number.NaN, '0', null],
  clipnorm: [0, -1, Number.NaN, '1'],
  clipvalue: [0, -1, Number.NaN, '1'],
  globalClipnorm: [0, -1, Number.NaN, '1'],
  gradientAccumulationSteps: [0, 1.5, '2'],
  emaMomentum: [1, -0.1, Number.NaN],
  initialAccumulatorValue: [-1, Number.NaN],
  learningRatePower: [0.5, Number.NaN],
  trustCoefficient: [0, -1, Number.NaN],
  threshold: [4, Number.NaN],
  warmupSteps: [-1, 0.5],
};

/** What every state of the optimizer holds. */
const kindsOf = (optimizer: Optimizer): Tree<string> =>
  tidyTree(() => mapLeaves(optimizer.init({}), (leaf) => typeof leaf));

/** Whether a state of one kind can be one of another, as far as can be told: what is empty may hold anything. */
function isKind(kinds: Tree<string>, other: Tree<string>): boolean {
  if (typeof kinds === 'string' || typeof other === 'string') return kinds === other;
  const keys = Object.keys(kinds);
  if (Array.isArray(kinds) !== Array.isArray(other)) return false;
  if (keys.length === 0) return true;
  const [a, b] = [kinds, other] as Record<string, Tree<string>>[];
  return (
    keys.length === Object.keys(other).length && keys.every((key) => key in b! && isKind(a![key]!, b![key]!))
  );
}

/** The state after a step. */
function trained(create: () => Optimizer): OptimizerState {
  const optimizer = create();
  const variables = make([5, -3], [2]);
  train(optimizer, variables, 1);
  const state = optimizer.getState();
  free(optimizer, ...variables);
  return state;
}

/** Asserts that what throws changes nothing. */
function expectUnchanged(optimizer: Optimizer, variables: tf.Variable[], fails: () => void): void {
  const [values, state, tensors] = [bytes(variables), optimizer.getState(), tf.memory().numTensors];
  fails();
  expect(bytes(variables)).toEqual(values);
  expect(optimizer.getState()).toEqual(state);
  expect(tf.memory().numTensors).toBe(tensors);
}

/** What is wrong is named, and changes nothing. */
export function rejectsContract(): void {
  const created = LIST.flatMap(({ title, create }) => (create ? [[title, create] as const] : []));
  describe.each(created)('%s', (_, create) => {
    test('rejects bad options, and names the one that is nearest', () => {
      expect(() => create({ learningRat: 0.1 })).toThrow("did you mean 'learningRate'?");
      for (const options of [null, 0.1, 'fast', [0.1]]) {
        expect(() => Reflect.apply(create, undefined, [options])).toThrow(ArgumentError);
      }
      const known = /must be among (.*); received/.exec(message(() => create({ unknown: 1 })))![1]!;
      const names = known.split(', ').map((name) => name.slice(1, -1));
      expect(names).toContain('learningRate');
      for (const name of names) {
        for (const value of BAD[name] ?? []) {
          const wrong = { [name]: value };
          expect(() => create(wrong), `${name}: ${String(value)}`).toThrow(ArgumentError);
          expect(() => create(wrong)).toThrow(name);
        }
      }
    });
  });

  describe.each(EACH)('%s', (_, { title, make: create }) => {
    test('names a gradient of another shape, and changes nothing', () => {
      const optimizer = create();
      const [x, y] = make([5, -3], [2]) as [tf.Variable, tf.Variable];
      train(optimizer, [x, y], 2);
      expectUnchanged(optimizer, [x, y], () => {
        const apply = () =>
          applyGradients(optimizer, [
            [x, tf.ones([2])],
            [y, tf.ones([3])],
          ]);
        expect(apply).toThrow(ArgumentError);
        expect(apply).toThrow(y.name);
      });
      expectUnchanged(optimizer, [x, y], () => {
        const unknown = { name: 'nowhere', tensor: tf.ones([2]) };
        expect(() => optimizer.applyGradients([unknown])).toThrow('nowhere');
        unknown.tensor.dispose();
        const gone = { name: x.name, tensor: unknown.tensor };
        expect(() => optimizer.applyGradients([gone])).toThrow('a tensor; received one that was disposed');
        const none = { [x.name]: [1, 2] } as unknown as tf.NamedTensorMap;
        expect(() => optimizer.applyGradients(none)).toThrow(
          `applyGradients: the gradient of ${x.name} must be a tensor; received [1,2]`,
        );
        expect(() => Reflect.apply(optimizer.applyGradients, optimizer, [])).toThrow(
          'applyGradients: gradients must be an object of tensors by the names of their variables',
        );
      });
      train(optimizer, [x, y], 1);
      free(optimizer, x, y);
    });

    test('names where update finds a gradient missing or of another shape', () => {
      const optimizer = create();
      tf.tidy(() => {
        const params = { a: [tf.ones([2]), tf.ones([3])], b: tf.ones([2]) };
        const state = optimizer.init(params);
        const update = (grads: object) => () =>
          tf.tidy(() => void optimizer.update(grads as typeof params, state, params));
        for (const grads of [
          { a: [tf.ones([2])], b: tf.ones([2]) },
          { a: [tf.ones([2]), tf.ones([4])], b: tf.ones([2]) },
        ]) {
          const before = tf.memory().numTensors;
          expect(update(grads)).toThrow(ArgumentError);
          expect(update(grads)).toThrow(/\ba\b/);
          expect(tf.memory().numTensors).toBe(before);
        }
      });
      optimizer.dispose();
    });

    test('changes nothing where the function throws, at whichever call of it', () => {
      const optimizer = create();
      const [x] = make([5, -3]) as [tf.Variable];
      train(optimizer, [x], 2);
      for (let good = 0; good < optimizer.gradientPasses; good++) {
        expectUnchanged(optimizer, [x], () => {
          let calls = 0;
          const fails = (): tf.Scalar => {
            const loss = quadratic(x)();
            if (calls++ === good) throw new Error('no loss');
            return loss;
          };
          expect(() => optimizer.minimize(fails, true, [x])).toThrow('no loss');
        });
      }
      train(optimizer, [x], 1);
      free(optimizer, x);
    });

    test('takes a gradient that is no number', () => {
      const optimizer = create();
      const [x] = make([5, -3]) as [tf.Variable];
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        applyGradients(optimizer, [[x, tf.tensor1d([bad, 1])]]);
      }
      expect(optimizer.iterations).toBe(2);
      expect(bytes([x])[0]).toHaveLength(2);
      free(optimizer, x);
    });

    test('rejects the state of another kind of optimizer, and keeps its own', () => {
      const optimizer = create();
      const own = kindsOf(optimizer);
      const [x] = make([5, -3]) as [tf.Variable];
      train(optimizer, [x], 1);
      const others = LIST.filter((each) => {
        const other = each.make();
        const differs = !isKind(own, kindsOf(other));
        other.dispose();
        return differs;
      });
      expect(others.length, `kinds that ${title} is not`).toBeGreaterThan(0);
      for (const other of others) {
        const state = trained(other.make);
        expectUnchanged(optimizer, [x], () => {
          expect(() => optimizer.setState(state), other.title).toThrow(ArgumentError);
        });
      }
      free(optimizer, x);
    });
  });
}

function message(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
