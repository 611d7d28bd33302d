// The range test of learning rates: steps of it beside as many bare compiled steps on the same batches, in turns. What
// counts is the time of the processor: on a machine that others use as well, that on the clock tells of them.
import { backend, tf } from '../../../dist/src/backend/index.js';
import { compileStep, findLearningRate } from '../../../dist/src/training/index.js';

export const name = 'rates';

const LEAST_ROUNDS = 40;
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

/** Seconds of the processor that something takes. */
async function cpu(act) {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Each way of giving data: the bare steps, and the range test that takes the same. */
function waysOf({ model, x, y, batches }) {
  const step = compileStep(model);
  const range = { min: 1e-7, max: 1e-5, steps: STEPS, batchSize: BATCH };
  const order = Int32Array.from(tf.util.createShuffledIndices(STEPS * BATCH));
  const gathered = () => {
    for (let at = 0; at < order.length; at += BATCH) {
      const rows = tf.tensor1d(order.subarray(at, at + BATCH), 'int32');
      const batch = [tf.gather(x, rows), tf.gather(y, rows)];
      step(...batch);
      tf.dispose([rows, ...batch]);
    }
  };
  const given = () => {
    for (const [a, b] of batches) step(a, b);
  };
  return {
    'range test on batches': [given, () => findLearningRate(model, batches, range)],
    'range test on shuffled samples': [gathered, () => findLearningRate(model, [x, y], range)],
  };
}

/** The rows of the table of `npm run bench optimizers`. */
export async function run({ milliseconds }) {
  await backend.use('wasm');
  const rows = [];
  for (const [title, [bare, search]] of Object.entries(waysOf(problem()))) {
    const times = [[], []];
    await bare();
    await search();
    const end = performance.now() + 2 * milliseconds;
    while (times[0].length < LEAST_ROUNDS || performance.now() < end) {
      times[0].push(await cpu(bare));
      times[1].push(await cpu(search));
    }
    // The least time: caches that others use as well make the other ones longer.
    const [reference, ours] = times.map((all) => (1e3 * Math.min(...all)) / STEPS);
    const named = ['bare compiled steps', reference];
    rows.push({ title, ours, reference: named, unit: 'ms a step', ratio: ours / reference, limit: LIMIT });
  }
  return rows;
}
