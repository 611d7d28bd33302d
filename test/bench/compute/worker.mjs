// A process that computes on one back end: it is sent the name of a task and a time, and answers with the
// milliseconds of each step.
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { tasks } from './tasks.mjs';

const { tf, backend } = await import('../../../dist/src/backend/index.js');
const [name] = process.argv.slice(2);

/** The wasm back end as tfjs brings it, without our kernels. */
async function startStock() {
  const require = createRequire(import.meta.url);
  const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  // Ours would start with the engine.
  await require('@tensorflow/tfjs-core').setBackend('wasm');
}

await (name === 'stock' ? startStock() : backend.use(name));
const steps = new Map();

function measure(task, options, milliseconds) {
  const key = JSON.stringify([task, options]);
  if (!steps.has(key)) {
    steps.set(key, tasks[task].make(tf, options));
    // V8 compiles what is called often anew, and better.
    for (const end = performance.now() + milliseconds; performance.now() < end; ) steps.get(key)();
  }
  const times = [];
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    const begin = performance.now();
    steps.get(key)();
    times.push(performance.now() - begin);
  }
  return times;
}

process.on('message', ({ task, options, milliseconds }) => {
  try {
    process.send({ times: measure(task, options, milliseconds) });
  } catch (error) {
    process.send({ failure: String(error.message).split('\n')[0] });
  }
});
process.send({ started: tf.getBackend() });
