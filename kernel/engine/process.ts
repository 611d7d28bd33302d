import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Death } from './engine.ts';
import { FD } from './protocol.ts';

/** A runtime process and its pipes. */
export interface RuntimeChild {
  process: ChildProcess;
  stdout: Readable;
  stderr: Readable;
  commands: Writable;
  events: Readable;
  interrupter: Socket;
}

/**
 * The first two let a cell be terminated anywhere (see child/asyncStack.ts). The third makes V8 learn from the
 * first call of a function: what runs a cell runs for each. The others keep Node's notes on what the kernel
 * itself uses out of the cells' output.
 */
const NODE_FLAGS = [
  '--no-force-async-hooks-checks',
  '--expose-internals',
  '--no-lazy-feedback-allocation',
  '--disable-warning=internal/test/binding',
  '--disable-warning=ExperimentalWarning',
];

/** Starts a runtime in a process group of its own, so that what cells start can be ended with it. */
export function spawnRuntime(): RuntimeChild {
  const entry = fileURLToPath(new URL('./runtime.cjs', import.meta.url));
  const child = spawn(process.execPath, [...NODE_FLAGS, entry], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const stdio: readonly unknown[] = child.stdio;
  return {
    process: child,
    stdout: stdio[1] as Readable,
    stderr: stdio[2] as Readable,
    commands: stdio[FD.commands] as Writable,
    events: stdio[FD.events] as Readable,
    interrupter: stdio[FD.interrupter] as Socket,
  };
}

/** Kills a runtime and what it started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Kills what commands of a runtime have left. */
export function killGroups(groups: readonly number[]): void {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}

/** Names the cause of a death from its exit status and the last of what it wrote to stderr. */
export function explainDeath(
  code: number | null,
  signal: NodeJS.Signals | null,
  exitRequested: boolean,
  lastWords: string,
): Death {
  const death = (reason: string): Death => ({ code, signal, reason });
  if (/heap out of memory|Reached heap limit/.test(lastWords)) {
    const limit = 'start the kernel with NODE_OPTIONS=--max-old-space-size=<MiB> for more';
    return death(`the runtime ran out of memory (${signal ?? `exit code ${code}`}; ${limit})`);
  }
  if (signal === 'SIGKILL') {
    return death('the runtime was killed (SIGKILL): by another process, or by the system for want of memory');
  }
  if (signal === 'SIGABRT') return death('the runtime aborted (SIGABRT): process.abort() or a native crash');
  if (signal === 'SIGSEGV') return death('the runtime crashed in native code (SIGSEGV)');
  if (signal) return death(`the runtime was ended by ${signal}`);
  if (exitRequested) return death(`process.exit(${code}) ended the runtime (exit code ${code})`);
  return death(`the runtime ended with exit code ${code}`);
}
