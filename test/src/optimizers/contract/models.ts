import { describe, expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { fromTransform, type Optimizer } from '../../../../src/optimizers/index.ts';
import { partition } from '../../../../src/transforms/index.ts';
import { expectClose } from '../../support.ts';
import { EACH } from './list.ts';
import { applyGradients, bytes, free, make } from './support.ts';

type Artifacts = tf.io.ModelArtifacts;

/** Saves the model with its optimizer and loads it again, through JSON as a file would hold it. */
export async function reload(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: Artifacts | undefined;
  const keep = async (artifacts: Artifacts): Promise<tf.io.SaveResult> => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  };
  await model.save(tf.io.withSaveHandler(keep), { includeOptimizer: true });
  const { weightData, ...rest } = saved!;
  const json = JSON.parse(JSON.stringify(rest)) as Artifacts;
  return tf.loadLayersModel(tf.io.fromMemory({ ...json, weightData: weightData! }));
}

/** A network of two layers, the same at each call. */
export function network(): tf.LayersModel {
  const seeded = { kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }) };
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 3, inputShape: [2], activation: 'tanh', ...seeded }),
      tf.layers.dense({ units: 2, ...seeded }),
    ],
  });
}

/** The weights of a model. */
export const weightsOf = (model: tf.LayersModel): number[] =>
  model.getWeights().flatMap((w) => Array.from(w.dataSync()));

/** Inputs and targets for `network`. */
export const samples = (): readonly [tf.Tensor2D, tf.Tensor2D] => [
  tf.tensor2d([1, 2, 3, -1, 0, 1], [3, 2]),
  tf.tensor2d([1, -1, 1, 1, -1, 1], [3, 2]),
];

/** Models train with any optimizer, are saved with it, and may have one for each group of weights. */
export function modelsContract(): void {
  const once = { epochs: 1, batchSize: 3, shuffle: false, verbose: 0 } as const;
  const savable = EACH.filter(([, { make: create }]) => create().isSavable);

  test.each(savable)(
    '%s: a model that is saved with it trains on as it would have',
    async (_, { make: create }) => {
      const [x, y] = samples();
      const [model, optimizer] = [network(), create()];
      model.compile({ loss: 'meanSquaredError', optimizer });
      await model.fit(x, y, { ...once, epochs: 3 });
      // The variables of the first still exist, so that those of the second have other names.
      const loaded = await reload(model);
      expect((loaded.optimizer as Optimizer).learningRate).toBe(optimizer.learningRate);
      for (const each of [model, loaded]) await each.fit(x, y, { ...once, epochs: 2 });
      expect(weightsOf(loaded)).toEqual(weightsOf(model));
      free(x, y, loaded.optimizer, loaded, model, optimizer);
    },
  );

  describe.each(EACH)('%s', (_, { make: create, rate, gradients }) => {
    test('takes the same steps in the compiled steps of fit as in minimize', async () => {
      const [x, y] = samples();
      const [fitted, minimized] = [network(), network()];
      const [inFit, alone] = [create(rate / 10), create(rate / 10)];
      fitted.compile({ loss: 'meanSquaredError', optimizer: inFit });
      await fitted.fit(x, y, { ...once, epochs: 4 });
      const variables = minimized.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const loss = (): tf.Scalar => tf.losses.meanSquaredError(y, minimized.apply(x) as tf.Tensor);
      for (let step = 0; step < 4; step++) alone.minimize(loss, false, variables);
      expectClose(weightsOf(fitted), weightsOf(minimized), 1e-5);
      free(x, y, fitted, minimized, inFit, alone);
    });

    test('trains groups of variables at rates of their own, as by itself', () => {
      const [a, b] = make([5, -3], [1, 1]) as [tf.Variable, tf.Variable];
      const [alone, other] = make([5, -3], [1, 1]) as [tf.Variable, tf.Variable];
      const [high, low] = [rate / 10, rate / 40];
      const groups = { fast: create(high), slow: create(low) };
      const optimizer = fromTransform(partition(groups, (path) => (path === a.name ? 'fast' : 'slow')));
      const [fast, slow] = [create(high), create(low)];
      const towards = (v: tf.Variable): tf.Tensor => tf.tidy(() => v.sub(1.5).mul(2));
      for (let step = 0; step < 3 * gradients * fast.gradientPasses; step++) {
        applyGradients(optimizer, [
          [a, towards(a)],
          [b, towards(b)],
        ]);
        applyGradients(fast, [[alone, towards(alone)]]);
        applyGradients(slow, [[other, towards(other)]]);
      }
      // By itself an optimizer may take its step in one pass over memory, which rounds in other places.
      expectClose(bytes([a, b]).flat(), bytes([alone, other]).flat(), 1e-5);
      free(a, b, alone, other, optimizer, fast, slow);
    });
  });
}
