import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { setTimeout as later } from 'node:timers';
import { onCancel } from '../cancel.ts';
import type { Channel } from '../channel.ts';
import { contextCell } from '../context.ts';
import type { RingWriter } from '../ring.ts';
import { forgetEnded, noteGroup, runningGroups, signalGroup } from './groups.ts';

/** How long a command may take to end after an interrupt, in milliseconds. */
const INTERRUPT_MS = 1000;

/** Starts commands in groups of their own; an interrupt of the cell and the end of this process end them. */
export class Commands {
  readonly #channel: Channel;
  readonly #ring: RingWriter;

  constructor(channel: Channel, ring: RingWriter) {
    this.#channel = channel;
    this.#ring = ring;
  }

  /** A termination between the start of a command and its note would leave the command running. */
  spawn = (program: string, args: readonly string[], options: SpawnOptions): ChildProcess =>
    this.#ring.whole(() => this.#spawn(program, args, options));

  #spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const { spawn } = require('node:child_process') as typeof import('node:child_process');
    const child = spawn(program, args, { ...options, detached: process.platform !== 'win32' });
    const group = child.pid;
    if (group === undefined) return child;
    noteGroup(group);
    this.#announce();
    const cell = contextCell();
    const stop = cell === undefined ? () => undefined : onCancel(cell, () => interruptGroup(group));
    child.on('exit', () => {
      stop();
      forgetEnded();
      this.#announce();
    });
    return child;
  }

  /** The host ends them when this process dies. */
  #announce(): void {
    this.#channel.send({ ev: 'groups', groups: runningGroups() });
  }
}

/** As a terminal would; what does not end by it is ended. */
export function interruptGroup(group: number): void {
  signalGroup(group, 'SIGINT');
  later(() => signalGroup(group, 'SIGKILL'), INTERRUPT_MS).unref();
}
