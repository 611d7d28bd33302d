// `npm run bench compute`: what operations and training steps cost on the embedded engine, and, in the same run and
// in turns with it, on tfjs's stock wasm back end, on native TensorFlow where it is installed, and in PyTorch where
// `$PYTHON` (python3) has it.
import { parseArgs } from 'node:util';
import { startNode, startTorch } from './compute/computers.mjs';
import { tasks } from './compute/tasks.mjs';
import { machineNow, quantile } from './figures.mjs';

const ROUNDS = 3;
const OPTIONS = {
  only: { type: 'string', default: '' },
  milliseconds: { type: 'string', default: '500' },
  // The tenth of the steps that nothing else on the machine disturbed; 0 on a busy one.
  quantile: { type: 'string', default: '0.1' },
  // 'processor' counts what the process computes, not what it waits for on a busy machine.
  clock: { type: 'string', default: 'wall' },
};

const isCompiled = (name) => name.endsWith('compiled');

/** Milliseconds of a step on each of the computers; or why there are none. */
async function measure(computers, question, { rounds = ROUNDS, part }) {
  const all = new Map(Object.keys(computers).map((name) => [name, []]));
  if (!tasks[question.task].isStep)
    for (const name of all.keys()) if (isCompiled(name)) all.set(name, undefined);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, computer] of Object.entries(computers)) {
      if (!Array.isArray(all.get(name))) continue;
      const { times, failure } = await computer.ask(question);
      all.set(name, failure ?? [...all.get(name), ...times]);
    }
  }
  return Object.fromEntries(
    [...all].map(([name, times]) => [name, Array.isArray(times) ? quantile(times, part) : times]),
  );
}

const show = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));

function cell(value, flop) {
  if (value === undefined) return '';
  if (typeof value !== 'number') return 'fails';
  return flop === undefined ? `${show(value)} ms` : `${(flop / value / 1e6).toFixed(0)} GFLOP/s`;
}

/** The better of the two ways in which the embedded engine trains. */
const ours = ({ embedded, compiled }) =>
  typeof compiled === 'number' ? Math.min(embedded, compiled) : embedded;

/** What is to be reached, and whether it is. */
function limitOf({ flop, atMost, atLeast, ratio }, values) {
  const { stock } = values;
  const embedded = ours(values);
  if (atLeast !== undefined) return [`≥ ${atLeast} GFLOP/s`, flop / embedded / 1e6 >= atLeast];
  if (atMost !== undefined) return [`≤ ${atMost} ms`, embedded <= atMost];
  if (ratio !== undefined)
    return [`${ratio} × stock`, typeof stock !== 'number' || stock / embedded >= ratio];
  return ['', undefined];
}

function row(task, values) {
  const { stock } = values;
  const [limit, isKept] = limitOf(task, values);
  const faster = typeof stock === 'number' ? `${(stock / ours(values)).toFixed(1)} ×` : '';
  const verdict = isKept === undefined ? '' : isKept ? 'kept' : '**missed**';
  return [
    task.title,
    ...Object.values(values).map((value) => cell(value, task.flop)),
    faster,
    limit,
    verdict,
  ];
}

