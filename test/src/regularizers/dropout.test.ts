import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as regularizers from '../../../src/regularizers/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

/** What a layer makes of ones, in training. */
const ofOnes = (layer: tf.layers.Layer, shape: number[]): number[] =>
  tf.tidy(() => {
    const y = layer.apply(tf.ones(shape), { training: true }) as tf.Tensor;
    return Array.from(y.dataSync());
  });

onBackends('dropout', () => {
  it('drops a share of its inputs and scales up the others, as tfjs does', () => {
    for (const layer of [regularizers.dropout({ rate: 0.2, seed: 1 }), tf.layers.dropout({ rate: 0.2 })]) {
      const values = ofOnes(layer, [10_000]);
      expect(new Set(values)).toEqual(new Set([0, Math.fround(1.25)]));
      const dropped = values.filter((value) => value === 0).length / values.length;
      // Four standard deviations of √(0.2·0.8/10,000).
      expect(Math.abs(dropped - 0.2)).toBeLessThan(0.016);
    }
  });

  it('has another mask at each step, and the same ones in each run', () => {
    const run = (): number[][] => {
      const layer = regularizers.dropout({ rate: 0.5, seed: 3 });
      return [1, 2].map(() => ofOnes(layer, [64]));
    };
    const [first, second] = run();
    expect(first).not.toEqual(second);
    expect(run()).toEqual([first, second]);
  });

  it('does nothing to predictions', () => {
    const y = tf.tidy(() => regularizers.dropout({ rate: 0.5 }).apply(tf.ones([4])) as tf.Tensor);
    expect(read(y)).toEqual([1, 1, 1, 1]);
  });

  it.each([
    ['spatialDropout2d', regularizers.spatialDropout2d, [2, 3, 3, 40]],
    ['spatialDropout3d', regularizers.spatialDropout3d, [2, 3, 2, 2, 40]],
  ] as const)('%s drops whole channels', (_, make, shape) => {
    const layer = make({ rate: 0.5, seed: 2 });
    const [sums, counts] = tf.tidy(() => {
      const y = layer.apply(tf.ones([...shape]), { training: true }) as tf.Tensor;
      const places = shape.slice(1, -1).map((_size, i) => i + 1);
      return [Array.from(y.sum(places).dataSync()), y.size / 80];
    });
    expect(new Set(sums)).toEqual(new Set([0, 2 * counts]));
  });

  it('is saved as Keras’s, and loaded', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [4, 4, 1] }),
        regularizers.spatialDropout2d({ rate: 0.25, seed: 5 }),
        regularizers.dropout({ rate: 0.5 }),
      ],
    });
    const loaded = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string));
    expect(loaded.layers.map((layer) => layer.getClassName())).toEqual([
      'Conv2D',
      'SpatialDropout2D',
      'Dropout',
    ]);
    expect(loaded.layers[1]!.getConfig()).toMatchObject({ rate: 0.25, seed: 5 });
    model.dispose();
    loaded.dispose();
  });
});

onBackends('Monte-Carlo dropout', () => {
  const build = (rate: number): tf.Sequential =>
    tf.sequential({
      layers: [
        tf.layers.dropout({ rate, inputShape: [100] }),
        tf.layers.dense({ units: 1, kernelInitializer: 'ones' }),
        tf.layers.batchNormalization({}),
      ],
    });

  it('has the mean of the predictions and the spread of the masks', () => {
    const model = build(0.2);
    const before = model.getWeights().map((weight) => Array.from(weight.dataSync()));
    const x = tf.ones([3, 100]);
    const { mean, standardDeviation, samples } = regularizers.monteCarloDropout(model, x, {
      samples: 400,
      seed: 1,
    });
    expect([mean.shape, samples.shape]).toEqual([
      [3, 1],
      [400, 3, 1],
    ]);
    // A sum of 100 inputs, each 1.25 with probability 0.8: mean 100, standard deviation √(100·0.25).
    for (const value of read(mean)) expect(Math.abs(value - 100)).toBeLessThan(1);
    for (const value of read(standardDeviation)) expect(Math.abs(value - 5)).toBeLessThan(0.8);
    const kept = model.getWeights().map((weight) => Array.from(weight.dataSync()));
    expect(kept).toEqual(before);
    expectClose(read(model.predict(x) as tf.Tensor), [99.95, 99.95, 99.95], 1e-3);
    tf.dispose([x, samples]);
    model.dispose();
  });

  it('is the same for the same seed', () => {
    const model = build(0.5);
    const means = [1, 1, 2].map((seed) => {
      const result = regularizers.monteCarloDropout(model, [new Float32Array(100).fill(1)], {
        samples: 5,
        seed,
      });
      const values = Array.from(result.mean.dataSync());
      tf.dispose({ ...result });
      return values;
    });
    expect(means[0]).toEqual(means[1]);
    expect(means[0]).not.toEqual(means[2]);
    model.dispose();
  });

  it('needs a layer of dropout', () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    expect(() => regularizers.monteCarloDropout(model, [[1, 2]])).toThrow(
      'monteCarloDropout: model must be a model with a dropout layer and one output; received one without',
    );
    model.dispose();
  });
});

describe('arguments', () => {
  it.each([
    [() => regularizers.dropout({ rate: 1 }), 'dropout: rate must be a finite number in [0, 1); received 1'],
    [
      () => regularizers.dropout({ rat: 0.1 } as never),
      "dropout: options must be among 'rate', 'seed', 'name'; received 'rat'",
    ],
    [
      () => regularizers.spatialDropout2d({ rate: 0.1, seed: -1 }),
      'spatialDropout2d: seed must be an integer',
    ],
  ])('that do not fit are errors: %#', (call, message) => {
    expect(call).toThrow(message);
  });
});
