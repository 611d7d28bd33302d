import { describe, expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import type { Optimizer, OptimizerState } from '../../../../src/optimizers/index.ts';
import { EACH } from './list.ts';
import { bytes, free, make, train } from './support.ts';

type Copy = (from: Optimizer, to: Optimizer) => void | Promise<void>;

/** Every way out of an optimizer and into another. */
const WAYS: Readonly<Record<string, Copy>> = {
  'getState and structuredClone': (from, to) => to.setState(structuredClone(from.getState())),
  'getState and JSON': (from, to) =>
    to.setState(JSON.parse(JSON.stringify(from.getState())) as OptimizerState),
  'getState, JSON and a binary file': (from, to) => {
    const { json, binary } = pack(from.getState());
    to.setState(unpack(json, binary));
  },
  'getWeights and the weights of a file of tfjs': async (from, to) => {
    const weights = await from.getWeights();
    const { data, specs } = await tf.io.encodeWeights(weights);
    const read = tf.io.decodeWeights(data, JSON.parse(JSON.stringify(specs)) as tf.io.WeightsManifestEntry[]);
    await to.setWeights(Object.entries(read).map(([name, tensor]) => ({ name, tensor })));
    tf.dispose([weights.map(({ tensor }) => tensor), read]);
  },
};

/** A state as JSON with the numbers of its tensors in one binary file of single precision. */
function pack(state: OptimizerState): { json: string; binary: ArrayBuffer } {
  const numbers: number[] = [];
  const json = JSON.stringify(state, (_, value: unknown) => {
    if (!(value instanceof Float32Array)) return value;
    numbers.push(...value);
    return { at: numbers.length - value.length, length: value.length };
  });
  return { json, binary: new Float32Array(numbers).buffer };
}

function unpack(json: string, binary: ArrayBuffer): OptimizerState {
  return JSON.parse(json, (key, value: unknown) => {
    if (key !== 'values' || !(value instanceof Object) || !('at' in value)) return value;
    const { at, length } = value as unknown as { at: number; length: number };
    return new Float32Array(binary, 4 * at, length);
  }) as OptimizerState;
}

/** A state without parts that hold nothing, which files of weights leave out. */
function withoutEmpty(state: object): object {
  return JSON.parse(JSON.stringify(state), (_, part: unknown) => {
    const isEmpty = part !== null && typeof part === 'object' && Object.keys(part).length === 0;
    return isEmpty && !Array.isArray(part) ? undefined : part;
  }) as object;
}

/** Training that is saved and loaded goes on exactly as it would have. */
export function savingContract(): void {
  describe.each(EACH)('%s', (_, { make: create }) => {
    test.each(Object.entries(WAYS))('resumes bitwise by %s', async (_way, copy) => {
      const [a, b] = [make([5, -3], [2]), make([5, -3], [2])];
      // Saved under the names of the variables, which go on.
      const [whole, half, resumed] = [create(), create(), create()];
      train(whole, a, 7);
      train(half, b, 4);
      await copy(half, resumed);
      expect(withoutEmpty(resumed.getState())).toEqual(withoutEmpty(half.getState()));
      expect(resumed.iterations).toBe(4 * half.gradientPasses);
      train(resumed, b, 3);
      expect(bytes(b)).toEqual(bytes(a));
      free(whole, half, resumed, ...a, ...b);
    });

    test('resumes bitwise with a variable frozen and one added', () => {
      const run = (save: boolean): number[][] => {
        const [a, b, c] = make([5, -3], [2], [1, 2]) as [tf.Variable, tf.Variable, tf.Variable];
        let optimizer = create();
        const pause = (): void => {
          if (!save) return;
          const next = create();
          next.setState(structuredClone(optimizer.getState()));
          optimizer.dispose();
          optimizer = next;
        };
        const sets = [[a, b], [b], [b, c], [a, c], [a, b, c]];
        for (const variables of sets) {
          train(optimizer, variables, 2);
          pause();
        }
        const values = bytes([a, b, c]);
        free(optimizer, a, b, c);
        return values;
      };
      expect(run(true)).toEqual(run(false));
    });

    test('a state that was taken stays as it was, and one that was given is copied', () => {
      const [a] = make([5, -3]) as [tf.Variable];
      const [optimizer, other] = [create(), create()];
      train(optimizer, [a], 2);
      const state = optimizer.getState();
      const copy = structuredClone(state);
      other.setState(state);
      train(optimizer, [a], 2);
      train(other, [a], 2);
      expect(state).toEqual(copy);
      free(a, optimizer, other);
    });
  });
}
