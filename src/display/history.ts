import { ArgumentError, checkChoice, checkOptions, describe } from '../core/check.ts';
import { type ChartSize, chartSize } from './chartSize.ts';
import { counted } from './counts.ts';
import { type Figure, figure } from './figure.ts';
import { type Best, bestOf, type Goal } from './history/best.ts';
import { historySpec } from './history/chart.ts';
import { type Run, runsOf } from './history/runs.ts';
import { historyText } from './history/text.ts';
import { maxPoints } from './history/thin.ts';
import { isList } from './inspect.ts';
import { vegaLite } from './vegaLite.ts';

/** Options of `history`. */
export interface HistoryOptions extends ChartSize {
  /** The metrics to show, in this order; all if left out. */
  metrics?: readonly string[];
  /** Logarithmic scales of values: of all metrics, or of those named; linear ones if left out. */
  log?: boolean | readonly string[];
  /** Whether the least or the largest value of a metric is its best; by its name if left out. */
  goals?: Readonly<Record<string, Goal>>;
  title?: string;
}

/** The course of training that a notebook shows; `String(…)` gives the last and the best values as a table. */
export interface HistoryFigure extends Figure {
  /** The best value of each metric in each run, and its epoch. */
  readonly best: readonly Best[];
}

const optionNames = ['metrics', 'log', 'goals', 'title', 'width', 'height'];

/**
 * The course of training: a chart for each metric, with training and validation in it, and a ring around the best
 * value.
 *
 * `val_loss` and `valLoss` are `loss` on the validation data. The best epoch is that of the validation data where
 * there is some: by their names, the least value of losses and errors, the largest of accuracies and scores (acc,
 * auc, precision, recall, f1, r2, iou, dice, score …). NaN and infinite values are gaps, and counted.
 *
 * @param data what `model.fit` returns (its epochs, which begin at 0, are shown from 1), lists by metric, records of
 *   epochs (with `epoch`, `step`, `iteration` or `batch` as they have it), or an object or a Map of several runs
 * @param options `metrics`: which ones; `log`: true, or the metrics with a logarithmic scale; `goals`: 'min' or 'max'
 *   by metric; `title`; `width` and `height` of each chart
 * @returns a displayable chart with the `best` values
 * @throws TypeError for what is no history; RangeError for metrics of unequal length; ArgumentError for an option that
 *   is not allowed
 * @example
 * history({ loss: [0.9, 0.5, 0.4], valLoss: [1, 0.7, 0.8] });
 * history(await model.fit(x, y, { epochs: 20, validationSplit: 0.2 }), { log: ['loss'] });
 * history({ adam: await train('adam'), sgd: await train('sgd') });
 */
export function history(data: unknown, options: HistoryOptions = {}): HistoryFigure {
  checkOptions('history', options, optionNames);
  const { goals = {}, title = 'Training history' } = options;
  for (const [metric, goal] of Object.entries(goals))
    checkChoice('history', `goals.${metric}`, goal, ['min', 'max']);
  const size = chartSize('history', options);
  const found = runsOf(data);
  const all = [...new Set(found.flatMap(({ curves }) => curves.map(({ metric }) => metric)))];
  const metrics = named('metrics', options.metrics ?? all, all);
  const log = options.log ?? false;
  const onLog = new Set(typeof log === 'boolean' ? (log ? metrics : []) : named('log', log, all));
  const runs = found.map((run) => ({
    ...run,
    curves: run.curves.filter(({ metric }) => metrics.includes(metric)),
  }));
  const best = runs.flatMap((run) => bestOf(run, goals));
  const subtitle = summary(runs);
  const drawn = {
    runs,
    best,
    metrics,
    isLog: (metric: string) => onLog.has(metric),
    title,
    subtitle,
    ...size,
  };
  const text = (): string => historyText(runs, best, `${title}: ${subtitle}`);
  return { ...figure(vegaLite(historySpec(drawn)), text), best };
}

function named(option: string, given: unknown, all: readonly string[]): readonly string[] {
  const list: readonly unknown[] = isList(given) ? given : [];
  const isKnown = list.length > 0 && list.every((name) => all.includes(name as string));
  if (isKnown) return list as readonly string[];
  const allowed = `a list of ${all.map((name) => `'${name}'`).join(', ')}`;
  throw new ArgumentError(
    'history',
    option,
    describe(given),
    option === 'log' ? `true, false or ${allowed}` : allowed,
  );
}

function summary(runs: readonly Run[]): string {
  const longest = Math.max(0, ...runs.flatMap(({ curves }) => curves.map(({ values }) => values.length)));
  const notFinite = runs.flatMap((run) => run.curves.flatMap((curve) => gapNote(run, curve)));
  return [
    ...(runs.length > 1 ? [counted(runs.length, 'run')] : []),
    counted(longest, runs[0]?.step ?? 'epoch'),
    ...(longest > maxPoints ? [`at most ${maxPoints} points of each curve drawn`] : []),
    ...notFinite.slice(0, 3),
  ].join(' · ');
}

function gapNote(run: Run, { metric, split, epochs, values }: Run['curves'][number]): string[] {
  const first = values.findIndex((value) => !Number.isFinite(value));
  if (first < 0) return [];
  const count = values.filter((value) => !Number.isFinite(value)).length;
  const name = [run.name, split === 'train' ? '' : split, metric].filter((part) => part !== '').join(' ');
  return [
    `${name} is not finite ${count === 1 ? 'once' : `${count} times`}, first at ${run.step} ${epochs[first]}`,
  ];
}
