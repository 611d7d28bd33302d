import { resolve } from 'node:path';
import { type JsonObject, type Notebook, NotebookError, readNotebook } from '../../notebook/notebook.ts';
import { prepareResults, resultPaths } from './results.ts';

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
  const { ipynb, html } = resultPaths(path, options.outputDir);
  const both = !options.html && !options.ipynb;
  return {
    name,
    path,
    notebook,
    ...(both || options.ipynb ? { ipynb } : {}),
    ...(both || options.html ? { html } : {}),
  };
}

/** Reads and checks all notebooks, and that their results can be written, before any is run. */
export async function plan(names: readonly string[], options: PlanOptions): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const name of names) jobs.push(await planOne(name, options));
  await prepareResults(jobs, options.outputDir);
  return jobs;
}
