import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { type JsonObject, type Notebook, NotebookError, readNotebook } from '../../notebook/notebook.ts';
import { UsageError } from '../errors.ts';

/** One notebook to run, and where its results go. */
export interface Job {
  /** As the user gave it. */
  name: string;
  path: string;
  notebook: Notebook;
  ipynb?: string;
  html?: string;
}

export interface PlanOptions {
  outputDir?: string;
  html?: boolean;
  ipynb?: boolean;
}

const LANGUAGES = new Set(['typescript', 'javascript', 'ts', 'js']);
/** Kernels of these languages, for notebooks that name a kernel and no language. */
const KERNELS = /descent|tslab|jslab|deno|typescript|javascript/i;

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** Throws a NotebookError for a notebook in another language; one that names none is taken as ours. */
function checkLanguage(path: string, notebook: Notebook): void {
  const kernelspec = object(notebook.metadata.kernelspec);
  const language = kernelspec.language ?? object(notebook.metadata.language_info).name;
  const { name } = kernelspec;
  if (typeof language === 'string' && language !== '') {
    if (LANGUAGES.has(language.toLowerCase())) return;
    const kernel = typeof name === 'string' ? ` (kernel "${name}")` : '';
    throw new NotebookError(`its language is "${language}"${kernel}, expected typescript or javascript`, {
      path,
    });
  }
  if (typeof name === 'string' && !KERNELS.test(name)) {
    throw new NotebookError(`it is for the kernel "${name}", expected one of typescript or javascript`, {
      path,
    });
  }
}

async function planOne(name: string, options: PlanOptions): Promise<Job> {
  const path = resolve(name);
  const notebook = await readNotebook(name);
  checkLanguage(name, notebook);
  const stem = join(options.outputDir ?? dirname(path), basename(path, extname(path)));
  const both = !options.html && !options.ipynb;
  return {
    name,
    path,
    notebook,
    ...(both || options.ipynb ? { ipynb: resolve(`${stem}.executed.ipynb`) } : {}),
    ...(both || options.html ? { html: resolve(`${stem}.html`) } : {}),
  };
}

/** Two jobs must not write one file, and none may write what another reads. */
function refuseCollisions(jobs: readonly Job[]): void {
  const taken = new Map(jobs.map((job) => [job.path, job.name]));
  for (const job of jobs) {
    for (const file of [job.ipynb, job.html]) {
      if (file === undefined) continue;
      const other = taken.get(file);
      if (other !== undefined) {
        throw new UsageError(`${job.name} and ${other} cannot be run together: both are about ${file}`);
      }
      taken.set(file, job.name);
    }
  }
}

/** Reads and checks all notebooks before any is run. */
export async function plan(names: readonly string[], options: PlanOptions): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const name of names) jobs.push(await planOne(name, options));
  refuseCollisions(jobs);
  if (options.outputDir !== undefined) {
    try {
      await mkdir(options.outputDir, { recursive: true });
    } catch (error) {
      throw new UsageError(
        `--output-dir ${options.outputDir} cannot be made: ${(error as NodeJS.ErrnoException).code}`,
      );
    }
  }
  return jobs;
}

/** A link to a notebook that is run as well leads to its page. */
export function linkToPage(href: string, job: Job, jobs: readonly Job[]): string {
  const [, file = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? [];
  if (!file.endsWith('.ipynb') || job.html === undefined) return href;
  let path: string;
  try {
    path = resolve(dirname(job.path), decodeURIComponent(file));
  } catch {
    return href;
  }
  const page = jobs.find((other) => other.path === path)?.html;
  if (page === undefined) return href;
  const steps = relative(dirname(job.html), page).split(sep);
  return steps.map(encodeURIComponent).join('/') + rest;
}
