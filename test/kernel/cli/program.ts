import { spawn } from 'node:child_process';
import { program } from '../../../kernel/client/program.ts';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Given {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** Called with each piece of the stream; may send the process a signal. */
  onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  onStdout?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the built program; after a minute it is killed. */
export function descent(args: readonly string[], given: Given = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program().main, ...args], {
      cwd: given.cwd,
      env: { ...process.env, ...given.env },
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      given.onStdout?.(text, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      given.onStderr?.(text, (signal) => child.kill(signal));
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    // It may have ended by then.
    child.stdin.on('error', () => undefined);
    child.stdin.end(given.input ?? '');
  });
}
