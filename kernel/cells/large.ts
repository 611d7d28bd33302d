import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CellSyntaxError } from './errors.ts';
import type { SessionNames } from './session.ts';
import type { TransformedCell } from './transform.ts';
import type { Loaded, TransformAnswer, TransformOrder } from './worker.ts';

/** Cells of more characters are transformed in a thread of their own: the host must go on answering. */
export const LARGE_CELL = 100_000;
/** The native parser recurses: as much as the main thread has. */
const STACK_MIB = 8;

/** A transform that is under way. */
export interface PendingTransform {
  /** As `transformCell`; undefined when it was cancelled. */
  result: Promise<TransformedCell | undefined>;
  cancel(): void;
}

/** `transformCell` beside the thread that calls; `names` learns of the cell when it is done. */
export function transformLargeCell(source: string, file: string, names: SessionNames): PendingTransform {
  const { declared, captured, aliases, dynamic } = names;
  const workerData: TransformOrder = { source, file, names: { declared, captured, aliases, dynamic } };
  const worker = new Worker(fileURLToPath(new URL('./transformer.cjs', import.meta.url)), {
    workerData,
    resourceLimits: { stackSizeMb: STACK_MIB },
  });
  // Node aborts the process when a thread is ended while `require` loads an ES module in it.
  const loaded = new Promise<void>((go) => worker.once('message', () => go()));
  const result = new Promise<TransformedCell | undefined>((resolve, reject) => {
    worker.on('message', (answer: TransformAnswer | Loaded) => {
      if (answer === 'loaded') return;
      if ('cell' in answer) {
        names.add(answer.names);
        resolve(answer.cell);
        return;
      }
      const { name, message, source: text, start, help } = answer.error;
      reject(Object.assign(new CellSyntaxError(message, text, file, start, help), { name }));
    });
    worker.once('error', reject);
    worker.once('exit', () => resolve(undefined));
  });
  return { result, cancel: () => void loaded.then(() => worker.terminate()) };
}
