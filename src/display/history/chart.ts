import { logarithmic } from '../../core/logarithmic.ts';
import { shortNumber } from '../figure.ts';
import { themeTokens } from '../theme.ts';
import { roomAround, wholeMarks } from './axes.ts';
import type { Best } from './best.ts';
import type { Run, Split } from './runs.ts';
import { thinned } from './thin.ts';

/** What is drawn, and how. */
export interface DrawnHistory {
  readonly runs: readonly Run[];
  readonly best: readonly Best[];
  readonly metrics: readonly string[];
  readonly isLog: (metric: string) => boolean;
  readonly title: string;
  readonly subtitle: string;
  readonly width?: number;
  readonly height?: number;
}

const dashes: Readonly<Record<Split, readonly number[]>> = {
  train: [1, 0],
  validation: [5, 3],
  test: [1, 2],
};
/** Up to this many epochs each has a dot. */
const dottedUpTo = 60;

/** The Vega-Lite spec of a history: a chart for each metric, two beside each other. */
export function historySpec(drawn: DrawnHistory): object {
  const { metrics, title, subtitle } = drawn;
  const heading = { text: title, subtitle };
  const [only] = metrics;
  if (metrics.length === 1 && only !== undefined) return { title: heading, ...metricView(drawn, only, true) };
  const concat = metrics.map((metric) => metricView(drawn, metric, false));
  return {
    title: { ...heading, anchor: 'start' },
    columns: 2,
    concat,
    resolve: { scale: { color: 'shared', strokeDash: 'shared' } },
  };
}

function metricView(drawn: DrawnHistory, metric: string, isAlone: boolean): object {
  const { runs, best, isLog, width, height } = drawn;
  const rows = rowsOf(runs, metric);
  const step = runs[0]?.step ?? 'epoch';
  const marked = best.filter((one) => one.metric === metric).map((one) => markedRow(one, rows));
  const room = roomAround(rows.map(({ value }) => value));
  const { scale, ...axis } = isLog(metric) ? logarithmic : { scale: { zero: false, nice: true } };
  const isDotted = longest(runs, metric) <= dottedUpTo;
  const size = isAlone ? {} : { width: 260, height: 170 };
  const given = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  return {
    ...(isAlone ? {} : { title: { text: metric, fontSize: 12, offset: 6 } }),
    ...size,
    ...given,
    data: { values: rows },
    encoding: {
      x: {
        field: 'epoch',
        type: 'quantitative',
        title: step,
        axis: wholeMarks(rows.map(({ epoch }) => epoch)),
        scale: { zero: false, nice: false, padding: 6 },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        title: isAlone ? metric : null,
        ...axis,
        scale: { ...scale, ...room },
      },
      ...seriesEncoding(drawn),
    },
    layer: [
      { mark: { type: 'line', clip: true } },
      {
        mark: { type: 'point', size: isDotted ? 18 : 120, opacity: isDotted ? 1 : 0 },
        encoding: { strokeDash: { value: [1, 0] }, tooltip: tooltip(drawn, metric, step) },
      },
      ...bestLayers(marked),
    ],
  };
}

interface Row {
  readonly run?: string;
  readonly split: Split;
  readonly epoch: number;
  readonly value: number;
}

/** NaN and Infinity are gaps in a curve. */
function rowsOf(runs: readonly Run[], metric: string): Row[] {
  return runs.flatMap(({ name, curves }) =>
    curves
      .filter((curve) => curve.metric === metric)
      .flatMap(({ split, epochs, values }) =>
        thinned(values).map((index) => ({
          ...(runs.length > 1 ? { run: name } : {}),
          ...{ split, epoch: epochs[index]!, value: Number(values[index]!.toPrecision(6)) },
        })),
      ),
  );
}

function longest(runs: readonly Run[], metric: string): number {
  const lengths = runs.flatMap(({ curves }) =>
    curves.filter((one) => one.metric === metric).map((one) => one.values.length),
  );
  return Math.max(0, ...lengths);
}

/** Runs have a colour each, or else training and validation; the latter is dashed as well. */
function seriesEncoding({ runs, metrics }: DrawnHistory): object {
  const splits = splitsOf(runs);
  const isSeveral = runs.length > 1 || splits.length > 1;
  // Beside two charts a key would leave the output of a notebook, which is some 650 pixels wide.
  const place = metrics.length > 1 ? { legend: { orient: 'bottom' } } : {};
  const nominal = { type: 'nominal', title: null, sort: null };
  const range = splits.map((split) => dashes[split]);
  return {
    color: {
      ...nominal,
      ...(runs.length > 1 ? { field: 'run' } : { field: 'split', sort: splits }),
      ...(isSeveral ? place : { legend: null }),
    },
    strokeDash: {
      ...{ field: 'split', ...nominal, scale: { domain: splits, range } },
      ...(splits.length > 1 ? place : { legend: null }),
    },
  };
}

function splitsOf(runs: readonly Run[]): Split[] {
  const all: Split[] = ['train', 'validation', 'test'];
  return all.filter((split) => runs.some(({ curves }) => curves.some((curve) => curve.split === split)));
}

function tooltip({ runs }: DrawnHistory, metric: string, step: string): object[] {
  return [
    ...(runs.length > 1 ? [{ field: 'run', type: 'nominal' }] : []),
    { field: 'split', type: 'nominal', title: 'data' },
    { field: 'epoch', type: 'quantitative', title: step },
    { field: 'value', type: 'quantitative', title: metric, format: '.5~g' },
  ];
}

interface Marked extends Row {
  readonly label: string;
  readonly isRight: boolean;
}

function markedRow({ run, split, epoch, value }: Best, rows: readonly Row[]): Marked {
  const epochs = rows.map((row) => row.epoch);
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)];
  return {
    run,
    split,
    epoch,
    value,
    label: shortNumber(value),
    isRight: epoch > first + 0.7 * (last - first),
  };
}

/** The best value of each run: a ring, with the value beside it where there is room for it. */
function bestLayers(marked: readonly Marked[]): object[] {
  if (marked.length === 0) return [];
  const tooltip = [
    { field: 'label', type: 'nominal', title: 'best' },
    { field: 'epoch', type: 'quantitative' },
  ];
  const ring = {
    data: { values: marked },
    mark: { type: 'point', filled: false, size: 110, strokeWidth: 2, opacity: 1 },
    encoding: { strokeDash: { value: [1, 0] }, tooltip },
  };
  const sides = [false, true].map((isRight) => marked.filter((one) => one.isRight === isRight));
  return [ring, ...sides.flatMap((side, index) => (side.length > 0 ? labels(side, index === 1) : []))];
}

/** Text with a rim in the colour of the background, to be read on the curves. */
function labels(marked: readonly Marked[], isRight: boolean): object[] {
  const place = { align: isRight ? 'right' : 'left', dx: isRight ? -9 : 9, dy: -9, tooltip: null };
  const mark = { type: 'text', fontWeight: 'bold', ...place };
  const encoding = { text: { field: 'label', type: 'nominal' }, strokeDash: null };
  const { background } = themeTokens();
  const rim = { ...mark, stroke: background, strokeWidth: 4, opacity: 0.8 };
  return [
    { data: { values: marked }, mark: rim, encoding: { ...encoding, color: { value: background } } },
    { data: { values: marked }, mark, encoding },
  ];
}
