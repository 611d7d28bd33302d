import { isNotebook } from '../../display/channel.ts';
import { type LiveChart, liveChart } from '../../display/liveChart.ts';
import { type ProgressBar, progress } from '../../display/progress.ts';
import type { Logs } from '../callbacks.ts';
import type { TrainingRun } from './run.ts';

// Cells may replace these.
const { performance, process } = globalThis;

/** Between two updates of the bar. */
const INTERVAL_MS = 100;

const lossText = (loss: number): string => (Number.isFinite(loss) ? loss.toPrecision(4) : String(loss));

/** Training first, and nothing that stays as it is. */
function chartValues(logs: Logs): Logs {
  const entries = Object.entries(logs).filter(([name]) => name !== 'learningRate');
  const isValidation = ([name]: readonly [string, number]): boolean => name.startsWith('val_');
  return Object.fromEntries([
    ...entries.filter((entry) => !isValidation(entry)),
    ...entries.filter(isValidation),
  ]);
}

/** Shows how far a training is: a bar in a notebook and in a terminal, and a chart in a notebook. */
export class Report {
  readonly #run: TrainingRun;
  readonly #bar: ProgressBar | undefined;
  readonly #hasChart: boolean;
  #chart: LiveChart | undefined;
  /** The loss of the last validation. */
  #validation: number | undefined;
  #waiting = 0;
  #last = performance.now();

  constructor(run: TrainingRun, isWanted: boolean) {
    this.#run = run;
    this.#hasChart = isWanted && isNotebook();
    if (!isWanted || !(isNotebook() || process.stderr.isTTY)) return;
    this.#bar = progress({ desc: this.#desc(), total: this.#total(), unit: 'step' });
    if (run.at.step > 0) this.#bar.update(run.at.step);
  }

  /** A step is done. */
  step(loss: number): void {
    if (!this.#bar) return;
    this.#waiting++;
    // One epoch would be one point.
    if (this.#run.epochs === 1) this.#push({ step: this.#run.at.step, loss });
    const now = performance.now();
    if (now - this.#last < INTERVAL_MS) return;
    this.#last = now;
    this.#flush(loss);
  }

  /** An epoch is done. */
  epoch(epoch: number, logs: Logs): void {
    if (this.#bar) {
      if (this.#bar.total === undefined) this.#bar.total = this.#total();
      this.#validation = logs.val_loss;
      this.#flush(logs.loss!);
    }
    if (this.#run.epochs === 1) this.#push({ step: this.#run.at.step, ...chartValues(logs) });
    else this.#push({ epoch: epoch + 1, ...chartValues(logs) });
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#bar && this.#waiting > 0) this.#flush(undefined);
    this.#bar?.done();
    this.#chart?.done();
  }

  #push(values: Logs): void {
    if (!this.#hasChart) return;
    this.#chart ??= liveChart();
    this.#chart.push(values);
  }

  #flush(loss: number | undefined): void {
    const bar = this.#bar!;
    const done = this.#waiting;
    this.#waiting = 0;
    if (loss !== undefined) bar.desc = this.#desc(loss);
    if (done > 0) bar.update(done);
  }

  #total(): number | undefined {
    const { stepsPerEpoch, epochs } = this.#run;
    return stepsPerEpoch === undefined ? undefined : stepsPerEpoch * epochs;
  }

  #desc(loss?: number): string {
    const { at, epochs } = this.#run;
    const place = `epoch ${Math.min(at.epoch + 1, epochs)}/${epochs}`;
    if (loss === undefined) return place;
    const validation = this.#validation === undefined ? '' : ` · val_loss ${lossText(this.#validation)}`;
    return `${place} · loss ${lossText(loss)}${validation}`;
  }
}
