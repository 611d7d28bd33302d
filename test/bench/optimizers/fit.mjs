// Steps of training.fit, beside bare steps of training.compileStep on batches of the same sizes that were cut before, in
// one process and in turns. What counts is the time of the processor: on a machine that others use as well, that on the
// clock tells of them.
import { backend, datasets, optimizers, tf, training } from '../../../dist/src/index.js';
import { quantile } from '../figures.mjs';

export const name = 'fit';

/** What fit may add to a step. */
const LIMIT = 1.05;
const BATCH = 32;
const STEPS = 50;
const LEAST_ROUNDS = 9;

const { layers } = tf;

const MODELS = [
  {
    title: 'MLP 784-64-64-10',
    shape: [784],
    make: () => [
      layers.dense({ units: 64, activation: 'relu', inputShape: [784] }),
      layers.dense({ units: 64, activation: 'relu' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  },
  {
    title: 'CNN 16, 32, dense 64, 10 on 28×28',
    shape: [28, 28, 1],
    make: () => [
      layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 64, activation: 'relu' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  },
];

function dataFor(shape) {
  const { x, y } = datasets.digits({ samples: BATCH * STEPS, seed: 1 });
  return [
    tf.tensor(x).reshape([x.length, ...shape]),
    tf.tidy(() => tf.oneHot(tf.tensor1d(y, 'int32'), 10).toFloat()),
  ];
}

const compile = { loss: 'categoricalCrossentropy' };

async function measure({ title, shape, make }, milliseconds) {
  const [x, y] = dataFor(shape);
  const batches = Array.from({ length: STEPS }, (_, i) =>
    [x, y].map((one) =>
      tf.slice(one, [i * BATCH, ...one.shape.slice(1).map(() => 0)], [BATCH, ...one.shape.slice(1)]),
    ),
  );
  const [bare, fitted] = [0, 1].map(() => {
    const model = tf.sequential({ layers: make() });
    model.compile({ ...compile, optimizer: optimizers.sgd({ learningRate: 0.01, momentum: 0.9 }) });
    return model;
  });
  const step = training.compileStep(bare);
  const epochs = Math.max(1, Math.round(milliseconds / LEAST_ROUNDS / 2 / timeOfEpoch(step, batches)));
  const times = { bare: [], fit: [] };
  for (let round = 0; round < LEAST_ROUNDS + 1; round++) {
    let begin = busyTime();
    for (let epoch = 0; epoch < epochs; epoch++) for (const [bx, by] of batches) step(bx, by);
    const bareTime = busyTime() - begin;
    begin = busyTime();
    await training.fit(fitted, [x, y], { epochs, batchSize: BATCH, seed: round });
    const fitTime = busyTime() - begin;
    // The first round makes everything warm.
    if (round === 0) continue;
    times.bare.push(bareTime / epochs / STEPS);
    times.fit.push(fitTime / epochs / STEPS);
  }
  const [ours, reference] = [quantile(times.fit, 0.5), quantile(times.bare, 0.5)];
  const ratio = quantile(
    times.fit.map((time, i) => time / times.bare[i]),
    0.5,
  );
  for (const model of [bare, fitted]) model.dispose();
  tf.dispose([x, y, batches]);
  return { title, ours, reference: ['compileStep', reference], unit: 'µs a step', ratio, limit: LIMIT };
}

/** Microseconds of the processor. */
function busyTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function timeOfEpoch(step, batches) {
  for (const [bx, by] of batches) step(bx, by);
  const begin = performance.now();
  for (const [bx, by] of batches) step(bx, by);
  return performance.now() - begin;
}

export async function run({ milliseconds }) {
  await backend.use('wasm');
  const rows = [];
  for (const model of MODELS) rows.push(await measure(model, milliseconds));
  return rows;
}
