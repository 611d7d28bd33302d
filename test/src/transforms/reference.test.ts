import { describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as schedules from '../../../src/schedules/index.ts';
import type { GradientTransformation } from '../../../src/transforms/index.ts';
import * as transforms from '../../../src/transforms/index.ts';
import { dataOf, flat, type Named, readCases, type TreeName, toTensors } from '../optimizers/trees.ts';
import { onBackends } from '../support.ts';

/** The call of a function of the toolkit, as data. */
interface Call {
  readonly call: string;
  readonly arguments: readonly unknown[];
}

/** Updates of another library. */
interface Case {
  readonly transform: Call;
  readonly source: string;
  readonly tree: TreeName;
  /** The updates of each step. */
  readonly updates: readonly (readonly number[])[];
}

const FUNCTIONS = { ...schedules, ...transforms } as unknown as Named<(...given: unknown[]) => unknown>;

/** The value that the data stand for. */
function made(data: unknown): unknown {
  if (data === null || typeof data !== 'object') return data;
  const { call, arguments: given, paths, labels } = data as Partial<Call> & Named<unknown>;
  if (call !== undefined) return FUNCTIONS[call]!(...given!.map(made));
  if (paths !== undefined) return (path: unknown) => String(path).includes(String(paths));
  if (labels !== undefined) {
    const names = Object.entries(labels as Named<string>);
    return (path: unknown) => names.find(([part]) => String(path).includes(part))![1];
  }
  return Object.fromEntries(Object.entries(data).map(([key, part]) => [key, made(part)]));
}

const told = (data: unknown): string => {
  if (data === null || typeof data !== 'object') return String(data);
  const { call, arguments: given } = data as Partial<Call>;
  if (call !== undefined) return `${call}(${given!.map(told).join(', ')})`;
  return `{ ${Object.entries(data)
    .map(([key, part]) => `${key}: ${told(part)}`)
    .join(', ')} }`;
};

const cases = readCases<Case>('transforms');

onBackends('updates of transforms', () => {
  describe.each(cases.map((each) => [told(each.transform), each] as const))(
    '%s',
    (_, { transform, source, tree, updates }) => {
      test(`as ${source} on the ${tree} tree`, () => {
        const built = made(transform) as GradientTransformation;
        const { params, grads } = dataOf(tree);
        tf.tidy(() => {
          const fixed = toTensors(params);
          let state = built.init(fixed);
          grads.forEach((grad, step) => {
            const next = built.update(toTensors(grad), state, fixed);
            state = next.state;
            flat(next.updates as Named<tf.Tensor>).forEach((value, i) => {
              const target = updates[step]![i]!;
              const bound = 1e-5 * Math.abs(target) + 1e-6;
              const message = `step ${step}, value ${i}: ${value} should be ${target}`;
              expect(Math.abs(value - target), message).toBeLessThanOrEqual(bound);
            });
          });
        });
      });
    },
  );
});
