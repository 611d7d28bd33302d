// `npm run bench updates`: a step of an optimizer on a million parameters in 20 tensors, on our back ends and, in the
// same run and in turns with them, as tfjs has it, and as PyTorch has it where Python has that.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nativeTensorflow } from '../config/native.mjs';
import { machineNow, quantile } from './figures.mjs';

const ROUNDS = 3;
/** What each column computes on; the limits are those of Adam in milliseconds. */
const COLUMNS = [
  { name: 'wasm', title: 'embedded', limit: 0.5 },
  { name: 'stock wasm', title: 'stock wasm' },
  { name: 'tensorflow', title: 'native', limit: 1.1 },
  { name: 'stock tensorflow', title: 'native, stock' },
  { name: 'cpu', title: 'cpu' },
  { name: 'stock cpu', title: 'stock cpu' },
  { name: 'torch', title: 'PyTorch' },
];

function startTorch() {
  const program = join(import.meta.dirname, 'updates.py');
  return spawn('python3', [program], { stdio: ['pipe', 'pipe', 'ignore', 'ipc'] });
}

function startWorker(name, env) {
  const program = join(import.meta.dirname, 'updatesWorker.mjs');
  return fork(program, [name], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env });
}

/** Where native TensorFlow is: the user's own, or the one for tests and benchmarks. */
async function nativeEnv() {
  if (process.env.DESCENT_TENSORFLOW) return process.env;
  const { folder } = await nativeTensorflow().catch(() => ({}));
  return folder ? { ...process.env, DESCENT_TENSORFLOW: folder } : process.env;
}

/** The process of a column and what it can measure; undefined where it does not start. */
async function open(column, env) {
  const child = column.name === 'torch' ? startTorch() : startWorker(column.name, env);
  const first = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  return Array.isArray(first[0]) ? { ...column, child, rules: first[0] } : undefined;
}

async function ask({ child }, rule, milliseconds) {
  const answer = once(child, 'message');
  child.send({ rule, milliseconds });
  const [times] = await answer;
  return times;
}

const show = (value) => (Number.isFinite(value) ? value.toPrecision(3) : '–');

export async function main(args) {
  const options = { milliseconds: { type: 'string', default: '500' }, only: { type: 'string', default: '' } };
  const { values } = parseArgs({ args, options });
  const columns = [];
  const env = await nativeEnv();
  for (const column of COLUMNS) {
    const opened = await open(column, env);
    if (opened) columns.push(opened);
    else console.error(`${column.title} is not here.`);
  }
  const times = new Map();
  const rules = columns[0].rules.filter((rule) => rule.includes(values.only));
  const at = (column, rule) => times.get(`${column.name} ${rule}`) ?? [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const rule of rules) {
        for (const column of columns.filter((each) => each.rules.includes(rule))) {
          const more = await ask(column, rule, Number(values.milliseconds));
          times.set(`${column.name} ${rule}`, [...at(column, rule), ...more]);
        }
      }
    }
  } finally {
    for (const { child } of columns) child.kill();
  }
  const rows = rules.map((rule) => [rule, ...columns.map((column) => show(quantile(at(column, rule), 0.1)))]);
  const head = ['a step, ms', ...columns.map(({ title }) => title)];
  for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
  for (const column of columns.filter(({ limit }) => limit !== undefined && rules.includes('adam'))) {
    const value = quantile(at(column, 'adam'), 0.1);
    const verdict = value <= column.limit ? 'kept' : '**missed**';
    console.log(`\nAdam, ${column.title}: ${show(value)} ms, limit ${column.limit} ms: ${verdict}`);
  }
  const { machine, load } = machineNow();
  console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${load.join(' ')}.`);
}
