// Times descent beside Deno's kernel and ipykernel: installs what is there into a temporary folder,
// runs kernel.py over it, prints one JSON object and a Markdown table.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { denoPath, installDeno } from './kernelDeno.mjs';
import { summarize } from './kernelSummary.mjs';
import { table } from './kernelTable.mjs';
import { measurePlain } from './plainLoop.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');

function venvPython() {
  const setup = join(root, 'test/config/python/setup.mjs');
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
  return JSON.parse(execFileSync(process.execPath, [setup, '--no-browser'], options)).python;
}

/** The environment of the kernels: an empty home, and only the kernelspecs put there. */
function environment(home) {
  const share = join(home, '.local/share/jupyter');
  return {
    PATH: process.env.PATH,
    LANG: process.env.LANG ?? 'C.UTF-8',
    HOME: home,
    JUPYTER_PATH: share,
    JUPYTER_DATA_DIR: share,
    JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
    IPYTHONDIR: join(home, 'ipython'),
    DENO_NO_UPDATE_CHECK: '1',
  };
}

/** Installs the built kernel; returns its `node`, or undefined when there is no build. */
function installDescent(home, env) {
  const program = process.env.DESCENT_MAIN ?? join(root, 'dist/kernel/main.js');
  if (!existsSync(program)) return undefined;
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 60_000 };
  execFileSync(process.execPath, [program, 'install', '--prefix', join(home, '.local')], options);
  const spec = join(home, '.local/share/jupyter/kernels/descent/kernel.json');
  return JSON.parse(readFileSync(spec, 'utf8')).argv[0];
}

/** Runs kernel.py and returns one record a session. */
async function measure(python, env, args) {
  const child = spawn(python, [join(here, 'kernel.py'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('close', resolve));
  const limit = setTimeout(() => child.kill(), 45 * 60_000);
  const records = [];
  for await (const line of createInterface({ input: child.stdout })) records.push(JSON.parse(line));
  const code = await exited;
  clearTimeout(limit);
  if (code !== 0) throw new Error(`kernel.py ended with ${code ?? child.signalCode}`);
  return records;
}

export async function main(argv) {
  const options = {
    quick: { type: 'boolean', default: false },
    repetitions: { type: 'string' },
    output: { type: 'string' },
    check: { type: 'boolean', default: false },
  };
  const { values } = parseArgs({ args: argv, options });
  const repetitions = values.repetitions ?? (values.quick ? '2' : '7');
  const home = mkdtempSync(join(tmpdir(), 'descent-bench-'));
  try {
    const env = environment(home);
    const python = venvPython();
    const node = installDescent(home, env);
    const deno = denoPath();
    if (deno !== undefined) installDeno(deno, env);
    const kernels = [...(node ? ['descent'] : []), ...(deno ? ['deno'] : []), 'python3'];
    if (node === undefined)
      console.error('dist/ has no kernel: run npm run build first; timing the others only');
    if (deno === undefined) console.error('no deno: set DENO, or put it on PATH (npm package "deno")');
    const size = values.quick ? ['--cells', '30', '--interrupts', '3'] : [];
    const plain = measurePlain(node ?? process.execPath, home);
    const records = await measure(python, env, ['--repetitions', repetitions, ...size, ...kernels]);
    const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
    const summary = { machine, repetitions: Number(repetitions), plain, ...summarize(records, plain) };
    console.log(JSON.stringify(summary));
    console.log(`\n${table(summary)}`);
    if (values.output) writeFileSync(values.output, `${JSON.stringify({ ...summary, records }, null, 1)}\n`);
    if (values.check && summary.lines.some((line) => line.pass === false)) process.exitCode = 1;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
