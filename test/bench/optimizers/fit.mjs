// Steps of training.fit, beside bare steps of training.compileStep that do the same: on batches that were cut before, and
// on samples that are shuffled and cut on the way; in one process and in turns. What counts is the time of the processor:
// on a machine that others use as well, that on the clock tells of them.
import { backend, datasets, optimizers, tf, training } from '../../../dist/src/index.js';
import { quantile } from '../figures.mjs';

export const name = 'fit';

/** What fit may add to a step. */
const LIMIT = 1.05;
const BATCH = 32;
const STEPS = 50;
/** Models of either kind: where memory puts them makes steps faster or slower by some percent. */
const PAIRS = 7;
const ROUNDS = 4;
/** Calls of fit have something to prepare: real ones have epochs, and take a while. */
const LEAST_EPOCHS = 4;
const LEAST_MS = 100;

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
  const kinds = {
    batches: {
      bare: (step) => {
        for (const batch of batches) step(...batch);
      },
      trained: (model, epochs) => training.fit(model, batches, { epochs }),
    },
    'shuffled samples': {
      bare: (step) => {
        const order = Int32Array.from(tf.util.createShuffledIndices(BATCH * STEPS));
        for (let at = 0; at < order.length; at += BATCH) {
          const places = tf.tensor1d(order.subarray(at, at + BATCH), 'int32');
          const batch = [tf.gather(x, places), tf.gather(y, places)];
          step(...batch);
          tf.dispose([places, ...batch]);
        }
      },
      trained: (model, epochs, seed) => training.fit(model, [x, y], { epochs, batchSize: BATCH, seed }),
    },
  };
  const pairs = [];
  for (let n = 0; n < PAIRS; n++) {
    const [bare, fitted] = [0, 1].map(() => {
      const model = tf.sequential({ layers: make() });
      model.compile({ ...compile, optimizer: optimizers.sgd({ learningRate: 0.01, momentum: 0.9 }) });
      return model;
    });
    pairs.push({ step: training.compileStep(bare), fitted, models: [bare, fitted] });
  }
  const wanted = Math.max(LEAST_MS, milliseconds / PAIRS / ROUNDS / 2);
  const epochs = Math.max(LEAST_EPOCHS, Math.round(wanted / timeOf(() => kinds.batches.bare(pairs[0].step))));
  const rows = [];
  for (const [kind, { bare, trained }] of Object.entries(kinds)) {
    const results = [];
    for (const { step, fitted } of pairs) {
      results.push(
        await compare(
          epochs,
          () => bare(step),
          (seed) => trained(fitted, epochs, seed),
        ),
      );
    }
    const middle = (of) => quantile(results.map(of), 0.5);
    rows.push({
      title: `${title}, ${kind}`,
      ours: middle(({ ours }) => ours),
      reference: ['compileStep', middle(({ reference }) => reference)],
      unit: 'µs a step',
      ratio: middle(({ ours, reference }) => ours / reference),
      limit: LIMIT,
    });
  }
  for (const { models } of pairs) for (const model of models) model.dispose();
  tf.dispose([x, y, batches]);
  return rows;
}

/** What a step of each takes, where `bare` is an epoch of bare steps and `trained` trains `epochs`. */
async function compare(epochs, bare, trained) {
  const times = { bare: [], fit: [] };
  for (let round = 0; round < ROUNDS + 1; round++) {
    let begin = busyTime();
    for (let epoch = 0; epoch < epochs; epoch++) bare();
    const bareTime = busyTime() - begin;
    begin = busyTime();
    await trained(round);
    const fitTime = busyTime() - begin;
    // The first round makes everything warm.
    if (round === 0) continue;
    times.bare.push(bareTime / epochs / STEPS);
    times.fit.push(fitTime / epochs / STEPS);
  }
  // Caches that others use as well make the other ones longer.
  return { ours: Math.min(...times.fit), reference: Math.min(...times.bare) };
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
