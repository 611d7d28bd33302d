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
  chromium: string;
}

function parse(stdout: string): FrontEndTools {
  const value: unknown = JSON.parse(stdout);
  if (typeof value === 'object' && value !== null && 'python' in value && 'chromium' in value) {
    const { python, chromium } = value;
    if (typeof python === 'string' && (typeof chromium === 'string' || chromium === null)) {
      return { python, bin: dirname(python), chromium: chromium ?? '' };
    }
  }
  throw new Error(`test/config/python/setup.mjs printed ${stdout}`);
}

/** Makes `.venv` and finds Chromium where that is still to be done; throws with the reason when it cannot. */
export async function frontEndTools(options: { browser: boolean }): Promise<FrontEndTools> {
  const script = join(root, 'test/config/python/setup.mjs');
  const args = options.browser ? [script] : [script, '--no-browser'];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: SETUP_LIMIT });
    return parse(stdout);
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`the Jupyter front-ends cannot be had:\n${stderr}`);
  }
}