function print(rows) {
  rows.splice(
    1,
    0,
    rows[0].map(() => '---'),
  );
  console.log(`${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}

/** What native TensorFlow is to reach: the better of its two ways. */
function nativeRow({ title, native }, values) {
  const best = Math.min(...['native', 'native compiled'].map((name) => values[name]).filter(Number.isFinite));
  const torch = values['PyTorch, 2 threads'];
  const { atMost, toTorch } = native;
  if (!Number.isFinite(best) || (toTorch && !Number.isFinite(torch))) return undefined;
  const limit = atMost === undefined ? `≤ ${toTorch} × PyTorch on 2 threads` : `≤ ${atMost} ms`;
  const isKept = atMost === undefined ? best <= toTorch * torch : best <= atMost;
  return [title, cell(best), cell(torch), limit, isKept ? 'kept' : '**missed**'];
}

async function printTasks(computers, { only, milliseconds, clock, quantile: part }) {
  const failures = [];
  const natives = [['native', 'best', 'PyTorch, 2 threads', 'to reach', '']];
  const rows = [['', ...Object.keys(computers), 'than stock', 'to reach', '']];
  for (const [task, about] of Object.entries(tasks)) {
    if (!task.includes(only)) continue;
    const question = { task, clock, milliseconds: Number(milliseconds) };
    const values = await measure(computers, question, { part: Number(part) });
    rows.push(row(about, values));
    const native = about.native && nativeRow(about, values);
    if (native) natives.push(native);
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'string') failures.push(`${about.title}, ${name}: ${value}`);
    }
  }
  print(rows);
  if (natives.length > 1) print(natives);
  if (failures.length > 0) console.log(`${failures.join('\n')}\n`);
}

const BATCHES = [1, 4, 16, 64, 256, 1024];
const WIDTHS = [16, 64, 256, 1024];

/** Time against the size of what is computed: the first column is the overhead, the last the slope. */
async function printGrowth(computers, { milliseconds, clock, quantile: part }) {
  const series = [
    ['MLP 784-64-64-10, batch', 'mlp', BATCHES.map((batch) => ({ batch }))],
    ['MLP of batch 32, width', 'mlp', WIDTHS.map((width) => ({ width }))],
    ['CNN 32-64-64, batch', 'cnn', [1, 8, 64].map((batch) => ({ batch }))],
  ];
  for (const [title, task, sizes] of series) {
    const rows = [[title, ...sizes.flatMap(Object.values)]];
    const columns = [];
    for (const options of sizes) {
      const question = { task, options, clock, milliseconds: Number(milliseconds) / 2 };
      columns.push(await measure(computers, question, { rounds: 2, part: Number(part) }));
    }
    for (const name of Object.keys(computers))
      rows.push([name, ...columns.map((values) => cell(values[name]))]);
    print(rows);
  }
}

/** Of a process of its own. */
async function printRest({ clock }) {
  const embedded = await startNode('wasm');
  const { [clock]: milliseconds, bytes } = embedded.ready;
  const { growth, failure } = await embedded.ask({ task: 'mlp', count: 10_000 });
  embedded.stop();
  if (failure) throw new Error(failure);
  const rows = [['embedded', '', 'to reach', '']];
  const line = (title, value, limit, unit) =>
    rows.push([
      title,
      `${value.toFixed(0)} ${unit}`,
      `≤ ${limit} ${unit}`,
      value <= limit ? 'kept' : '**missed**',
    ]);
  line('tf ready from nothing, with a first product', milliseconds, 200, 'ms');
  line('memory of that', bytes / 2 ** 20, 90, 'MiB');
  line('10,000 steps of the MLP: tensors more', growth.tensors, 0, '');
  line('memory more', growth.bytes / 2 ** 20, 1, 'MiB');
  print(rows);
}

export async function main(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (!['wall', 'processor'].includes(values.clock)) {
    throw new RangeError(`--clock is ${values.clock}; it must be wall or processor`);
  }
  const started = [
    ['embedded', await startNode('wasm')],
    ['compiled', await startNode('compiled')],
    ['stock', await startNode('stock')],
    ['native', await startNode('native', true)],
    ['native compiled', await startNode('native compiled', true)],
    ['PyTorch', await startTorch(1)],
    ['PyTorch, 2 threads', await startTorch(2)],
  ];
  const computers = Object.fromEntries(started.filter(([, computer]) => computer !== undefined));
  try {
    await printTasks(computers, values);
    if (values.only === '') {
      await printGrowth(computers, values);
      await printRest(values);
    }
  } finally {
    for (const computer of Object.values(computers)) computer.stop();
  }
  const { machine, load } = machineNow();
  const torch = computers.PyTorch ? `, PyTorch ${computers.PyTorch.version} on one thread and on two` : '';
  console.log(
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${load.join(' ')}${torch}.`,
  );
}
