import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { adamw, muon } from '../../../src/optimizers/index.ts';
import { orthogonalize } from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read, variable } from '../support.ts';
import { expectReference } from './matrixReference.ts';

onBackends('muon', () => {
  test('ten steps of optax', () => {
    expectReference('muon', muon({ learningRate: 0.05 }));
    expectReference('muon, kernels', muon({ learningRate: 0.05, convolutions: true }), 2e-5);
    expectReference('muon, adaptive', muon({ learningRate: 0.05, adaptive: true }), 1e-4);
  });

  test('ten steps of optax with every option', () => {
    const optimizer = muon({
      learningRate: 0.05,
      nsSteps: 3,
      nsCoefficients: [
        [4.0848, -6.8946, 2.927],
        [3.9505, -6.3029, 2.6377],
        [3.7418, -5.5913, 2.3037],
      ],
      beta: 0.8,
      epsilon: 1e-6,
      weightDecay: 0.1,
      nesterov: false,
      adamBeta1: 0.8,
      adamBeta2: 0.99,
      adamWeightDecay: 0.05,
      adamLearningRate: 0.02,
      consistentRms: 0.2,
    });
    expectReference('muon, every option', optimizer);
  });

  test('the first step of a matrix is its orthogonalized gradient, that of a vector AdamW’s', () => {
    const w = tf.tidy(() => tf.variable(tf.zeros([2, 3])));
    const [b, alone] = [variable([1, 2, 3]), variable([1, 2, 3])];
    const [g, h] = [tf.tensor2d([1, 2, 0, 0, 1, 3], [2, 3]), tf.tensor1d([1, -2, 4])];
    const [optimizer, reference] = [
      muon({ learningRate: 0.1, nesterov: false }),
      adamw({ learningRate: 0.1, weightDecay: 0, epsilon: 1e-8 }),
    ];
    optimizer.applyGradients({ [w.name]: g, [b.name]: h });
    reference.applyGradients({ [alone.name]: h });
    // Two inputs and three outputs
    const scale = -0.1 * Math.sqrt(3 / 2);
    expectClose(
      Array.from(w.dataSync()),
      read(orthogonalize(g)).map((value) => scale * value),
    );
    expectClose(Array.from(b.dataSync()), Array.from(alone.dataSync()), 1e-6);
    for (const used of [w, b, alone, g, h, optimizer, reference]) used.dispose();
  });

  test('its learning rate is the matrices’, also beside one of AdamW’s own', () => {
    const [w, b] = [tf.tidy(() => tf.variable(tf.ones([2, 2]))), variable([1])];
    const optimizer = muon({ learningRate: 0.5, adamLearningRate: 0.25, nesterov: false });
    expect(optimizer.learningRate).toBe(0.5);
    optimizer.learningRate = 0;
    const [g, h] = [tf.tensor2d([1, 0, 0, 1], [2, 2]), tf.tensor1d([1])];
    optimizer.applyGradients({ [w.name]: g, [b.name]: h });
    expectClose([...w.dataSync(), ...b.dataSync()], [1, 1, 1, 1, 0.75]);
    for (const used of [w, b, g, h, optimizer]) used.dispose();
  });

  test('trains a model that is saved and goes on as it would have', async () => {
    const make = (): tf.Sequential => {
      const init = tf.initializers.glorotUniform({ seed: 3 });
      return tf.sequential({
        layers: [
          tf.layers.dense({ units: 4, inputShape: [3], activation: 'tanh', kernelInitializer: init }),
          tf.layers.dense({ units: 1, kernelInitializer: init }),
        ],
      });
    };
    const [x, y] = [tf.tensor2d([1, 0, 2, -1, 1, 0, 0.5, 2, 1], [3, 3]), tf.tensor2d([1, -1, 0.5], [3, 1])];
    const model = make();
    model.compile({ optimizer: muon({ learningRate: 0.02, convolutions: true }), loss: 'meanSquaredError' });
    const { history } = await model.fit(x, y, { epochs: 30, shuffle: false, verbose: 0 });
    expect(Number(history.loss!.at(-1))).toBeLessThan(Number(history.loss![0]) / 4);
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
      { includeOptimizer: true },
    );
    const loaded = (await tf.loadLayersModel(tf.io.fromMemory(saved!))) as tf.Sequential;
    await model.fit(x, y, { epochs: 2, shuffle: false, verbose: 0 });
    await loaded.fit(x, y, { epochs: 2, shuffle: false, verbose: 0 });
    const [a, b] = [model, loaded].map((one) =>
      one.getWeights().flatMap((weight) => Array.from(weight.dataSync())),
    );
    expect(b).toEqual(a);
    for (const used of [model, loaded]) {
      const { optimizer } = used;
      used.dispose();
      optimizer.dispose();
    }
    tf.dispose([x, y]);
  });

  test('rejects options that do not exist or are out of range', () => {
    expect(() => Reflect.apply(muon, undefined, [{ nsstep: 3 }])).toThrow(
      "received 'nsstep'; did you mean 'nsSteps'?",
    );
    expect(() => muon({ beta: 1 })).toThrow('beta must be a finite number in [0, 1)');
    expect(() => muon({ adamWeightDecay: -1 })).toThrow('muon: adamWeightDecay must be');
  });
});
