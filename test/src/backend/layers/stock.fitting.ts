import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const identity = (): layers.Sequential =>
  layers.sequential({
    layers: [layers.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'ones' })],
  });

const [x, y] = [tf.tensor2d([1, 0, 1, 1, 0], [5, 1]), tf.tensor2d([1, 1, 0, 0, 0], [5, 1])];
const optimizer = tf.train.sgd(0);

const model = identity();
model.compile({ loss: 'meanSquaredError', optimizer, metrics: ['precision'] });
const precision = model.evaluate(x, y, { batchSize: 2 }) as tf.Scalar[];
const refused = model.fit(x, y, { verbose: 0, sampleWeight: tf.ones([5]) }).catch(message);

function recall(): string {
  try {
    model.compile({ loss: 'meanSquaredError', optimizer, metrics: ['recall'] });
    return 'taken';
  } catch (error) {
    return message(error);
  }
}

async function outputs(): Promise<string> {
  const input = layers.input({ shape: [1] });
  const dense = (initial: number) =>
    layers.layers
      .dense({ units: 1, kernelInitializer: layers.initializers.constant({ value: initial }) })
      .apply(input) as layers.SymbolicTensor;
  const two = layers.model({ inputs: input, outputs: [dense(1), dense(Math.SQRT2)] });
  two.compile({ loss: 'meanSquaredError', optimizer });
  const [one, zero] = [tf.ones([1, 1]), tf.zeros([1, 1])];
  const { history } = await two.fit(one, [zero, zero], { verbose: 0, validationData: [one, [zero, zero]] });
  return `val_loss is ${Math.round(Number(history.val_loss![0]))}, the sum of both is ${Math.round(Number(history.loss![0]))}`;
}

console.log(
  JSON.stringify({
    sampleWeight: await refused,
    precision: Number(precision[1]!.dataSync()[0]!.toFixed(6)),
    recall: recall(),
    outputs: await outputs(),
  }),
);
