// A process that computes on one back end: it is sent the name of a task and a time, and answers with the
// milliseconds of each step.
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { tasks } from './tasks.mjs';

/** Milliseconds by the clock, or of the processor, in all threads. */
const CLOCKS = {
  wall: () => performance.now(),
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

const read = () => ({ wall: CLOCKS.wall(), processor: CLOCKS.processor() });

const begin = read();
const before = process.memoryUsage.rss();
const [name] = process.argv.slice(2);
/** The back end of each kind of worker. */
const BACKENDS = { compiled: 'wasm', native: 'tensorflow', 'native compiled': 'tensorflow' };
const isCompiled = name.endsWith('compiled');

/** tfjs as it comes, on its wasm back end: nothing of ours is loaded. */
async function stock() {
  const require = createRequire(import.meta.url);
  const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  const tf = { ...require('@tensorflow/tfjs-core'), ...require('@tensorflow/tfjs-layers') };
  await tf.setBackend('wasm');
  return tf;
}

async function ours() {
  const { tf, backend } = await import('../../../dist/src/backend/index.js');
  await backend.use(BACKENDS[name] ?? name);
  return tf;
}

const tf = await (name === 'stock' ? stock() : ours());
const compileStep = isCompiled
  ? (await import('../../../dist/src/training/index.js')).compileStep
  : undefined;
tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync();
const end = read();
const ready = {
  wall: end.wall - begin.wall,
  processor: end.processor - begin.processor,
  bytes: process.memoryUsage.rss() - before,
};
const steps = new Map();

function measure({ task, options = {}, milliseconds, clock }) {
  const now = CLOCKS[clock];
  const key = JSON.stringify([task, options]);
  if (!steps.has(key)) {
    steps.set(key, tasks[task].make(tf, options, compileStep));
    // V8 compiles what is called often anew, and better.
    for (const end = performance.now() + milliseconds; performance.now() < end; ) steps.get(key)();
  }
  const times = [];
  for (const end = performance.now() + milliseconds; times.length === 0 || performance.now() < end; ) {
    const start = now();
    steps.get(key)();
    times.push(now() - start);
  }
  return times;
}

/** Memory in use, that of wasm with it, once what is free has been collected. */
function inUse() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return { tensors: tf.memory().numTensors, bytes: heapUsed + external };
}

/** What grows in as many steps, after a tenth of them. */
function growth({ task, count }) {
  const step = tasks[task].make(tf, {}, compileStep);
  for (let i = 0; i < count / 10; i += 1) step();
  const first = inUse();
  for (let i = 0; i < count; i += 1) step();
  const last = inUse();
  return { tensors: last.tensors - first.tensors, bytes: last.bytes - first.bytes };
}

process.on('message', (question) => {
  try {
    process.send(question.count ? { growth: growth(question) } : { times: measure(question) });
  } catch (error) {
    process.send({ failure: String(error.message).split('\n')[0] });
  }
});
process.send({ started: tf.getBackend(), ready });
