import { basename, dirname, extname, relative, resolve } from 'node:path';
import { makeFolder } from '../../install/folders.ts';
import { formatNotebook } from '../../notebook/format.ts';
import { reasonOf } from '../../notebook/reason.ts';
import { UsageError } from '../errors.ts';
import { checkReplaceable, realTarget, replaceFile } from '../files.ts';
import { linkFromPage } from './links.ts';
import type { Job, PlanOptions } from './plan.ts';

/** Where the results of the notebook at `path` go, whichever of them are asked for. */
export function resultPaths(
  path: string,
  outputDir: string = dirname(path),
): { ipynb: string; html: string } {
  const stem = resolve(outputDir, basename(path, extname(path)));
  return { ipynb: `${stem}.executed.ipynb`, html: `${stem}.html` };
}

/**
 * The notebooks that are results of others among those given, with the one that each is of:
 * `*.ipynb` names what an earlier run has written as well.
 */
export function findResults(names: readonly string[], options: PlanOptions): Map<string, string> {
  const results = new Map<string, string>();
  for (const name of names) {
    results.set(resultPaths(resolve(name)).ipynb, name);
    results.set(resultPaths(resolve(name), options.outputDir).ipynb, name);
  }
  return new Map(
    names.flatMap((name) => {
      const source = results.get(resolve(name));
      return source === undefined ? [] : [[name, source] as const];
    }),
  );
}

function filesOf(job: Job): string[] {
  return [job.ipynb, job.html].filter((file) => file !== undefined);
}

/** As the user would name it. */
function shown(file: string): string {
  return relative('', file);
}

function cannotWrite(file: string, error: unknown): UsageError {
  return new UsageError(`${shown(file)} cannot be written: ${reasonOf(error)}`, { cause: error });
}

/** Two jobs must not write one file, and none may write what one reads, also not through links. */
async function refuseCollisions(jobs: readonly Job[]): Promise<void> {
  const read = new Map<string, string>();
  for (const job of jobs) read.set(await realTarget(job.path), job.name);
  const written = new Map<string, string>();
  for (const job of jobs) {
    for (const file of filesOf(job)) {
      const target = await realTarget(file).catch((error: unknown) => {
        throw cannotWrite(file, error);
      });
      const source = read.get(target);
      if (source !== undefined) {
        throw new UsageError(`${job.name} cannot be run: its result ${shown(file)} would replace ${source}`);
      }
      const other = written.get(target);
      if (other !== undefined) {
        throw new UsageError(`${other} and ${job.name} cannot be run together: both write ${shown(target)}`);
      }
      written.set(target, job.name);
    }
  }
}

/** Makes the output folder and throws a UsageError for results that could not be written in the end. */
export async function prepareResults(jobs: readonly Job[], outputDir: string | undefined): Promise<void> {
  await refuseCollisions(jobs);
  if (outputDir !== undefined) {
    try {
      makeFolder(resolve(outputDir));
    } catch (error) {
      throw new UsageError(`--output-dir ${outputDir} cannot be made: ${reasonOf(error)}`);
    }
  }
  for (const file of jobs.flatMap(filesOf)) {
    await checkReplaceable(file).catch((error: unknown) => {
      throw cannotWrite(file, error);
    });
  }
}

async function write(file: string, content: string): Promise<void> {
  await replaceFile(file, content).catch((error: unknown) => {
    throw cannotWrite(file, error);
  });
}

/** Writes what was asked for and gives the files' names for a message. */
export async function writeResults(job: Job, jobs: readonly Job[]): Promise<string> {
  const { ipynb, html } = job;
  if (ipynb !== undefined) await write(ipynb, formatNotebook(job.notebook));
  if (html !== undefined) {
    const { renderPage } = await import('../../page/render.ts');
    const page = renderPage(job.notebook, {
      baseDir: dirname(job.path),
      sourceName: basename(job.path),
      rewriteLink: (href) => linkFromPage(href, { folder: dirname(job.path), page: html }, jobs),
    });
    await write(html, page);
  }
  return filesOf(job).map(shown).join(', ');
}
