import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

const [x, y] = [tf.tensor2d([1, 3], [2, 1]), tf.ones([2, 1])];

async function train(scale: boolean, trainable: boolean): Promise<layers.Sequential> {
  const norm = layers.layers.batchNormalization({ inputShape: [1], momentum: 0.5, scale });
  const model = layers.sequential({ layers: [norm, layers.layers.dense({ units: 1 })] });
  norm.trainable = trainable;
  model.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
  await model.fit(x, y, { verbose: 0 });
  return model;
}

const frozen = await train(true, false);
const mean = frozen.layers[0]!.getWeights().at(-2)!;
const scale = await train(false, true).catch((error: Error) => error.message);
console.log(JSON.stringify({ mean: [...mean.dataSync()], scale }));
