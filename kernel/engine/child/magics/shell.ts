import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Channel } from '../channel.ts';
import { currentCell } from '../context.ts';
import { type Commands, interruptGroup } from './commands.ts';
import { type OutputLines, outputLines } from './lines.ts';

/** What a captured command may print. */
const MAX_CAPTURED = 256 << 20;

// Cells may replace these.
const { Promise: OwnPromise } = globalThis;
const { defineProperty } = Object;
const { concat } = Buffer;

interface Finished {
  exitCode: number;
  stdout: Buffer;
}

/** Runs commands and scripts with the descriptors of this process, so that what they print is shown at once. */
export class Shell {
  readonly #channel: Channel;
  readonly #commands: Commands;
  #shell: string | undefined;

  constructor(channel: Channel, commands: Commands) {
    this.#channel = channel;
    this.#commands = commands;
  }

  /** `!command`: a failure is not the cell's; its exit code is said and left in `_exit_code`. */
  async run(command: string): Promise<void> {
    const { exitCode } = await this.#command(command, false);
    this.#say(command, exitCode);
  }

  /** `x = !command` */
  async capture(command: string): Promise<OutputLines> {
    const { exitCode, stdout } = await this.#command(command, true);
    return outputLines(stdout.toString('utf8'), exitCode);
  }

  /** The body of `%%bash` and `%%sh`; options before the arguments are the shell's. */
  async script(program: string, args: readonly string[], body: string): Promise<void> {
    const count = optionCount(args);
    const options = args.slice(0, count).filter((option) => option !== READS_INPUT);
    const all = [...options, '-c', body, program, ...args.slice(count)];
    const { exitCode } = await this.#start(program, all, false);
    this.#say(body, exitCode);
  }

  #say(command: string, exitCode: number): void {
    const print = (text: string): void => this.#channel.print(currentCell(), 'stderr', text);
    if (exitCode !== 0) print(`exit code ${exitCode}\n`);
    const cd = /^\s*cd(?:\s+([^;&|\n]*))?\s*$/.exec(command);
    if (cd) print(`a shell command has a folder of its own; to go to another one: %cd ${cd[1] ?? ''}\n`);
  }

  #command(command: string, captured: boolean): Promise<Finished> {
    this.#shell ??= shellHere();
    return this.#start(this.#shell, [this.#shell === 'cmd.exe' ? '/c' : '-c', command], captured);
  }

  async #start(program: string, args: readonly string[], captured: boolean): Promise<Finished> {
    const cell = currentCell();
    const isKept = this.#channel.sink?.cell === cell;
    const child = this.#commands.spawn(program, args, {
      stdio: ['ignore', captured || isKept ? 'pipe' : 'inherit', isKept ? 'pipe' : 'inherit'],
    });
    if (isKept) {
      for (const name of captured ? (['stderr'] as const) : (['stdout', 'stderr'] as const)) {
        child[name]?.setEncoding('utf8').on('data', (text: string) => this.#channel.print(cell, name, text));
      }
    }
    const finished = await ended(child, captured);
    defineProperty(globalThis, '_exit_code', {
      ...{ value: finished.exitCode, writable: true, configurable: true, enumerable: false },
    });
    return finished;
  }
}

/** IPython hands scripts over that way; here they are an argument. */
const READS_INPUT = '-s';

/** `-e`, `+x`, `-euo pipefail` */
function optionCount(args: readonly string[]): number {
  let count = 0;
  for (let arg = args[0]; arg !== undefined && /^[-+]\w+$/.test(arg); arg = args[count]) {
    count += /o$/i.test(arg) ? 2 : 1;
  }
  return Math.min(count, args.length);
}

function ended(child: ChildProcess, isCaptured: boolean): Promise<Finished> {
  return new OwnPromise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const { stdout } = child as { stdout: Readable | null };
    if (isCaptured)
      stdout?.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_CAPTURED) chunks.push(chunk);
        else {
          if (child.pid !== undefined) interruptGroup(child.pid);
          reject(
            new RangeError(
              `the command printed more than ${MAX_CAPTURED >> 20} MiB, the most that is captured`,
            ),
          );
        }
      });
    child.on('error', (error) => reject(new Error(`the shell could not be started: ${error.message}`)));
    child.on(stdout ? 'close' : 'exit', (code: number | null, signal: NodeJS.Signals | null) => {
      const { signals } = (require('node:os') as typeof import('node:os')).constants;
      resolve({ exitCode: code ?? 128 + (signal ? signals[signal] : 0), stdout: concat(chunks) });
    });
  });
}

/** bash where there is one. */
function shellHere(): string {
  if (process.platform === 'win32') return 'cmd.exe';
  const { existsSync } = require('node:fs') as typeof import('node:fs');
  const { delimiter, join } = require('node:path') as typeof import('node:path');
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/bin', '/usr/bin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, 'bash'))) ? 'bash' : 'sh';
}
