// What is measured: each task makes its tensors once and returns one step, which leaves none behind.
import { update } from './updates.mjs';

const BATCH = 32;

function product(tf, [transposeA, transposeB], size) {
  const a = tf.randomNormal([size, size]);
  const b = tf.randomNormal([size, size]);
  return () => tf.matMul(a, b, transposeA, transposeB).dispose();
}

function classes(tf, batch) {
  const labels = Array.from({ length: batch }, (_, i) => i % 10);
  return tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 10), 'float32');
}

/** A step by the operations of tfjs, or, given `compileStep`, as one plan. */
function training(tf, layers, input, batch, compileStep) {
  const softmax = tf.layers.activation({ activation: 'softmax' });
  const model = tf.sequential({ layers: compileStep ? [...layers, softmax] : layers });
  const optimizer = tf.train.adam(0.001);
  const [x, y] = [tf.randomNormal([batch, ...input]), classes(tf, batch)];
  if (compileStep) {
    const step = compileStep(model, { loss: 'categoricalCrossentropy', optimizer });
    if (!step.isCompiled) throw new Error(step.reasons.join('; '));
    return () => step(x, y);
  }
  const loss = () => tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }));
  return () => {
    optimizer.minimize(loss);
  };
}

function mlp(tf, { batch = BATCH, width = 64 }, compileStep) {
  const { dense } = tf.layers;
  const layers = [
    dense({ units: width, activation: 'relu', inputShape: [784] }),
    dense({ units: width, activation: 'relu' }),
    dense({ units: 10 }),
  ];
  return training(tf, layers, [784], batch, compileStep);
}

function cnn(tf, { batch = BATCH }, compileStep) {
  const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
  const convolution = (filters, more = {}) =>
    conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', ...more });
  const layers = [
    convolution(32, { inputShape: [32, 32, 3] }),
    maxPooling2d({ poolSize: 2 }),
    convolution(64),
    maxPooling2d({ poolSize: 2 }),
    convolution(64),
    flatten(),
    dense({ units: 64, activation: 'relu' }),
    dense({ units: 10 }),
  ];
  return training(tf, layers, [32, 32, 3], batch, compileStep);
}

function lstm(tf, { batch = BATCH }, compileStep) {
  const layers = [
    tf.layers.lstm({ units: 64, inputShape: [50, 32], recurrentInitializer: 'glorotUniform' }),
    tf.layers.dense({ units: 10 }),
  ];
  return training(tf, layers, [50, 32], batch, compileStep);
}

function normalized(tf, { batch = BATCH }, compileStep) {
  const { conv2d, depthwiseConv2d, batchNormalization, activation, globalAveragePooling2d, dense } =
    tf.layers;
  const block = (filters, more) => [
    conv2d({ filters, kernelSize: 1, useBias: false, ...more }),
    batchNormalization(),
    activation({ activation: 'relu' }),
    depthwiseConv2d({ kernelSize: 3, padding: 'same', useBias: false }),
    batchNormalization(),
    activation({ activation: 'relu' }),
  ];
  const layers = [
    ...block(32, { inputShape: [32, 32, 3] }),
    ...block(64, { strides: 2 }),
    globalAveragePooling2d({ dataFormat: 'channelsLast' }),
    dense({ units: 10 }),
  ];
  return training(tf, layers, [32, 32, 3], batch, compileStep);
}

const transposed = { nn: [false, false], nt: [false, true], tn: [true, false], tt: [true, true] };

/**
 * By name: `make` takes tf, sizes and, where `isStep`, compileStep, and returns a step; `flop` is what a step computes,
 * where the speed is reported.
 */
export const tasks = {
  ...Object.fromEntries(
    Object.entries(transposed).map(([name, flags]) => [
      `matmul-${name}`,
      {
        title: `matmul 512³, ${name}`,
        flop: 2 * 512 ** 3,
        make: (tf) => product(tf, flags, 512),
        atLeast: 30,
      },
    ]),
  ),
  mlp: { title: 'MLP 784-64-64-10, a step', isStep: true, make: mlp, atMost: 0.9, native: { atMost: 1.2 } },
  lstm: { title: 'LSTM 64, 50 steps of 32, a step', isStep: true, make: lstm, ratio: 4 },
  normalized: { title: 'separable CNN with batch norm, a step', isStep: true, make: normalized },
  cnn: {
    title: 'CNN 32-64-64 on 32×32×3, a step',
    isStep: true,
    make: cnn,
    atMost: 60,
    native: { toTorch: 1.5 },
  },
  adam: {
    title: 'Adam, 10⁶ parameters in 20 tensors',
    make: (tf) => update(tf, 'adam'),
    atMost: 0.5,
    native: { atMost: 1.1 },
  },
};
