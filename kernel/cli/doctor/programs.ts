import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ASK_TIMEOUT } from './types.ts';

export interface Answer {
  ok: boolean;
  stdout: string;
  /** The last line of stderr, or why the program did not run. */
  problem: string;
}

/** Runs a program without a shell and waits a bounded time. */
export function ask(file: string, args: readonly string[], cwd?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { timeout: ASK_TIMEOUT, killSignal: 'SIGKILL', ...(cwd ? { cwd } : {}) } as const;
    execFile(file, [...args], options, (error, stdout, stderr) => {
      const last = stderr.trim().split('\n').at(-1) || error?.message.split('\n')[0] || '';
      const problem = error?.killed ? `no answer within ${ASK_TIMEOUT / 1000} s` : last;
      resolve({ ok: !error, stdout: stdout.trim(), problem });
    }).stdin?.end();
  });
}

/** The first executable of that name on PATH. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders
    .flatMap((folder) => names.map((file) => join(folder, file)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
      } catch {
        return false;
      }
    });
}
