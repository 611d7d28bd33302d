// Steps of training.fit, beside bare steps of training.compileStep that do the same: on batches that were cut before, and
// on samples that are shuffled and cut on the way; in one process and in turns. What counts is the time of the processor: on a machine that others use as well, that on the
// clock tells of them.
import { backend, datasets, optimizers, tf, training } from '../../../dist/src/index.js';
import { quantile } from '../figures.mjs';

export const name = 'fit';

/** What fit may add to a step. */
const LIMIT = 1.05;
const BATCH = 32;
const STEPS = 50;
const ROUNDS = 25;
/** An epoch in turns is short, and calls of fit have something to prepare: real ones have more of them. */
const LEAST_EPOCHS = 4;

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
  const given = () => {
    for (const batch of batches) step(...batch);
  };
  const gathered = () => {
    const order = Int32Array.from(tf.util.createShuffledIndices(BATCH * STEPS));
    for (let at = 0; at < order.length; at += BATCH) {
      const places = tf.tensor1d(order.subarray(at, at + BATCH), 'int32');
      const batch = [tf.gather(x, places), tf.gather(y, places)];
      step(...batch);
      tf.dispose([places, ...batch]);
    }
  };
  const wanted = Math.round(milliseconds / ROUNDS / 2 / timeOf(given));
  const epochs = Math.max(LEAST_EPOCHS, wanted);
  const rows = [
    await compare('batches', given, () => training.fit(fitted, batches, { epochs }), epochs),
    await compare(
      'shuffled samples',
      gathered,
      (seed) => training.fit(fitted, [x, y], { epochs, batchSize: BATCH, seed }),
      epochs,
    ),
  ];
  for (const model of [bare, fitted]) model.dispose();
  tf.dispose([x, y, batches]);
  return rows.map((row) => ({ ...row, title: `${title}, ${row.title}` }));
}

/** What a step of each takes, where `bare` is an epoch of bare steps and `fitted` trains `epochs`. */
async function compare(title, bare, fitted, epochs) {
  const times = { bare: [], fit: [] };
  for (let round = 0; round < ROUNDS + 1; round++) {
    let begin = busyTime();
    for (let epoch = 0; epoch < epochs; epoch++) bare();
    const bareTime = busyTime() - begin;
    begin = busyTime();
    await fitted(round);
    const fitTime = busyTime() - begin;
    // The first round makes everything warm.
    if (round === 0) continue;
    times.bare.push(bareTime / epochs / STEPS);
    times.fit.push(fitTime / epochs / STEPS);
  }
  // Caches that others use as well make the other ones longer.
  const [ours, reference] = [quantile(times.fit, 0.1), quantile(times.bare, 0.1)];
  const ratio = ours / reference;
  return { title, ours, reference: ['compileStep', reference], unit: 'µs a step', ratio, limit: LIMIT };
}

/** Microseconds of the processor. */
function busyTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Milliseconds that something takes, once it is warm. */
function timeOf(act) {
  act();
  const begin = performance.now();
  act();
  return performance.now() - begin;
}

export async function run({ milliseconds }) {
  await backend.use('wasm');
  const rows = [];
  for (const model of MODELS) rows.push(...(await measure(model, milliseconds)));
  return rows;
}
