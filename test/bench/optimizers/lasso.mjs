// Linear models on 1000 samples of 500 features, beside scikit-learn's where `$PYTHON` (python3) has it: the same numbers,
// penalties and, for the lasso, tolerance, in turns.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { lasso, leastSquares, ridge } from '../../../dist/src/linear/index.js';

export const name = 'lasso';

const ROUNDS = 3;
const [ROWS, COLUMNS, USED] = [1000, 500, 20];
const LIMIT = 3;
const TOLERANCE = 1e-6;

/** What is solved; `theirs` is the class of scikit-learn with its options. */
const MODELS = [
  ...[0.3, 0.1, 0.03].map((alpha) => ({
    title: `alpha ${alpha}`,
    ours: (x, y) => lasso(x, y, { alpha, tolerance: TOLERANCE }),
    theirs: ['Lasso', { alpha, tol: TOLERANCE, max_iter: 10_000 }],
    isSparse: true,
  })),
  { title: 'ridge, alpha 1', ours: (x, y) => ridge(x, y), theirs: ['Ridge', { alpha: 1 }] },
  { title: 'least squares', ours: (x, y) => leastSquares(x, y), theirs: ['LinearRegression', {}] },
];

/** Normal numbers by Box and Muller from the generator of Park and Miller: the same in each run. */
function normals(seed) {
  let state = seed;
  const uniform = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function makeData() {
  const normal = normals(1);
  const weights = Float64Array.from({ length: COLUMNS }, (_, j) => (j < USED ? 2 * normal() : 0));
  const x = Array.from({ length: ROWS }, () => Float64Array.from({ length: COLUMNS }, () => normal()));
  const y = Float64Array.from(x, (row) => row.reduce((sum, value, j) => sum + value * weights[j], normal()));
  return { x, y };
}

function solve({ x, y }, model) {
  const begin = performance.now();
  const found = model.ours(x, y);
  const milliseconds = performance.now() - begin;
  const used = found.coefficients.filter((w) => w !== 0).length;
  return { milliseconds, used, intercept: found.intercept };
}

/** scikit-learn in a process that fits once for each line that it is sent; undefined where it is not there. */
async function startReference({ x, y }) {
  const folder = await mkdtemp(join(tmpdir(), 'lasso-'));
  const file = join(folder, 'data');
  await writeFile(file, Buffer.concat([...x, y].map((row) => Buffer.from(row.buffer))));
  const python = process.env.PYTHON ?? 'python3';
  const args = [join(import.meta.dirname, 'lasso/reference.py'), file, String(ROWS), String(COLUMNS)];
  const child = spawn(python, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit')]).catch(() => []);
  const ask = async (model) => {
    const answer = once(lines, 'line');
    child.stdin.write(`${JSON.stringify(model)}\n`);
    return JSON.parse((await answer)[0]);
  };
  const end = async () => {
    child.stdin.end();
    await rm(folder, { recursive: true, force: true });
  };
  if (typeof first[0] === 'string') return { version: first[0], ask, end };
  await end();
  return undefined;
}

/** Solves as often as fit into the time, at least three times. */
async function repeat(once, milliseconds) {
  const solved = [];
  for (const end = performance.now() + milliseconds; solved.length < 3 || performance.now() < end; ) {
    solved.push(await once());
  }
  return solved;
}

/** The fastest: on a busy machine all others have waited, the longer ones more. */
const best = (solved) => Math.min(...solved.map((each) => each.milliseconds));

async function compare(data, reference, model, milliseconds) {
  const [ours, theirs] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(...(await repeat(async () => solve(data, model), milliseconds)));
    if (reference) theirs.push(...(await repeat(() => reference.ask(model.theirs), milliseconds)));
  }
  const features = model.isSparse ? `, ${ours[0].used} features used` : '';
  const title = `${ROWS} × ${COLUMNS}, ${model.title}${features}`;
  const row = { title, ours: best(ours), unit: 'ms' };
  if (!reference) return { ...row, note: 'no scikit-learn in $PYTHON' };
  if (Math.abs(theirs[0].intercept - ours[0].intercept) > 1e-3) throw new Error('the models differ');
  const time = best(theirs);
  const name = `scikit-learn ${reference.version}${model.isSparse ? `, ${theirs[0].used} used` : ''}`;
  return { ...row, reference: [name, time], ratio: row.ours / time, limit: LIMIT };
}

export async function run({ milliseconds }) {
  const data = makeData();
  const reference = await startReference(data);
  // V8 compiles what is called often anew, and better.
  for (const model of MODELS) {
    for (let i = 0; i < 10; i += 1) solve(data, model);
  }
  const rows = [];
  for (const model of MODELS) rows.push(await compare(data, reference, model, milliseconds / MODELS.length));
  await reference?.end();
  return rows;
}
