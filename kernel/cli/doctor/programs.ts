import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tellingLine } from '../../client/errors.ts';
import { ASK_TIMEOUT } from './types.ts';

export interface Answer {
  ok: boolean;
  stdout: string;
  /** The line of stderr that names the error, or why the program did not run. */
  problem: string;
}

/** Runs a program without a shell and waits a bounded time. */
export function ask(file: string, args: readonly string[], cwd?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { timeout: ASK_TIMEOUT, killSignal: 'SIGKILL', ...(cwd ? { cwd } : {}) } as const;
    execFile(file, [...args], options, (error, stdout, stderr) => {
      const ended = error?.signal ? `ended by ${error.signal}` : error?.message.split('\n')[0];
      const line = tellingLine(stderr) || ended || '';
      const problem = error?.killed ? `no answer within ${ASK_TIMEOUT / 1000} s` : line;
      resolve({ ok: !error, stdout: stdout.trim(), problem });
    }).stdin?.end();
  });
}

/** Runs code in a Node of its own: a native library that does not fit may take its process along. */
export function askNode(folder: string, code: string): Promise<Answer> {
  return ask(process.execPath, ['--input-type=module', '-e', code], folder);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The first executable of that name on PATH. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find(isExecutable);
}
