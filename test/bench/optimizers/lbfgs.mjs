// L-BFGS on the chained Rosenbrock function of 1000 variables, beside SciPy's L-BFGS-B where `$PYTHON` (python3) has
// it: the same start, memory and tolerance, both with the analytic gradient, in turns.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { minimize } from '../../../dist/src/optimizers/index.js';
import { quantile } from '../figures.mjs';

export const name = 'lbfgs';

const ROUNDS = 3;
const SIZE = 1000;
const LIMIT = 2;
const OPTIONS = { method: 'lbfgs', memory: 10, tolerance: 1e-8, maxIterations: 20_000 };

function rosenbrock(x) {
  let sum = 0;
  for (let i = 0; i + 1 < SIZE; i += 1) {
    const rest = x[i + 1] - x[i] * x[i];
    sum += 100 * rest * rest + (1 - x[i]) * (1 - x[i]);
  }
  return sum;
}

function gradient(x) {
  const out = new Float64Array(SIZE);
  for (let i = 0; i + 1 < SIZE; i += 1) {
    const rest = x[i + 1] - x[i] * x[i];
    out[i] += -400 * x[i] * rest - 2 * (1 - x[i]);
    out[i + 1] += 200 * rest;
  }
  return out;
}

const start = Float64Array.from({ length: SIZE }, (_, i) => (i % 2 === 0 ? -1.2 : 1));

function solve() {
  const begin = performance.now();
  const found = minimize(rosenbrock, start, { ...OPTIONS, gradient });
  const milliseconds = performance.now() - begin;
  if (!found.converged) throw new Error(`L-BFGS stopped for ${found.reason}`);
  return { milliseconds, evaluations: found.evaluations, value: found.value };
}

/** SciPy in a process that solves once for each line that it is sent; undefined where it is not there. */
async function startScipy() {
  const python = process.env.PYTHON ?? 'python3';
  const child = spawn(python, [join(import.meta.dirname, 'lbfgs/reference.py')], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // With more, a busy machine lets one wait for the other at every operation.
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit')]).catch(() => []);
  if (typeof first[0] !== 'string') return undefined;
  const ask = async () => {
    const answer = once(lines, 'line');
    child.stdin.write(`${JSON.stringify({ tolerance: OPTIONS.tolerance, memory: OPTIONS.memory })}\n`);
    return JSON.parse((await answer)[0]);
  };
  return { version: first[0], ask, end: () => child.stdin.end() };
}

/** Solves as often as fit into the time, at least once. */
async function repeat(once, milliseconds) {
  const solved = [];
  for (const end = performance.now() + milliseconds; solved.length === 0 || performance.now() < end; ) {
    solved.push(await once());
  }
  return solved;
}

export async function run({ milliseconds }) {
  const scipy = await startScipy();
  const [ours, theirs] = [[], []];
  // V8 compiles what is called often anew, and better.
  solve();
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(...(await repeat(async () => solve(), milliseconds)));
    if (scipy) theirs.push(...(await repeat(scipy.ask, milliseconds)));
  }
  scipy?.end();
  const best = (solved) =>
    quantile(
      solved.map((each) => each.milliseconds),
      0.1,
    );
  const title = `Rosenbrock, ${SIZE} variables, ${ours[0].evaluations} evaluations`;
  const row = { title, ours: best(ours), unit: 'ms' };
  if (!scipy) return [{ ...row, note: 'no SciPy in $PYTHON' }];
  const reference = [`SciPy ${scipy.version}, ${theirs[0].evaluations} evaluations`, best(theirs)];
  return [{ ...row, reference, ratio: row.ours / reference[1], limit: LIMIT }];
}
