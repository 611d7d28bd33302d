import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { startKernel } from '../../client/start.ts';
import { errorLine, exitCode, UsageError } from '../errors.ts';
import { executeNotebook, type Outcome } from './execute.ts';
import { injectParameters, looksLikeParameter, type Parameters, parseParameters } from './parameters.ts';
import { type Job, type PlanOptions, plan } from './plan.ts';
import { duration, Progress } from './progress.ts';
import { findResults, writeResults } from './results.ts';
import { Stop } from './stop.ts';

export interface RunCommandOptions extends PlanOptions {
  allowErrors?: boolean;
  /** In seconds. */
  timeout?: number;
  parameters?: string[];
}

interface Run {
  jobs: readonly Job[];
  options: RunCommandOptions;
  parameters: Parameters;
  progress: Progress;
  stop: Stop;
}

async function execute(job: Job, run: Run): Promise<Outcome> {
  const client = await startKernel({ cwd: dirname(job.path) });
  const { timeout } = run.options;
  try {
    return await run.stop.guard(client, () =>
      executeNotebook(client, job.notebook, {
        allowErrors: run.options.allowErrors ?? false,
        ...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
        signal: run.stop.signal,
        onCell: (number, total) => run.progress.cell(job.name, number, total),
        onCellEnd: (number, total, ms, state) => run.progress.cellEnd(job.name, number, total, ms, state),
      }),
    );
  } finally {
    run.progress.done(job.name);
    await client.shutdown();
  }
}

/** The last line about a notebook, without its name. */
function summary({ total, allowed, failure }: Outcome, files: string, ms: number): string {
  if (failure)
    return `cell ${failure.cell} of ${total} failed: ${failure.message} (reached so far: ${files})`;
  const failed = allowed === 0 ? '' : `, ${allowed} ${allowed === 1 ? 'cell' : 'cells'} failed (allowed)`;
  return `done in ${duration(ms)}${failed}, wrote ${files}`;
}

async function runJob(job: Job, run: Run): Promise<number> {
  const start = performance.now();
  injectParameters(job.notebook, run.parameters);
  try {
    const outcome = await execute(job, run);
    if (outcome.begun === 0 && outcome.failure) {
      // Results of an earlier run are worth more than empty ones.
      run.progress.line(`descent: ${job.name}: interrupted before its first cell, nothing written`);
      return 1;
    }
    const files = await writeResults(job, run.jobs);
    const line = summary(outcome, files, performance.now() - start);
    run.progress.line(`${outcome.failure ? 'descent: ' : ''}${job.name}: ${line}`);
    return outcome.failure ? 1 : 0;
  } catch (error) {
    run.progress.line(`descent: ${job.name}: ${errorLine(error)}`);
    return exitCode(error);
  }
}

/** `--parameters a=1 b=2 x.ipynb`: what has no `name=` is a notebook. */
function separate(notebooks: readonly string[], parameters: readonly string[]): [string[], Parameters] {
  const stray = parameters.filter((argument) => !looksLikeParameter(argument));
  const wrong = stray.find((argument) => !argument.endsWith('.ipynb'));
  if (wrong !== undefined) {
    throw new UsageError(`--parameters is ${JSON.stringify(wrong)}, expected NAME=VALUE`);
  }
  return [[...notebooks, ...stray], parseParameters(parameters.filter(looksLikeParameter))];
}

/** `descent run`: several notebooks side by side, as many as there are cores. */
export async function run(notebooks: readonly string[], options: RunCommandOptions): Promise<number> {
  const [names, parameters] = separate(notebooks, options.parameters ?? []);
  if (names.length === 0)
    throw new UsageError('no notebook given, expected one or more; see descent run --help');
  const results = findResults(names, options);
  const jobs = await plan(
    names.filter((name) => !results.has(name)),
    options,
  );
  const stop = new Stop();
  const progress = new Progress(process.stderr);
  for (const [name, source] of results) progress.line(`${name}: not run, it is the result of ${source}`);
  const waiting = [...jobs];
  const state: Run = { jobs, options, parameters, progress, stop };
  let exit = 0;
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const job = waiting.shift();
      if (!job) return;
      const code = await runJob(job, state);
      exit = Math.max(exit, code);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), waiting.length) }, work));
  } finally {
    stop.release();
  }
  if (!stop.signal.aborted) return exit;
  if (waiting.length > 0) progress.line(`descent: not started: ${waiting.map((job) => job.name).join(', ')}`);
  return 130;
}
