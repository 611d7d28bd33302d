import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { atExit } from '../../client/atExit.ts';
import { makeFolder } from '../../install/folders.ts';
import { isRunning } from '../../isRunning.ts';
import { errorLine } from '../errors.ts';
import { LOADING, UNFINISHED } from './folder.ts';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** The work was ended by a signal: there is nothing to say. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly code: number;

  constructor(signal: keyof typeof EXIT_CODES) {
    super(`interrupted by ${signal}`);
    this.code = EXIT_CODES[signal];
  }
}

/** Removes what an installation left that was killed, and the marks of tests that ended their process. */
export function removeLeftovers(builds: string): void {
  if (!existsSync(builds)) return;
  rmSync(join(builds, LOADING), { recursive: true, force: true });
  for (const name of readdirSync(builds).filter((each) => each.startsWith(UNFINISHED))) {
    const pid = Number(/^\d+/.exec(name.slice(UNFINISHED.length))?.[0]);
    if (!isRunning(pid)) rmSync(join(builds, name), { recursive: true, force: true });
  }
}

/** A folder beside the builds that is gone in the end, however that comes, with the signals that end the work. */
export async function withWorkFolder<T>(
  builds: string,
  work: (folder: string, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  let folder: string;
  try {
    makeFolder(builds);
    removeLeftovers(builds);
    folder = mkdtempSync(join(builds, `${UNFINISHED}${process.pid}-`));
  } catch (error) {
    throw new Error(
      `cannot write ${builds}: ${errorLine(error)}; set XDG_DATA_HOME to a folder that can be written`,
    );
  }
  const controller = new AbortController();
  const handlers = (Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[]).map(
    (name) => [name, () => controller.abort(new Interrupted(name))] as const,
  );
  for (const [name, handler] of handlers) process.on(name, handler);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const spare = atExit(remove);
  try {
    return await work(folder, controller.signal);
  } catch (error) {
    // A stream that is cut short says so in its own words.
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    for (const [name, handler] of handlers) process.off(name, handler);
    spare();
    remove();
    removeLeftovers(builds);
  }
}

/** Puts a finished folder in place of an earlier one. */
export function putInPlace(finished: string, target: string, aside: string): void {
  const replaces = existsSync(target);
  if (replaces) renameSync(target, aside);
  try {
    renameSync(finished, target);
  } catch (error) {
    if (replaces) renameSync(aside, target);
    throw error;
  }
}
