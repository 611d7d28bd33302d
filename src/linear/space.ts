import { type Memory, webAssembly } from '../core/webAssembly.ts';
import { type Kernels, kernelsIn } from './kernels.ts';

/** Columns that are `step` doubles apart, the last of which are 0: the kernels go over eight at a time. */
export interface Columns {
  readonly address: number;
  readonly rows: number;
  readonly count: number;
  readonly step: number;
  /** All columns with what is between them. */
  readonly values: Float64Array;
  column(j: number): Float64Array;
}

/** Memory for one problem. */
export interface Space {
  readonly kernels: Kernels;
  /** Zeros, padded as a column is. */
  doubles(count: number): Float64Array;
  integers(count: number): Int32Array;
  /** Columns that hold anything, but for their padding. */
  columns(rows: number, count: number): Columns;
}

interface Held {
  readonly memory: Memory;
  readonly kernels: Kernels;
}

const DOUBLE = 8;
/** Vectors begin at multiples of so many bytes. */
const LINE = 64;
const PAGE = 65_536;
const MOST = 2 ** 32;

const stepOf = (count: number): number => Math.ceil(count / 8) * 8;

/** The bytes of so many columns, or of one. */
export const bytesOf = (rows: number, count = 1): number => stepOf(rows) * count * DOUBLE;

/** @throws RangeError when there is not that much */
function hold(bytes: number): Held {
  if (bytes > MOST) throw new RangeError(`linear: ${bytes} bytes for a problem; there are ${MOST} at most`);
  const memory = new (webAssembly().Memory)({ initial: Math.ceil(bytes / PAGE) });
  return { memory, kernels: kernelsIn(memory) };
}

/** What the last problem was solved in: the system clears each page of new memory, which takes as long as a problem. */
let spare: WeakRef<Held> | undefined;

function spaceIn({ memory, kernels }: Held): Space {
  const { buffer } = memory;
  let end = 0;
  const take = (bytes: number): number => {
    const address = end;
    end += Math.ceil(bytes / LINE) * LINE;
    return address;
  };
  return {
    kernels,
    doubles: (count) => {
      const address = take(bytesOf(count));
      new Float64Array(buffer, address, stepOf(count)).fill(0);
      return new Float64Array(buffer, address, count);
    },
    integers: (count) => new Int32Array(buffer, take(4 * count), count),
    columns: (rows, count) => {
      const address = take(bytesOf(rows, count));
      const step = stepOf(rows);
      const values = new Float64Array(buffer, address, step * count);
      for (let at = rows; rows < step && at < values.length; at += step) {
        values.fill(0, at, at + step - rows);
      }
      const column = (j: number): Float64Array => values.subarray(j * step, j * step + rows);
      return { address, rows, count, step, values, column };
    },
  };
}

/**
 * Solves a problem in memory of `bytes`, which is another's as soon as `solve` has returned.
 *
 * @throws RangeError when there is not that much
 */
export function inSpace<T>(bytes: number, solve: (space: Space) => T): T {
  const kept = spare?.deref();
  const held = kept && kept.memory.buffer.byteLength >= bytes ? kept : hold(bytes);
  // A problem that is solved meanwhile, in what a caller has replaced console.warn by, gets its own.
  spare = undefined;
  const result = solve(spaceIn(held));
  spare = new WeakRef(held);
  return result;
}
