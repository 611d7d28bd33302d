import { expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import * as training from '../../../../src/training/index.ts';
import { onBackends } from '../../support.ts';
import { free, network, sums, weightsOf } from '../support.ts';

onBackends('seeds of fit', () => {
  async function run(between: () => tf.layers.Layer[], options: training.FitOptions): Promise<number[][]> {
    const [x, y] = sums();
    const model = network(...between());
    model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
    try {
      await training.fit(model, [x, y], { epochs: 2, batchSize: 8, ...options });
      return weightsOf(model);
    } finally {
      free(model);
      tf.dispose([x, y]);
    }
  }
  const plain = (): tf.layers.Layer[] => [];
  const drawing = (): tf.layers.Layer[] => [
    tf.layers.dropout({ rate: 0.4 }),
    tf.layers.gaussianNoise({ stddev: 0.2 }),
    tf.layers.gaussianDropout({ rate: 0.2 }),
    tf.layers.alphaDropout({ rate: 0.2 }),
  ];
  // Its plan draws dropout by itself on wasm.
  const dropping = (): tf.layers.Layer[] => [tf.layers.dropout({ rate: 0.4 })];

  it.each([
    ['the order of the samples', plain],
    ['dropout', dropping],
    ['noise of every kind', drawing],
  ])('decide %s', async (_, between) => {
    const first = await run(between, { seed: 1 });
    expect(await run(between, { seed: 1 })).toEqual(first);
    expect(await run(between, { seed: 2 })).not.toEqual(first);
    expect(await run(between, {})).not.toEqual(first);
  });

  it('decide dropout by itself', async () => {
    const first = await run(dropping, { seed: 1, shuffle: false });
    expect(await run(dropping, { seed: 1, shuffle: false })).toEqual(first);
    expect(await run(dropping, { seed: 2, shuffle: false })).not.toEqual(first);
    expect(await run(plain, { seed: 1, shuffle: false })).toEqual(
      await run(plain, { seed: 2, shuffle: false }),
    );
  });

  it('leave Math.random as it is', async () => {
    const { random } = Math;
    const met = new Set<unknown>();
    await run(dropping, { seed: 1, callbacks: { onStepEnd: () => void met.add(Math.random) } });
    expect([...met, Math.random]).toEqual([random, random]);
    const fails: training.Callback = {
      onGradients: () => {
        throw new Error('enough');
      },
    };
    await expect(run(dropping, { seed: 1, callbacks: fails })).rejects.toThrow('enough');
    expect(Math.random).toBe(random);
  });
});
