import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends } from '../../support.ts';
import { uncompiled } from '../compiled/support.ts';

onBackends('convolutions with holes', () => {
  test.each(['channelsLast', 'channelsFirst'] as const)('are trained, %s', async (dataFormat) => {
    const shape = [7, 6, 2];
    const inputShape = dataFormat === 'channelsLast' ? shape : [2, 7, 6];
    tf.engine().startScope();
    const layer = tf.layers.conv2d({
      filters: 1,
      kernelSize: 2,
      dilationRate: [2, 3],
      dataFormat,
      inputShape,
    });
    const model = tf.sequential({ layers: [layer, tf.layers.flatten()] });
    const optimizer = tf.train.sgd(1);
    model.compile({ optimizer, loss: (_y, p) => tf.sum(p) });
    const images = tf.range(0, 84).reshape([1, ...shape]) as tf.Tensor4D;
    const x = dataFormat === 'channelsLast' ? images : images.transpose([0, 3, 1, 2]);
    const [kernel, bias] = layer.getWeights().map((one) => [...one.dataSync()]);
    const y = tf.zeros([1, 15]);
    // Stock: 'dilation rates greater than 1 are not yet supported in gradients'.
    await uncompiled(() => model.trainOnBatch(x, y));
    const [after, biasAfter] = layer.getWeights().map((one) => [...one.dataSync()]);
    // Each weight sees 5 × 3 pixels: those from (2a, 3b) on.
    const sums = [0, 1].flatMap((a) =>
      [0, 1].flatMap((b) =>
        [0, 1].map(
          (channel) => tf.sum(tf.slice(images, [0, 2 * a, 3 * b, channel], [1, 5, 3, 1])).dataSync()[0]!,
        ),
      ),
    );
    expectClose(
      after!.map((w, i) => kernel![i]! - w),
      sums,
    );
    expectClose([bias![0]! - biasAfter![0]!], [15]);
    expect(model.predict(x)).toHaveProperty('shape', [1, 15]);
    model.dispose();
    optimizer.dispose();
    tf.engine().endScope();
  });
});
