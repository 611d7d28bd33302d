import type { KernelClient } from '../../client/client.ts';
import { KernelDiedError, KernelTimeoutError } from '../../client/errors.ts';
import type { CodeCell, JsonObject, Notebook, Output } from '../../notebook/notebook.ts';
import { tagsOf } from './tags.ts';

export interface RunOptions {
  allowErrors: boolean;
  /** Milliseconds for each cell. */
  timeout?: number;
  signal: AbortSignal;
  /** Told before a cell runs: its number, and how many there are. */
  onCell(number: number, total: number): void;
  /** Told after it: with how it went. */
  onCellEnd(number: number, total: number, ms: number, failed: boolean): void;
}

/** The cell that ended the run. */
export interface Failure {
  /** Counted over the cells that are run, from 1: the number in `In [n]`. */
  cell: number;
  total: number;
  message: string;
}

function isRun(cell: Notebook['cells'][number]): cell is CodeCell {
  return cell.cell_type === 'code' && cell.source.trim() !== '' && !tagsOf(cell).has('skip-execution');
}

/** Removes what earlier runs left, so that what a failed run did not reach is seen to be empty. */
function clear(cells: readonly CodeCell[]): void {
  for (const cell of cells) {
    cell.outputs = [];
    cell.execution_count = null;
    delete cell.metadata.execution;
  }
}

function errorOutput(error: Error): Output {
  const line = `${error.name}: ${error.message}`;
  return { output_type: 'error', ename: error.name, evalue: error.message, traceback: [line] };
}

/** Runs one cell into its outputs. Gives what went wrong, or undefined. */
async function runCell(
  client: KernelClient,
  cell: CodeCell,
  options: RunOptions,
): Promise<string | undefined> {
  const allowed = options.allowErrors || tagsOf(cell).has('raises-exception');
  try {
    const result = await client.execute(cell.source, {
      outputs: cell.outputs,
      stopOnError: !allowed,
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    cell.execution_count = result.executionCount;
    cell.metadata.execution = result.timing;
    if (result.status === 'ok' || (result.status === 'error' && allowed)) return undefined;
    return result.error ? `${result.error.ename}: ${result.error.evalue}` : 'the kernel aborted it';
  } catch (error) {
    if (!(error instanceof KernelTimeoutError) && !(error instanceof KernelDiedError)) throw error;
    cell.outputs.push(errorOutput(error));
    return error.message;
  }
}

/**
 * Runs the code cells of a notebook in place, from top to bottom, as nbclient does: cells tagged
 * `skip-execution` keep what they have, cells tagged `raises-exception` may fail.
 */
export async function executeNotebook(
  client: KernelClient,
  notebook: Notebook,
  options: RunOptions,
): Promise<Failure | undefined> {
  const cells = notebook.cells.filter(isRun);
  clear(cells);
  const info = client.info.language_info as JsonObject | undefined;
  if (info) notebook.metadata.language_info = info;
  notebook.metadata.kernelspec ??= {
    name: 'descent',
    display_name: 'TypeScript (Descent)',
    language: 'typescript',
  };
  for (const [at, cell] of cells.entries()) {
    const number = at + 1;
    if (options.signal.aborted) return { cell: number, total: cells.length, message: 'interrupted' };
    options.onCell(number, cells.length);
    const start = performance.now();
    const problem = await runCell(client, cell, options);
    options.onCellEnd(number, cells.length, performance.now() - start, problem !== undefined);
    const message = options.signal.aborted ? 'interrupted' : problem;
    if (message !== undefined) return { cell: number, total: cells.length, message };
  }
  return undefined;
}
