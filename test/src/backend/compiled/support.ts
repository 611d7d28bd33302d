import { backend, tf } from '../../../../src/backend/index.ts';

type Model = ReturnType<typeof tf.sequential> | ReturnType<typeof tf.model>;

/** Runs with compiled steps switched off. */
export async function uncompiled<T>(run: () => Promise<T> | T): Promise<T> {
  const before = process.env.DESCENT_COMPILE;
  process.env.DESCENT_COMPILE = 'off';
  try {
    return await run();
  } finally {
    if (before === undefined) delete process.env.DESCENT_COMPILE;
    else process.env.DESCENT_COMPILE = before;
  }
}

/** Two models with the same weights, which are those of every run: rounding may decide between equals. */
export function twins(make: () => Model): [Model, Model] {
  const [a, b] = [make(), make()];
  const weights = a.getWeights().map((weight, i) => {
    const inputs = weight.size / weight.shape.at(-1)!;
    return weight.rank < 2
      ? weight
      : tf.randomNormal(weight.shape, 0, 1 / Math.sqrt(inputs), 'float32', i + 1);
  });
  for (const model of [a, b]) model.setWeights(weights);
  return [a, b];
}

export interface Trial {
  readonly x: unknown;
  readonly y: unknown;
  readonly compile: () => Parameters<Model['compile']>[0];
  readonly epochs?: number;
  readonly batchSize?: number;
}

/** What training came to: the history, and all weights in one list. */
export interface Outcome {
  readonly history: Record<string, number[]>;
  readonly weights: number[];
}

export async function train(model: Model, trial: Trial): Promise<Outcome> {
  const { x, y, compile, epochs = 25, batchSize = 8 } = trial;
  model.compile(compile());
  const options = { epochs, batchSize, shuffle: false, verbose: 0 } as const;
  const { history } = await model.fit(x as never, y as never, options);
  return {
    history: history as Record<string, number[]>,
    weights: model.getWeights().flatMap((weight) => [...weight.dataSync()]),
  };
}

/** The largest difference between two lists. */
export const distance = (a: readonly number[], b: readonly number[]): number =>
  a.length === b.length
    ? a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
    : Number.NaN;

/** Numbers that are the same in every run. */
export const data = (shape: number[], seed: number): ReturnType<typeof tf.tensor> =>
  tf.randomNormal(shape, 0, 1, 'float32', seed);

export async function onWasm(): Promise<void> {
  await backend.use('wasm');
}
