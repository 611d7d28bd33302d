import { availableParallelism } from 'node:os';
import { basename, dirname, relative } from 'node:path';
import { startKernel } from '../../client/start.ts';
import { formatNotebook } from '../../notebook/format.ts';
import { errorLine, exitCode, oneLine, UsageError } from '../errors.ts';
import { replaceFile } from '../files.ts';
import { executeNotebook, type Failure } from './execute.ts';
import { injectParameters, looksLikeParameter, type Parameters, parseParameters } from './parameters.ts';
import { type Job, linkToPage, type PlanOptions, plan } from './plan.ts';
import { duration, Progress } from './progress.ts';
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

async function execute(job: Job, run: Run): Promise<Failure | undefined> {
  const client = await startKernel({ cwd: dirname(job.path) });
  const { timeout } = run.options;
  try {
    return await run.stop.guard(client, () =>
      executeNotebook(client, job.notebook, {
        allowErrors: run.options.allowErrors ?? false,
        ...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
        signal: run.stop.signal,
        onCell: (number, total) => run.progress.cell(job.name, number, total),
        onCellEnd: (number, total, ms, failed) => run.progress.cellEnd(job.name, number, total, ms, failed),
      }),
    );
  } finally {
    run.progress.done(job.name);
    await client.shutdown();
  }
}

/** Writes what was asked for and gives the files' names for a message. */
async function write(job: Job, jobs: readonly Job[]): Promise<string> {
  const written: string[] = [];
  if (job.ipynb !== undefined) {
    await replaceFile(job.ipynb, formatNotebook(job.notebook));
    written.push(job.ipynb);
  }
  if (job.html !== undefined) {
    const { renderPage } = await import('../../page/render.ts');
    const page = renderPage(job.notebook, {
      baseDir: dirname(job.path),
      sourceName: basename(job.path),
      rewriteLink: (href) => linkToPage(href, job, jobs),
    });
    await replaceFile(job.html, page);
    written.push(job.html);
  }
  return written.map((file) => relative('', file)).join(', ');
}

async function runJob(job: Job, run: Run): Promise<number> {
  const start = performance.now();
  injectParameters(job.notebook, run.parameters);
  try {
    const failure = await execute(job, run);
    const files = await write(job, run.jobs);
    if (!failure) {
      run.progress.line(`${job.name}: done in ${duration(performance.now() - start)}, wrote ${files}`);
      return 0;
    }
    const { cell, total, message } = failure;
    run.progress.line(
      `descent: ${job.name}: cell ${cell} of ${total} failed: ${oneLine(message)} (reached so far: ${files})`,
    );
    return 1;
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
  const jobs = await plan(names, options);
  const waiting = [...jobs];
  const stop = new Stop();
  const state: Run = { jobs, options, parameters, progress: new Progress(process.stderr), stop };
  let exit = 0;
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job && !stop.signal.aborted; job = waiting.shift()) {
      const code = await runJob(job, state);
      exit = Math.max(exit, code);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), waiting.length) }, work));
  } finally {
    stop.release();
  }
  return stop.signal.aborted ? 130 : exit;
}
