import type { Channel } from '../channel.ts';
import { currentCell } from '../context.ts';
import { keepOpen } from '../pendingDisplays.ts';
import { duration } from './duration.ts';

// Cells may replace these.
const { hrtime, cpuUsage } = process;
const bigNow = hrtime.bigint;
const isPromise = require('node:util').types.isPromise as (value: unknown) => value is Promise<unknown>;

interface Started {
  wall: bigint;
  cpu: NodeJS.CpuUsage;
}

/** `%time` and `%%time` */
export class Timing {
  readonly #channel: Channel;
  #started: Started | undefined;
  #cell: { cell: number; started: Started } | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  begin = (): Started => {
    this.#started = { wall: bigNow(), cpu: cpuUsage.call(process) };
    return this.#started;
  };

  /** Prints the time since `begin` and gives the value; a promise counts until it settles. */
  time = (started: Started | undefined = this.#started, value?: unknown): unknown => {
    if (!started) return value;
    const cell = currentCell();
    if (!isPromise(value)) {
      this.#print(cell, started);
      return value;
    }
    const print = (): void => this.#print(cell, started);
    keepOpen(value.then(print, print));
    return value;
  };

  /** The rest of the cell is timed. */
  timeCell = (): void => {
    this.#cell = { cell: currentCell(), started: this.begin() };
  };

  /** The cell has ended, by whatever way. */
  cellEnded(cell: number): void {
    const timed = this.#cell;
    this.#cell = undefined;
    if (timed?.cell === cell) this.#print(cell, timed.started);
  }

  #print(cell: number, { wall, cpu }: Started): void {
    const elapsed = Number(bigNow() - wall) / 1e9;
    const { user, system } = cpuUsage.call(process, cpu);
    const parts = [`user ${duration(user / 1e6)}`, `sys: ${duration(system / 1e6)}`];
    const total = `total: ${duration((user + system) / 1e6)}`;
    this.#channel.print(
      cell,
      'stdout',
      `CPU times: ${parts.join(', ')}, ${total}\nWall time: ${duration(elapsed)}\n`,
    );
  }
}
