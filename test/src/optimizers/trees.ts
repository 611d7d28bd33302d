import { readFileSync } from 'node:fs';
import { tf } from '../../../src/backend/index.ts';

/** The trees of `test/reference/trees.py`. */
export type TreeName = 'small' | 'matrices' | 'square' | 'large';

export type Named<T> = Record<string, T>;

const SHAPES: Record<TreeName, Named<number[]>> = {
  small: { kernel: [4, 3], bias: [3] },
  matrices: { wide: [3, 5], tall: [5, 3], vector: [4] },
  square: { kernel: [3, 3], vector: [4] },
  large: { kernel: [160, 130], bias: [3] },
};

const STEPS = 10;
const SCALE = 0.5;

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

/** `wave` of `test/reference/trees.py`. */
function wave(shape: number[], phase: number, scale: number): Values {
  const size = shape.reduce((product, length) => product * length, 1);
  const at = (i: number): number => Math.fround(scale * Math.sin(1 + 0.7 * i + phase + 0.01 * i * i));
  return { shape, values: Array.from({ length: size }, (_, i) => at(i)) };
}

/** `tree` of `test/reference/trees.py`: the parameters, and the gradients of each step. */
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

export const toTensors = (values: Named<Values>): Named<tf.Tensor> =>
  Object.fromEntries(
    Object.entries(values).map(([name, each]) => [name, tf.tensor(each.values, each.shape)]),
  );

export const toVariables = (values: Named<Values>): Named<tf.Variable> =>
  Object.fromEntries(
    Object.entries(values).map(([name, each]) => [
      name,
      tf.tidy(() => tf.variable(tf.tensor(each.values, each.shape))),
    ]),
  );

export const flat = (tensors: Named<tf.Tensor>): number[] =>
  Object.values(tensors).flatMap((tensor) => Array.from(tensor.dataSync()));

/** `sampled` of `test/reference/trees.py` where a tree is large. */
export function stored(tree: TreeName, row: readonly number[]): readonly number[] {
  if (tree !== 'large') return row;
  const meanSquare = row.reduce((sum, value) => sum + value * value, 0) / row.length;
  return [...row.filter((_, i) => i % 997 === 0), Math.sqrt(meanSquare)];
}

/** The rows of a file of reference values. */
export function readCases<T>(name: string): T[] {
  const file = new URL(`../../reference/fixtures/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: T[] }).cases;
}
