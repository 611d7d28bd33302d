import { ArgumentError, checkChoice, checkNumber, describe } from '../core/check.ts';
import { nearest } from '../core/nearest.ts';
import type { Logs, Run } from './callbacks.ts';

/** Whether a quantity is better when it is smaller or larger; 'auto' goes by its name. */
export type Mode = 'auto' | 'min' | 'max';

/** What is looked at of the logs of an epoch. */
export interface MonitorOptions {
  /** The name of a quantity among the logs; 'val_loss' by default. */
  monitor?: string | undefined;
  /** 'auto' by default: 'max' for accuracy, AUC, precision, recall, F1, R² and scores, else 'min'. */
  mode?: Mode | undefined;
  /** What counts as an improvement at least, ≥ 0; 0 by default. */
  minDelta?: number | undefined;
}

const LARGER = /acc|auc|precision|recall|f1|r2|iou|dice|score/i;

/** The names of tfjs by others that are in use: `valAccuracy` and `val_accuracy` are `val_acc`. */
const inTfjsNames = (name: string): string =>
  name
    .replace(/^val(?=[A-Z])/, 'val_')
    .replace(/^val_[A-Z]/, (start) => start.toLowerCase())
    .replace(/^(val_)?accuracy$/, '$1acc');

/** One quantity of the logs, and which of its values is the better one. */
export class Monitor {
  /** The name among the logs. */
  readonly name: string;
  readonly mode: 'min' | 'max';
  readonly minDelta: number;
  readonly #where: string;

  /** @throws ArgumentError when an option is not allowed */
  constructor(where: string, options: MonitorOptions) {
    const { monitor = 'val_loss', mode = 'auto', minDelta = 0 } = options;
    if (typeof monitor !== 'string' || monitor === '') {
      throw new ArgumentError(where, 'monitor', describe(monitor), "a name such as 'val_loss'");
    }
    checkChoice(where, 'mode', mode, ['auto', 'min', 'max']);
    this.#where = where;
    this.name = inTfjsNames(monitor);
    this.mode = mode !== 'auto' ? mode : LARGER.test(monitor) ? 'max' : 'min';
    this.minDelta = checkNumber(where, 'minDelta', minDelta, { min: 0 });
  }

  /** The worst value there is. */
  get worst(): number {
    return this.mode === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** Rejects a quantity that the run does not report. */
  check({ metrics }: Pick<Run, 'metrics'>): void {
    if (metrics.includes(this.name)) return;
    const meant = nearest(this.name, metrics);
    const hint = meant === undefined ? '' : `; did you mean '${meant}'?`;
    const validation =
      this.name.startsWith('val_') && !metrics.some((name) => name.startsWith('val_'))
        ? ' (fit was given no validation data)'
        : '';
    const allowed = `among what is reported, ${metrics.map((name) => `'${name}'`).join(', ')}`;
    throw new ArgumentError(this.#where, 'monitor', `'${this.name}'${hint}${validation}`, allowed);
  }

  /** The value of an epoch; NaN where there is none. */
  valueOf(logs: Logs): number {
    return logs[this.name] ?? Number.NaN;
  }

  /** Whether `value` is better than `than` by more than the smallest difference that counts. */
  improves(value: number, than: number): boolean {
    return this.mode === 'min' ? value < than - this.minDelta : value > than + this.minDelta;
  }
}
