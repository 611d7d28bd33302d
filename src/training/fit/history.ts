import { history as historyFigure } from '../../display/history.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol } from '../../display/types.ts';
import type { Logs } from '../callbacks.ts';

/** The values of the epochs by what was measured. */
export type Course = Record<string, number[]>;

/** What a training came to. As a cell's last expression it shows charts of its course. */
export interface FitHistory extends Displayable {
  /** The numbers of the epochs that are complete, from 0. */
  readonly epoch: readonly number[];
  /** What they reported, by its name: `loss`, the metrics, `val_loss` …, `learningRate`. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** How many steps were taken. */
  readonly steps: number;
  /** What the order of the samples and dropout were drawn from: with it the same call gives the same numbers. */
  readonly seed: number;
  /** Why the training ended before its time; undefined where it did not. */
  readonly stopReason: string | undefined;
}

/** Adds the values of an epoch. */
export function record(course: Course, logs: Logs): void {
  for (const [name, value] of Object.entries(logs)) {
    course[name] ??= [];
    course[name].push(value);
  }
}

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** A learning rate that stays needs no chart. */
const shownMetrics = (course: Course): string[] =>
  Object.keys(course).filter((name) => name !== 'learningRate' || !isConstant(course[name]!));

/** Which of the metrics a chart shows, as it names them. */
const chartNames = (names: readonly string[]): string[] => [
  ...new Set(names.map((name) => name.replace(/^val_/, ''))),
];

/** The result of a training, which shows itself. */
export function makeHistory(parts: Omit<FitHistory, typeof displaySymbol>): FitHistory {
  let shown: Displayable | undefined;
  const show = (): MimeBundle | Promise<MimeBundle> => {
    const course = parts.history as Course;
    const names = shownMetrics(course);
    if (parts.epoch.length === 0)
      return { 'text/plain': `no epoch is complete; ${parts.steps} steps were taken` };
    shown = historyFigure(parts, { metrics: chartNames(names) });
    // One epoch makes no line.
    return parts.epoch.length === 1 ? { 'text/plain': String(shown) } : shown[displaySymbol]();
  };
  return Object.defineProperties(parts, {
    [displaySymbol]: { value: show },
    [metadataSymbol]: { value: () => shown?.[metadataSymbol]?.() ?? {} },
  }) as FitHistory;
}
