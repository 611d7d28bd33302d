import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { fit } from '../../../src/training/index.ts';
import { onBackends } from '../support.ts';

onBackends('fit', () => {
  it('trains', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 8,
          inputShape: [3],
          activation: 'tanh',
          kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
        }),
        tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }) }),
      ],
    });
    const optimizer = tf.train.adam(0.01);
    model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['mae'] });
    const x = tf.randomNormal([50, 3], 0, 1, 'float32', 1);
    const y = tf.tidy(() => tf.sum(x, 1, true));
    const before = tf.memory().numTensors;
    const history = await fit(model, [x, y], { epochs: 20, seed: 1, validation: 0.2 });
    console.log(history, tf.memory().numTensors - before);
    model.dispose();
    optimizer.dispose();
    tf.dispose([x, y]);
  });
});
