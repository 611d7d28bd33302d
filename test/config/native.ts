import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface NativeTensorflow {
  /** The build. */
  folder: string;
  /** What XDG_DATA_HOME is where it is found. */
  data: string;
  /** What the command that installed it said. */
  told: string;
}

/** The first that asks installs it, which may take a download of 270 MB. */
export const NATIVE_TIMEOUT: number = 20 * 60_000;

/** Native TensorFlow, installed once for all tests by the real command. */
export async function nativeTensorflow(): Promise<NativeTensorflow> {
  const program = join(import.meta.dirname, 'native.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: NATIVE_TIMEOUT });
  return JSON.parse(stdout) as NativeTensorflow;
}
