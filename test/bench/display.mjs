// Times the display helpers through the built kernel, from the request of a cell to its idle, and measures what
// they weigh in a notebook. Prints one JSON object and a Markdown table, and says which limits are missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientOf } from './client.mjs';
import { HTML, IDLE, LOADED, loops, SIZES, WARM } from './displayCells.mjs';
import { figureTable, judge, machineNow } from './figures.mjs';

/** What is measured, and the limits. */
const FIGURES = [
  {
    key: 'vegaFirst',
    title: '`vegaLite`, 1,000 points with PNG, first of a session',
    unit: 'ms',
    median: 700,
  },
  { key: 'vega', title: '… after the first', unit: 'ms', median: 120 },
  { key: 'plotlyFirst', title: '`plotly`, 1,000 points with PNG, first of a session', unit: 'ms' },
  { key: 'plotly', title: '… after the first', unit: 'ms', median: 250 },
  { key: 'image', title: '`image`, a [64, 28, 28, 1] grid', unit: 'ms', median: 15 },
  { key: 'table', title: '`table`, 10,000 rows', unit: 'ms', median: 20 },
  { key: 'html', title: '`display(html)`', unit: 'ms', median: 2 },
  { key: 'progress', title: '`progress` over 10⁶ iterations, to a bare loop', unit: '×', median: 1.02 },
  { key: 'live', title: '`liveChart`, share of a step of 2 ms a push takes', unit: '%', median: 5 },
  { key: 'liveUpdates', title: '… updates a second', unit: '/s', median: 5 },
  { key: 'plotlySize', title: 'notebook of ten Plotly charts', unit: 'MB', median: 1.2 },
  { key: 'vegaSize', title: 'notebook of ten Vega-Lite charts', unit: 'MB', median: 0.6 },
  { key: 'loaded', title: 'libraries of charts loaded by `display(html)`', unit: '', median: 0 },
];

async function run(client, code, options = {}) {
  const began = performance.now();
  const { outputs, error } = await client.execute(code, { timeout: 120_000, ...options });
  const took = performance.now() - began;
  if (error) throw new Error(`${error.ename}: ${error.evalue}, in\n${code}`);
  return { took, outputs };
}

async function numbersOf(client, code, options) {
  const { outputs } = await run(client, code, options);
  const result = outputs.findLast((output) => output.output_type === 'execute_result');
  return JSON.parse(result.data['text/plain'].slice(1, -1));
}

/** The first chart of a session, in kernels of their own, after a cell that made the data. */
async function measureFirst(start, count) {
  const found = { vegaFirst: [], plotlyFirst: [] };
  for (let round = 0; round < count; round += 1) {
    for (const [key, cell] of [
      ['vegaFirst', WARM.vega],
      ['plotlyFirst', WARM.plotly],
    ]) {
      const client = await start();
      try {
        await run(client, IDLE.data);
        found[key].push((await run(client, cell)).took);
      } finally {
        await client.kill();
      }
    }
  }
  return found;
}

/** The helpers in turn, in one session. */
async function measureWarm(start, rounds) {
  const client = await start();
  try {
    await run(client, IDLE.data);
    const found = Object.fromEntries(Object.keys(WARM).map((key) => [key, []]));
    for (let round = -1; round < rounds; round += 1) {
      for (const [key, cell] of Object.entries(WARM)) {
        const { took } = await run(client, cell);
        if (round >= 0) found[key].push(took);
      }
    }
    return found;
  } finally {
    await client.kill();
  }
}

async function measureLoops(start, rounds) {
  const client = await start();
  try {
    const progress = await numbersOf(client, loops.progress(rounds));
    let updates = 0;
    const onOutput = ({ header }) => {
      if (header.msg_type === 'update_display_data') updates += 1;
    };
    const { share, seconds } = await numbersOf(client, loops.live(10_000), { onOutput });
    return { progress, live: [share], liveUpdates: [updates / seconds] };
  } finally {
    await client.kill();
  }
}

/** The bytes of a notebook's outputs, as they are saved. */
async function measureSizes(start) {
  const found = {};
  for (const [key, cell] of Object.entries(SIZES)) {
    const client = await start();
    try {
      await run(client, IDLE.data);
      let bytes = 0;
      for (let chart = 0; chart < 10; chart += 1) {
        const { outputs } = await run(client, cell);
        bytes += Buffer.byteLength(JSON.stringify(outputs, null, 1));
      }
      found[key] = [bytes / 1e6];
    } finally {
      await client.kill();
    }
  }
  return found;
}

/** Markup in a session of its own, whose time is not that of charts and of the collection of what they left. */
async function measureMarkup(start, rounds) {
  const client = await start();
  try {
    const html = [];
    for (let round = -10; round < rounds; round += 1) {
      const { took } = await run(client, HTML);
      if (round >= 0) html.push(took);
    }
    return { html, loaded: [await numbersOf(client, LOADED)] };
  } finally {
    await client.kill();
  }
}

export async function main(argv) {
  const options = {
    kernels: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '20' },
    quick: { type: 'boolean', default: false },
  };
  const { values } = parseArgs({ args: argv, options });
  const count = (key, quick) => (values.quick ? quick : Number(values[key]));
  const folder = mkdtempSync(join(tmpdir(), 'descent-bench-'));
  try {
    const { startKernel } = await clientOf();
    const env = { DESCENT_HISTORY: join(folder, 'history.jsonl'), DESCENT_TYPECHECK: 'off' };
    const start = () => startKernel({ cwd: folder, env });
    const measured = {
      ...(await measureFirst(start, count('kernels', 1))),
      ...(await measureWarm(start, count('rounds', 3))),
      ...(await measureLoops(start, count('rounds', 3))),
      ...(await measureSizes(start)),
      ...(await measureMarkup(start, 5 * count('rounds', 3))),
    };
    const lines = FIGURES.map((figure) => judge(figure, measured[figure.key] ?? []));
    const now = machineNow();
    console.log(JSON.stringify({ ...now, lines }));
    console.log(`\n${figureTable({ ...now, lines })}`);
    if (lines.some(({ missed }) => missed)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
