import { duration } from './duration.ts';
import { UsageError } from './usage.ts';

/** Runs the code `count` times; gives the milliseconds that it took, and a value of the code. */
export type Loop = (count: number) => readonly [number, unknown] | Promise<readonly [number, unknown]>;

/** A loop that takes this long, in milliseconds, is long enough to be timed. */
const ENOUGH_MS = 200;
const MAX_LOOPS = 1e9;
const REPEAT = 7;
/** From this ratio of the slowest run to the quickest, something else may have been timed. */
const SUSPICIOUS = 4;

/** What `%timeit -o` gives; times are in seconds for one run of the code. */
export class TimeitResult {
  readonly average: number;
  readonly stdev: number;
  readonly best: number;
  readonly worst: number;
  readonly allRuns: readonly number[];
  readonly loops: number;
  readonly repeat: number;

  constructor(runs: readonly number[], loops: number) {
    const average = runs.reduce((sum, run) => sum + run, 0) / runs.length;
    const variance = runs.reduce((sum, run) => sum + (run - average) ** 2, 0) / runs.length;
    this.average = average;
    this.stdev = variance ** 0.5;
    this.best = runs.reduce((least, run) => (run < least ? run : least));
    this.worst = runs.reduce((most, run) => (run > most ? run : most));
    this.allRuns = runs;
    this.loops = loops;
    this.repeat = runs.length;
  }

  text(digits: number): string {
    const { average, stdev, loops, repeat } = this;
    const runs = `${repeat} run${repeat === 1 ? '' : 's'}`;
    const each = `${grouped(loops)} loop${loops === 1 ? '' : 's'} each`;
    const times = `${duration(average, digits)} ± ${duration(stdev, digits)}`;
    return `${times} per loop (mean ± std. dev. of ${runs}, ${each})`;
  }
}

/** `100,000` */
const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

export interface TimeitOptions {
  loops: number | undefined;
  repeat: number;
  digits: number;
  isQuiet: boolean;
  isResult: boolean;
}

export function timeitOptions(options: Record<string, string | true>): TimeitOptions {
  const { n, r, p, q, o } = options;
  const whole = (flag: string, value: string | true | undefined): number | undefined => {
    // IPython takes 0 for the automatic choice.
    if (value === undefined || value === '0') return undefined;
    if (!/^[1-9]\d{0,9}$/.test(String(value))) {
      throw new UsageError(`%timeit -${flag} ${value}: expected a whole number from 1`);
    }
    return Number(value);
  };
  const shared = { isQuiet: q === true, isResult: o === true };
  return { ...shared, loops: whole('n', n), repeat: whole('r', r) ?? REPEAT, digits: whole('p', p) ?? 3 };
}

/** The steps of timing: each yields a number of loops to run and is given the milliseconds that they took. */
function* steps({ loops, repeat }: TimeitOptions): Generator<number, TimeitResult, number> {
  let count = loops ?? 1;
  if (loops === undefined) while ((yield count) < ENOUGH_MS && count < MAX_LOOPS) count *= 10;
  const runs: number[] = [];
  for (let run = 0; run < repeat; run += 1) runs.push((yield count) / 1000 / count);
  return new TimeitResult(runs, count);
}

/** Times a loop; one that does not wait is timed without waiting. */
export function timed(loop: Loop, options: TimeitOptions): TimeitResult | Promise<TimeitResult> {
  const timing = steps(options);
  let step = timing.next(0);
  while (!step.done) {
    const ran = loop(step.value);
    if (!('0' in ran)) return timedLater(loop, timing, ran);
    step = timing.next(ran[0]);
  }
  return step.value;
}

async function timedLater(
  loop: Loop,
  timing: Generator<number, TimeitResult, number>,
  first: ReturnType<Loop>,
): Promise<TimeitResult> {
  let ran = await first;
  for (;;) {
    const step = timing.next(ran[0]);
    if (step.done) return step.value;
    ran = await loop(step.value);
  }
}

/** What is to be said of a result. */
export function report(result: TimeitResult, digits: number): string {
  const { best, worst } = result;
  const ratio = worst / best;
  const doubt =
    ratio > SUSPICIOUS && best > 0 && worst > 1e-6
      ? `The slowest run took ${ratio.toFixed(2)} times longer than the fastest. This could mean that an intermediate result is being cached.\n`
      : '';
  return `${doubt}${result.text(digits)}\n`;
}
