import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The repository's root folder. */
export const root: string = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** How long a test may wait for `frontEndTools`: a fresh machine downloads Jupyter and Chromium first. */
export const SETUP_LIMIT: number = 20 * 60_000;

export interface FrontEndTools {
  /** The interpreter of `.venv`, whose folder also holds `jupyter`. */
  python: string;
  /** The folder of `python` and `jupyter`. */
  bin: string;
  /** The folder of `jupyter` for Notebook 6; empty when that was not asked for. */
  classic: string;
  chromium: string;
}

/** What a test needs besides Jupyter. */
export interface Wanted {
  browser: boolean;
  /** Notebook 6. */
  classic?: boolean;
}

function parse(stdout: string): FrontEndTools {
  const { python, classic, chromium } = JSON.parse(stdout) as Record<string, unknown>;
  if (typeof python !== 'string') throw new Error(`test/config/python/setup.mjs printed ${stdout}`);
  return {
    python,
    bin: dirname(python),
    classic: typeof classic === 'string' ? dirname(classic) : '',
    chromium: typeof chromium === 'string' ? chromium : '',
  };
}

/** Runs a script of test/config and returns what it printed; throws with the reason when it fails. */
export async function setUp(script: string, flags: readonly string[], what: string): Promise<string> {
  const args = [join(root, 'test/config', script), ...flags];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: SETUP_LIMIT });
    return stdout;
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`${what} cannot be had:\n${stderr}`);
  }
}

/** Makes `.venv` and finds Chromium where that is still to be done; throws with the reason when it cannot. */
export async function frontEndTools({ browser, classic = false }: Wanted): Promise<FrontEndTools> {
  const flags = [...(browser ? [] : ['--no-browser']), ...(classic ? ['--classic'] : [])];
  return parse(await setUp('python/setup.mjs', flags, 'the Jupyter front-ends'));
}
