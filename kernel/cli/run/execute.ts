import { setTimeout } from 'node:timers/promises';
import type { KernelClient } from '../../client/client.ts';
import { KernelDiedError, KernelTimeoutError } from '../../client/errors.ts';
import { within } from '../../client/wait.ts';
import { WidgetStates } from '../../client/widgetStates.ts';
import type { CodeCell, JsonObject, Notebook, Output } from '../../notebook/notebook.ts';
import { tagsOf } from './tags.ts';

/** How a cell ended; `allowed` for one that failed and might. */
export type CellState = 'ok' | 'failed' | 'allowed';

export interface RunOptions {
  allowErrors: boolean;
  /** Milliseconds for each cell. */
  timeout?: number;
  signal: AbortSignal;
  /** Told before a cell runs: its number, and how many there are. */
  onCell(number: number, total: number): void;
  /** Told after it: with how it went. */
  onCellEnd(number: number, total: number, ms: number, state: CellState): void;
}

/** The cell that ended the run. */
interface Failure {
  /** Counted over the cells that are run, from 1: the number in `In [n]`. */
  cell: number;
  message: string;
}

export interface Outcome {
  total: number;
  /** How many cells were begun. */
  begun: number;
  /** How many of them failed and might. */
  allowed: number;
  failure?: Failure;
}

/** Milliseconds in which a runtime that is free has long answered. */
const SETTLE = 100;
/** After the last cell: milliseconds in which what it has started may still fail. */
const LATE = 100;

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

function errorIn(cell: CodeCell): string | undefined {
  const error = cell.outputs.find((output) => output.output_type === 'error');
  return error && `${error.ename}: ${error.evalue}`;
}

function mayFail(cell: CodeCell, options: RunOptions): boolean {
  return options.allowErrors || tagsOf(cell).has('raises-exception');
}

/**
 * Has the runtime run nothing, which it does when the promises of the cell before are through: what
 * they rejected with is among the outputs then.
 */
async function settle(client: KernelClient): Promise<void> {
  await within(client.execute('', { silent: true, stopOnError: false }), SETTLE).catch(() => {});
}

/** Runs one cell into its outputs. Gives what went wrong, or undefined. */
async function runCell(
  client: KernelClient,
  cell: CodeCell,
  options: RunOptions,
): Promise<string | undefined> {
  try {
    const result = await client.execute(cell.source, {
      outputs: cell.outputs,
      stopOnError: !mayFail(cell, options),
      // A cell that never ends has a number as well.
      onOutput: ({ content }) => {
        if (typeof content.execution_count === 'number') cell.execution_count = content.execution_count;
      },
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    cell.metadata.execution = result.timing;
    if (result.status === 'aborted') return 'the kernel aborted it';
    await settle(client);
    return result.error ? `${result.error.ename}: ${result.error.evalue}` : errorIn(cell);
  } catch (error) {
    if (!(error instanceof KernelTimeoutError) && !(error instanceof KernelDiedError)) throw error;
    cell.outputs.push(errorOutput(error));
    return error.message;
  }
}

/** Earlier cells may fail later: what they have started goes on. */
function lateFailure(cells: readonly CodeCell[], options: RunOptions): Failure | undefined {
  for (const [at, cell] of cells.entries()) {
    const message = errorIn(cell);
    if (message !== undefined && !mayFail(cell, options)) return { cell: at + 1, message };
  }
  return undefined;
}

/** Runs the cells up to the one that ends the run; `begun` is filled with those that were begun. */
async function runCells(
  client: KernelClient,
  cells: readonly CodeCell[],
  begun: CodeCell[],
  options: RunOptions,
): Promise<Failure | undefined> {
  const total = cells.length;
  for (const cell of cells) {
    const number = begun.length + 1;
    if (options.signal.aborted) return { cell: number, message: 'interrupted' };
    begun.push(cell);
    options.onCell(number, total);
    const start = performance.now();
    const problem = await runCell(client, cell, options);
    // Nothing can follow where the kernel is gone.
    const allowed = mayFail(cell, options) && client.alive;
    const state = problem === undefined ? 'ok' : allowed ? 'allowed' : 'failed';
    options.onCellEnd(number, total, performance.now() - start, state);
    if (options.signal.aborted) return { cell: number, message: 'interrupted' };
    if (problem !== undefined && !allowed) return { cell: number, message: problem };
    const late = lateFailure(begun, options);
    if (late) return late;
  }
  if (begun.length > 0) await setTimeout(LATE, undefined, { signal: options.signal }).catch(() => {});
  return lateFailure(begun, options);
}

/**
 * Runs the code cells of a notebook in place, from top to bottom, as nbclient does: cells tagged
 * `skip-execution` keep what they have, cells tagged `raises-exception` may fail. An error output of a
 * cell is a failure, also one that comes after its end.
 */
export async function executeNotebook(
  client: KernelClient,
  notebook: Notebook,
  options: RunOptions,
): Promise<Outcome> {
  const cells = notebook.cells.filter(isRun);
  clear(cells);
  const info = client.info.language_info as JsonObject | undefined;
  if (info) notebook.metadata.language_info = info;
  notebook.metadata.kernelspec ??= {
    name: 'descent',
    display_name: 'TypeScript (Descent)',
    language: 'typescript',
  };
  const begun: CodeCell[] = [];
  const widgets = new WidgetStates();
  const unsubscribe = client.onIopub((message) => widgets.handle(message));
  const failure = await runCells(client, cells, begun, options);
  unsubscribe();
  widgets.save(notebook);
  const failed = begun.filter((cell) => mayFail(cell, options) && errorIn(cell) !== undefined);
  return {
    total: cells.length,
    begun: begun.length,
    allowed: failed.length,
    ...(failure ? { failure } : {}),
  };
}
