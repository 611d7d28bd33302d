// `npm run bench compute`: what operations and training steps cost on the embedded engine, and, in the same run and
// in turns with it, on tfjs's stock wasm back end.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tasks } from './compute/tasks.mjs';
import { machineNow, quantile } from './figures.mjs';

const ROUNDS = 3;

async function start(name) {
  const child = fork(join(import.meta.dirname, 'compute/worker.mjs'), [name], { execArgv: process.execArgv });
  await once(child, 'message');
  return child;
}

async function ask(child, question) {
  const answer = once(child, 'message');
  child.send(question);
  const [{ times, failure }] = await answer;
  return times ?? failure;
}

/** The tenth that nothing else on the machine disturbed, over all rounds, for each back end; or why it has none. */
async function measure(children, task, milliseconds) {
  const all = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, child] of Object.entries(children)) {
      if (typeof all.get(name) === 'string') continue;
      const answer = await ask(child, { task, milliseconds });
      all.set(name, typeof answer === 'string' ? answer : [...(all.get(name) ?? []), ...answer]);
    }
  }
  return Object.fromEntries(
    [...all].map(([name, times]) => [name, typeof times === 'string' ? times : quantile(times, 0.1)]),
  );
}

function cell(value, flop) {
  if (typeof value === 'string') return 'fails';
  return flop === undefined ? `${value.toPrecision(3)} ms` : `${(flop / value / 1e6).toFixed(1)} GFLOP/s`;
}

function row({ title, flop, atMost, atLeast }, { embedded, stock }) {
  const kept = atMost === undefined ? flop / embedded / 1e6 >= atLeast : embedded <= atMost;
  const limit = atMost === undefined ? `≥ ${atLeast} GFLOP/s` : `≤ ${atMost} ms`;
  const ratio = typeof stock === 'number' ? `${(stock / embedded).toFixed(1)} ×` : '';
  return [title, cell(embedded, flop), cell(stock, flop), ratio, limit, kept ? 'kept' : '**missed**'];
}

export async function main(args) {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, milliseconds: { type: 'string', default: '500' } },
  });
  const chosen = Object.entries(tasks).filter(([name]) => name.includes(values.only ?? ''));
  const children = { embedded: await start('wasm'), stock: await start('stock') };
  const rows = [['', 'embedded', 'stock wasm', 'faster', 'limit', '']];
  try {
    for (const [name, task] of chosen) {
      rows.push(row(task, await measure(children, name, Number(values.milliseconds))));
    }
  } finally {
    for (const child of Object.values(children)) child.kill();
  }
  const { machine, load } = machineNow();
  rows.splice(
    1,
    0,
    rows[0].map(() => '---'),
  );
  console.log(rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
  console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${load.join(' ')}.`);
}
