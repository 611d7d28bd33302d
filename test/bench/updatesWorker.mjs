// A process that takes steps of optimizers on one back end, ours (`wasm`) or as tfjs brings it (`stock wasm`): it says
// which rules it has, then is sent one and a time and answers with the milliseconds of each step.
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { optimizers, update } from './compute/updates.mjs';

/** tfjs without our kernels and rules. */
async function stock(name) {
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs-core');
  require(`@tensorflow/tfjs-backend-${name}`);
  if (name === 'wasm') {
    const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  }
  console.warn = () => {};
  await tf.setBackend(name);
  return tf;
}

/** Our back ends; with the optimizers that tfjs brings, `byStock`, where nothing else starts the back end. */
async function ours(name, byStock) {
  const core = createRequire(import.meta.url)('@tensorflow/tfjs-core');
  const classes = Object.values(core).filter((each) =>
    Object.hasOwn(each?.prototype ?? {}, 'applyGradients'),
  );
  const stockSteps = classes.map(({ prototype }) => prototype.applyGradients);
  const { tf, backend } = await import('../../dist/src/backend/index.js');
  await backend.use(name);
  for (const [i, { prototype }] of byStock ? classes.entries() : []) {
    Object.defineProperty(prototype, 'applyGradients', { value: stockSteps[i] });
  }
  return tf;
}

const [, isStock, name] = /^(stock )?(.*)$/.exec(process.argv[2]);
const tf = isStock && name !== 'tensorflow' ? await stock(name) : await ours(name, Boolean(isStock));

const steps = new Map();

function run(step, milliseconds) {
  const times = [];
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    const begin = performance.now();
    step();
    times.push(performance.now() - begin);
  }
  return times;
}

process.on('message', ({ rule, milliseconds }) => {
  if (!steps.has(rule)) {
    steps.set(rule, update(tf, rule));
    // V8 compiles what is called often anew, and better.
    run(steps.get(rule), milliseconds);
  }
  process.send(run(steps.get(rule), milliseconds));
});
process.send(Object.keys(optimizers));
