import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Milliseconds after which the program is ended and the call throws. */
  limit: number;
}

/** Runs a program to its end and returns what it printed. */
export async function run(program: string, args: string[], options: RunOptions): Promise<Finished> {
  const child = spawn(program, args, {
    env: options.env,
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, options.limit);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearTimeout(timer));
  if (late) throw new Error(`${program} ran longer than ${options.limit / 1000} s:\n${tail(output.stderr)}`);
  return { code, ...output };
}

/** The last lines of a program's output, for an error message. */
export function tail(text: string, characters = 3000): string {
  return text.length > characters ? `…${text.slice(-characters)}` : text;
}

/** Ends a program that this test started: SIGTERM, and SIGKILL when it has not gone after `limit` ms. */
export async function stop(child: ChildProcess, limit = 10_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  await gone;
  clearTimeout(timer);
}

/** Ids of running processes whose environment holds `NAME=value` (Linux). */
export function processesWith(name: string, value: string): number[] {
  const entry = `${name}=${value}`;
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(entry);
      } catch {
        return false;
      }
    })
    .map(Number);
}
