import { type ChildProcess, spawn } from 'node:child_process';
import { atExit } from './atExit.ts';
import type { Exit } from './errors.ts';
import { deferred, EXPIRED, within } from './wait.ts';

/** How much of the kernel's stderr is kept for messages. */
const STDERR_KEPT = 8192;
/** After the exit, how long stderr may still deliver: a grandchild can hold it open. */
const STDERR_GRACE = 100;
const SIGNAL_GRACE = 1000;

export interface SpawnOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * A kernel's process and all that it started. On POSIX systems it leads a process group: Ctrl-C in
 * the terminal does not reach it, and a signal to the group reaches its children.
 */
export class KernelProcess {
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  #stderr = '';
  #ended = false;

  constructor(argv: readonly string[], options: SpawnOptions = {}) {
    const [command, ...args] = argv;
    if (command === undefined) throw new RangeError('argv is empty, expected a command');
    this.#child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env, JPY_PARENT_PID: String(process.pid) },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    this.exited = this.#watch();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends a signal to the process and its children; nothing happens when they have gone. */
  signal(name: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child.kill(name);
      else process.kill(-pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH' && !this.#ended) throw error;
    }
  }

  /** Waits `grace` ms for the end, then sends SIGTERM, then SIGKILL. */
  async stop(grace: number): Promise<Exit> {
    let exit = await within(this.exited, grace);
    if (exit === EXPIRED) {
      this.signal('SIGTERM');
      exit = await within(this.exited, SIGNAL_GRACE);
    }
    if (exit === EXPIRED) {
      this.signal('SIGKILL');
      exit = await within(this.exited, SIGNAL_GRACE);
    }
    return exit === EXPIRED ? { code: null, signal: null, stderr: this.#stderr } : exit;
  }

  #watch(): Promise<Exit> {
    const { promise, resolve } = deferred<Exit>();
    const spare = atExit(() => this.signal('SIGKILL'));
    const finish = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (this.#ended) return;
      this.#ended = true;
      this.signal('SIGKILL');
      spare();
      const report = (): void => {
        clearTimeout(timer);
        this.#child.stderr?.destroy();
        resolve({ code, signal, stderr: this.#stderr });
      };
      const timer = setTimeout(report, STDERR_GRACE);
      this.#child.once('close', report);
    };
    this.#child.once('exit', finish);
    this.#child.once('error', (error) => {
      this.#stderr += `${error.message}\n`;
      if (this.#child.pid === undefined) finish(null, null);
    });
    return promise;
  }
}
