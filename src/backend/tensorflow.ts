import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { quietly } from '../core/quiet.ts';

const PACKAGE = '@tensorflow/tfjs-node';

/** The path of tfjs-node, installed beside this package or in the program's own folder. */
export function findTensorflow(): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'index.js')]) {
    try {
      return createRequire(from).resolve(PACKAGE);
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}

/**
 * Loads tfjs-node, which registers the 'tensorflow' back end.
 *
 * @throws Error when it is not installed or its addon does not load, whatever it threw
 */
export function startTensorflow(): void {
  const path = findTensorflow();
  if (path === undefined) throw new Error(`${PACKAGE} is not installed`);
  // tfjs-node calls it while it loads; Node 23 removed it.
  if (!('isNullOrUndefined' in util)) {
    Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  }
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  quietly(() => createRequire(import.meta.url)(path));
}
