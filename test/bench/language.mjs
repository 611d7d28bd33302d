// Times completion, hover and type warnings of the built kernel through ZeroMQ, prints one JSON object and
// a Markdown table, and says which limits are missed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientOf } from './client.mjs';
import { figureTable, judge, machineNow, quantile, show } from './figures.mjs';
import { measureCells, measureFirst, measureNotebook } from './languageParts.mjs';

/** What is measured, and the limits. */
const FIGURES = [
  { key: 'first_tf', title: 'first completion of a session, `tf.ten`', unit: 'ms', median: 250 },
  { key: 'first_plain', title: 'first completion of a session, `Math.fl`', unit: 'ms', median: 250 },
  { key: 'complete', title: 'completion, typing in a notebook of 60 cells', unit: 'ms', median: 5, p95: 25 },
  { key: 'complete_new', title: '… positions never seen before', unit: 'ms' },
  { key: 'hover', title: 'hover', unit: 'ms', median: 5 },
  { key: 'hover_new', title: '… for the first time', unit: 'ms' },
  { key: 'hover_again', title: '… repeated', unit: 'ms' },
  { key: 'warning', title: 'from the reply to the type warning', unit: 'ms', median: 150 },
  { key: 'cell_without', title: 'trivial cell, without a server', unit: 'ms' },
  { key: 'cell_with', title: 'trivial cell, with the server alive', unit: 'ms' },
  { key: 'cell_ratio', title: '… ratio', unit: '×', median: 1.05 },
  { key: 'rss', title: "the server's memory (RSS) after all this", unit: 'MiB', median: 220 },
  { key: 'rss_plain', title: '… where cells have no toolkit', unit: 'MiB' },
];

/** A line of what Linux tells of a process. */
const stat = (pid, key) =>
  new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

/** The language server among a process's descendants. */
function serverOf(ancestor) {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map();
  for (const pid of processes) {
    try {
      parents.set(Number(pid), Number(stat(pid, 'PPid')));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBelow = (pid) => pid === ancestor || (parents.has(pid) && pid > 1 && isBelow(parents.get(pid)));
  return [...parents.keys()].find((pid) => {
    if (!isBelow(pid)) return false;
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--lsp');
  });
}

/** Resident memory; NaN where there is no process. */
const residentMiB = (pid) => (pid === undefined ? Number.NaN : Number(stat(pid, 'VmRSS')) / 1024);

/** How completions at new positions are spread, which a median hides. */
function spread(distribution) {
  const parts = Object.entries(distribution).map(([name, values]) => {
    const [p10, p50, p90, worst] = [0.1, 0.5, 0.9, 1].map((part) => show(quantile(values, part), 'ms'));
    return `- ${name}: 10 % ${p10}, 50 % ${p50}, 90 % ${p90}, worst ${worst} (${values.length})`;
  });
  return ['Completions at positions never seen before:', ...parts, ''];
}

export async function main(argv) {
  const options = {
    kernels: { type: 'string', default: '7' },
    cells: { type: 'string', default: '200' },
    blocks: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
  };
  const { values } = parseArgs({ args: argv, options });
  const count = (key, quick) => (values.quick ? quick : Number(values[key]));
  const notebook = mkdtempSync(join(tmpdir(), 'descent-bench-'));
  try {
    const { startKernel } = await clientOf();
    const env = { DESCENT_HISTORY: join(notebook, 'history.jsonl') };
    const start = (more = {}) => startKernel({ cwd: notebook, env: { ...env, ...more } });
    const tools = { start, serverOf, residentMiB };
    const measured = {
      ...(await measureFirst(tools, count('kernels', 2))),
      ...(await measureNotebook(tools, count('rounds', 1))),
      ...(await measureCells(tools, count('cells', 50), count('blocks', 2))),
    };
    const lines = FIGURES.map((figure) => judge(figure, measured[figure.key] ?? []));
    const now = machineNow();
    console.log(JSON.stringify({ ...now, lines }));
    console.log(`\n${figureTable({ ...now, lines, more: spread(measured.distribution) })}`);
    if (lines.some(({ missed }) => missed)) process.exitCode = 1;
  } finally {
    rmSync(notebook, { recursive: true, force: true });
  }
}
