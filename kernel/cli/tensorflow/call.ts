import { spawn } from 'node:child_process';

export interface Call {
  program: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** In milliseconds. */
  timeout: number;
  /** Ends the program with all that it has started. */
  signal: AbortSignal;
}

export interface Called {
  /** null where it did not start or was ended by a signal. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** Why it did not come to an end of its own. */
  problem?: string;
}

/** The end of a long output is what tells. */
const KEPT = 1 << 20;

/** Runs a program without a shell and in a group of its own: a Ctrl-C of the terminal does not reach it. */
export function call({ program, args, cwd, env, timeout, signal }: Call): Promise<Called> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const options = { cwd, env: env ?? process.env, detached: process.platform !== 'win32' };
    const child = spawn(program, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    let problem: string | undefined;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] = (output[name] + text).slice(-KEPT);
      });
    }
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(options.detached ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    };
    const timer = setTimeout(() => {
      problem = `took longer than ${Math.round(timeout / 1000)} s`;
      kill();
    }, timeout);
    signal.addEventListener('abort', kill);
    const settle = (code: number | null): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      if (signal.aborted) reject(signal.reason);
      else resolve({ code, ...output, ...(problem === undefined ? {} : { problem }) });
    };
    child.once('error', (error) => {
      problem = error.message;
      settle(null);
    });
    child.once('close', (code, ended) => {
      if (ended) problem ??= `was ended by ${ended}`;
      settle(code);
    });
  });
}
