// The range test of learning rates: N of its steps against N bare compiled steps on the same batches, in turns.
import { backend, tf } from '../../../dist/src/backend/index.js';
import { compileStep, findLearningRate } from '../../../dist/src/training/index.js';
import { quantile } from '../figures.mjs';

export const name = 'rates';

const ROUNDS = 15;
const STEPS = 200;
const BATCH = 32;
/** What the range test may add to its steps. */
const LIMIT = 1.05;

const { dense } = tf.layers;

/** The network of the digits, 784-64-64-10. */
function network() {
  const model = tf.sequential({
    layers: [
      dense({ units: 64, activation: 'relu', inputShape: [784] }),
      dense({ units: 64, activation: 'relu' }),
      dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(1e-4), loss: 'categoricalCrossentropy' });
  return model;
}

/** The network, and batches for all steps, of the samples that the range test is given as a whole. */
function problem() {
  const samples = STEPS * BATCH;
  const x = tf.randomUniform([samples, 784], 0, 1, 'float32', 1);
  const classes = Int32Array.from({ length: samples }, (_, i) => i % 10);
  const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(classes, 'int32'), 10), 'float32'));
  const batches = Array.from({ length: STEPS }, (_, i) =>
    [x, y].map((all) => tf.slice(all, i * BATCH, BATCH)),
  );
  return { model: network(), x, y, batches };
}

async function time(act) {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}

/** Prints a table; a limit that is missed sets the exit code. */
export async function run() {
  await backend.use('wasm');
  const { model, x, y, batches } = problem();
  const step = compileStep(model);
  const range = { min: 1e-7, max: 1e-5, steps: STEPS, batchSize: BATCH };
  const order = tf.util.createShuffledIndices(STEPS * BATCH);
  const gathered = () => {
    for (let at = 0; at < order.length; at += BATCH) {
      const rows = tf.tensor1d(Int32Array.from(order.subarray(at, at + BATCH)), 'int32');
      const batch = [tf.gather(x, rows), tf.gather(y, rows)];
      step(...batch);
      tf.dispose([rows, ...batch]);
    }
  };
  const given = () => {
    for (const [a, b] of batches) step(a, b);
  };
  // Each way of giving the data, by the bare steps that do the same.
  const pairs = {
    batches: [given, () => findLearningRate(model, batches, range)],
    'shuffled samples': [gathered, () => findLearningRate(model, [x, y], range)],
  };
  const times = Object.fromEntries(Object.keys(pairs).map((data) => [data, [[], []]]));
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [data, ways] of Object.entries(pairs)) {
      for (const [i, act] of ways.entries()) {
        const milliseconds = await time(act);
        // The first round warms up.
        if (round >= 0) times[data][i].push(milliseconds);
      }
    }
  }
  report(times);
}

function report(times) {
  console.log(`| ${STEPS} steps on | bare, ms | findLearningRate, ms | ratio | limit ${LIMIT} |`);
  console.log('| --- | --- | --- | --- | --- |');
  for (const [data, [bare, search]] of Object.entries(times)) {
    // The fastest tenth: what else the machine does makes the others slow.
    const [least, most] = [bare, search].map((all) => quantile(all, 0.1));
    const ratio = most / least;
    if (ratio > LIMIT) process.exitCode = 1;
    const verdict = ratio <= LIMIT ? 'kept' : '**missed**';
    console.log(`| ${data} | ${least.toFixed(1)} | ${most.toFixed(1)} | ${ratio.toFixed(3)} | ${verdict} |`);
  }
}
