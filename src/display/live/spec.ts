import { DASH, legendText } from './legend.ts';
import type { Metric } from './metric.ts';
import type { Panel } from './panel.ts';
import { coloursOf, type Drawn, FAINT, FEW, layoutOf } from './picture.ts';
import type { Scale } from './scale.ts';
import type { Point } from './series.ts';

type Spec = Record<string, unknown>;

/** The interactive chart of a run that is over: it looks like the picture that went before. */
export function chartSpec(drawn: Drawn): Spec {
  const colours = coloursOf(drawn.panels);
  const panels = drawn.panels.map((panel, i) => panelSpec(panel, i, drawn, colours));
  const title = drawn.title === '' ? {} : { title: drawn.title };
  const { columns } = layoutOf(panels.length);
  if (panels.length === 1) return { ...title, ...panels[0] };
  return {
    ...title,
    columns,
    concat: panels,
    resolve: { scale: { color: 'independent', strokeDash: 'independent' } },
  };
}

function panelSpec(panel: Panel, index: number, drawn: Drawn, colours: ReadonlyMap<string, string>): Spec {
  const { width, height } = layoutOf(drawn.panels.length);
  const { metrics } = panel;
  const domain = metrics.map(({ name }) => name);
  const legend = legendSpec(metrics);
  const shared = {
    x: { field: 'x', type: 'quantitative', title: drawn.axis, ...axis(panel.steps()) },
    y: { field: 'value', type: 'quantitative', title: panel.title, ...axis(panel.values(drawn.logScale)) },
    color: {
      ...{ field: 'series', type: 'nominal', legend },
      scale: { domain, range: metrics.map(({ base }) => colours.get(base)) },
    },
    strokeDash: {
      ...{ field: 'series', type: 'nominal', legend },
      scale: { domain, range: metrics.map(({ isValidation }) => (isValidation ? DASH : [1, 0])) },
    },
    detail: { field: 'run' },
  };
  const chosen = { name: `series${index}`, select: { type: 'point', fields: ['series'] }, bind: 'legend' };
  const line = {
    mark: { type: 'line', clip: true },
    params: [chosen],
    encoding: { opacity: { condition: { param: chosen.name, value: 1 }, value: 0.1 } },
  };
  const isLog = panel.isLog(drawn.logScale);
  const values = metrics.flatMap((metric) => rows(metric, metric.line.points(), isLog));
  return {
    ...{ width, height, data: { values }, encoding: shared },
    layer: [
      ...[...rawLayer(metrics, isLog), line, ...dotLayer(metrics, chosen.name, isLog)],
      ...[hoverLayer(index, drawn.axis), ...failureLayers(metrics)],
    ],
  };
}

/** Points of lines that have few. */
function dotLayer(metrics: readonly Metric[], chosen: string, isLog: boolean): Spec[] {
  const few = metrics.map((metric) => ({ metric, points: metric.line.points() }));
  const values = few.flatMap(({ metric, points }) =>
    points.length > FEW ? [] : rows(metric, points, isLog),
  );
  if (values.length === 0) return [];
  const opacity = { condition: { param: chosen, value: 1 }, value: 0.1 };
  return [{ data: { values }, mark: { type: 'circle', size: 24 }, encoding: { opacity } }];
}

/** As in the picture: Vega's own ticks and labels would differ. */
function axis({ low, high, ticks, labels, isLog }: Scale): Spec {
  const domain = [low, high];
  const scale = isLog ? { type: 'log', domain } : { domain, nice: false, zero: false };
  const labelExpr = `${JSON.stringify(labels)}[indexof(${JSON.stringify(ticks)}, datum.value)]`;
  return { scale, axis: { values: ticks, labelExpr, labelOverlap: false } };
}

function legendSpec(metrics: readonly Metric[]): Spec {
  const labels = Object.fromEntries(metrics.map((metric) => [metric.name, legendText(metric)]));
  return {
    ...{ orient: 'top', title: null, direction: 'horizontal', columns: 3, symbolType: 'stroke' },
    ...{
      symbolSize: 300,
      symbolOpacity: 1,
      labelLimit: 460,
      labelExpr: `${JSON.stringify(labels)}[datum.label]`,
    },
  };
}

/**
 * Points as rows; each stretch without a gap is a run, a line of its own. Vega is spared what has no place on a
 * logarithmic axis, and a chart without any row.
 */
function rows(metric: Metric, points: readonly Point[], isLog: boolean): Spec[] {
  const series = metric.name;
  const [failure] = metric.failures;
  if (points.length === 0 && failure) return [{ x: rounded(failure.x), value: null, series, run: 0 }];
  let run = 0;
  let isGap = false;
  return points.flatMap(({ x, y, isStart }) => {
    if (isStart || isGap) run += 1;
    isGap = isLog && y <= 0;
    return isGap ? [] : [{ x: rounded(x), value: rounded(y), series, run }];
  });
}

const rounded = (value: number): number => Number(value.toPrecision(6));

function rawLayer(metrics: readonly Metric[], isLog: boolean): Spec[] {
  const values = metrics.flatMap((metric) => (metric.smooth ? rows(metric, metric.raw.points(), isLog) : []));
  if (values.length === 0) return [];
  const mark = { type: 'line', strokeWidth: 1, opacity: FAINT, clip: true };
  return [{ data: { values }, mark, encoding: { strokeDash: { value: [1, 0] } } }];
}

/** The point nearest to the pointer. */
function hoverLayer(index: number, title: string): Spec {
  const name = `near${index}`;
  const select = { type: 'point', on: 'pointerover', clear: 'pointerout', nearest: true };
  return {
    params: [{ name, select }],
    mark: { type: 'circle', size: 60 },
    encoding: {
      opacity: { condition: { param: name, empty: false, value: 1 }, value: 0 },
      tooltip: [{ field: 'series' }, { field: 'x', title }, { field: 'value', format: '.4~g' }],
    },
  };
}

function failureLayers(metrics: readonly Metric[]): Spec[] {
  const values = metrics.flatMap(({ name, failures }) =>
    failures.slice(0, 1).map(({ x, value }) => ({ x: rounded(x), series: name, what: String(value) })),
  );
  if (values.length === 0) return [];
  const encoding = { y: { value: 0 }, strokeDash: null };
  return [
    {
      data: { values },
      mark: { type: 'rule', strokeDash: [2, 3] },
      encoding: { ...encoding, y2: { value: 'height' } },
    },
    {
      data: { values },
      mark: { type: 'text', align: 'right', baseline: 'top', dx: -4, dy: 2 },
      encoding: { ...encoding, text: { field: 'what' } },
    },
  ];
}
