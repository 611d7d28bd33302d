import { describe, expect, it, vi } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as initializers from '../../../src/initializers/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

const SHAPE = [400, 100];

const scaled = [
  ['glorotUniform', initializers.glorotUniform, tf.initializers.glorotUniform, 2 / 500],
  ['glorotNormal', initializers.glorotNormal, tf.initializers.glorotNormal, 2 / 500],
  ['heUniform', initializers.heUniform, tf.initializers.heUniform, 2 / 400],
  ['heNormal', initializers.heNormal, tf.initializers.heNormal, 2 / 400],
  ['leCunUniform', initializers.leCunUniform, tf.initializers.leCunUniform, 1 / 400],
  ['leCunNormal', initializers.leCunNormal, tf.initializers.leCunNormal, 1 / 400],
] as const;

onBackends('initial weights', () => {
  it.each(scaled)('%s has the variance that its paper gives, in tf too', (_, ours, stock, expected) => {
    const values = read(ours({ seed: 7 }).apply(SHAPE));
    expect(read(stock({ seed: 7 }).apply(SHAPE))).toEqual(values);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // The variance of 40,000 numbers is known to one per cent or so.
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.04);
    expect(Math.abs(mean)).toBeLessThan((4 * Math.sqrt(expected)) / 200);
  });

  it('of a scale, a mode and a distribution', () => {
    const made = initializers.varianceScaling({ scale: 3, mode: 'fanOut', distribution: 'uniform', seed: 1 });
    const values = read(made.apply(SHAPE));
    const limit = Math.sqrt(9 / 100);
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * limit);
    const cut = read(initializers.varianceScaling({ seed: 1 }).apply(SHAPE));
    expect(Math.max(...cut.map(Math.abs))).toBeLessThanOrEqual((2 * Math.sqrt(1 / 400)) / 0.8796 + 1e-6);
  });

  it('of one value, and of the identity', () => {
    expect(read(initializers.zeros().apply([2]))).toEqual([0, 0]);
    expect(read(initializers.ones().apply([2]))).toEqual([1, 1]);
    expect(read(initializers.constant({ value: 0.5 }).apply([2]))).toEqual([0.5, 0.5]);
    expect(read(initializers.identity({ gain: 2 }).apply([2, 2]))).toEqual([2, 0, 0, 2]);
  });

  it('of an interval that begins at 0, and of no spread', () => {
    const values = read(initializers.randomUniform({ minval: 0, maxval: 1, seed: 1 }).apply([1000]));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(read(initializers.randomNormal({ mean: 3, stddev: 0 }).apply([2]))).toEqual([3, 3]);
    expect(read(initializers.truncatedNormal({ stddev: 0 }).apply([2]))).toEqual([0, 0]);
  });

  it.each([[[6, 4]], [[4, 6]], [[3, 3]], [[2, 3, 4]]])('orthogonal of shape %j', (shape) => {
    const products = tf.tidy(() => {
      const w = initializers.orthogonal({ gain: 2, seed: 4 }).apply(shape);
      const matrix = w.reshape<tf.Tensor2D>([-1, shape.at(-1)!]);
      const isTall = matrix.shape[0] >= matrix.shape[1];
      const product = tf.matMul(matrix, matrix, isTall, !isTall);
      return Array.from(product.sub(tf.eye(product.shape[0]!).mul(4)).dataSync());
    });
    expectClose(
      products,
      products.map(() => 0),
    );
  });

  it('orthogonal has no preferred sign, and no warning', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const values = read(initializers.orthogonal({ seed: 2 }).apply([60, 40]));
    const diagonal = Array.from({ length: 40 }, (_, i) => values[i * 40 + i]!);
    const positive = diagonal.filter((value) => value > 0).length;
    expect(positive).toBeGreaterThan(8);
    expect(positive).toBeLessThan(32);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('is the same for the same seed, and goes into a layer that is saved', async () => {
    const draw = (seed: number): number[] => read(initializers.heNormal({ seed }).apply([4]));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    const kernelInitializer = initializers.orthogonal({ seed: 2 });
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelInitializer })],
    });
    const loaded = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string));
    expect(loaded.layers.at(-1)!.getConfig().kernelInitializer).toEqual({
      className: 'Orthogonal',
      config: { gain: 1, seed: 2 },
    });
    model.dispose();
    loaded.dispose();
  });
});

describe('arguments', () => {
  it.each([
    [
      () => initializers.heNormal({ sed: 1 } as never),
      "heNormal: options must be among 'seed'; received 'sed'; did you mean 'seed'?",
    ],
    [
      () => initializers.heNormal({ seed: 0.5 }),
      'heNormal: seed must be an integer in [0, 4294967295]; received 0.5',
    ],
    [
      () => initializers.varianceScaling({ mode: 'fan_in' as never }),
      "varianceScaling: mode must be one of 'fanIn', 'fanOut', 'fanAvg'",
    ],
    [
      () => initializers.randomUniform({ minval: 1, maxval: 0 }),
      'randomUniform: minval and maxval must be two finite numbers',
    ],
    [
      () => initializers.orthogonal().apply([3]),
      'orthogonal: shape must be of rank 2 or more, of float32; received [3] of float32',
    ],
  ])('that do not fit are errors: %#', (call, message) => {
    expect(call).toThrow(message);
  });
});
