import { logarithmic } from '../../core/logarithmic.ts';
import { type Figure, figure, shortNumber } from '../../display/figure.ts';
import { displaySymbol, inspectSymbol, metadataSymbol } from '../../display/types.ts';
import { type VegaLiteChart, vegaLite } from '../../display/vegaLite.ts';
import type { RateCurve } from '../findLearningRate.ts';

const ENDS: Readonly<Record<RateCurve['reason'], string>> = {
  steps: 'all steps were taken',
  diverged: 'stopped where the loss grew',
  'not finite': 'stopped where the loss was no number',
  'data ended': 'stopped where the data ended',
};

/** Other than that of the curve, and legible on white and dark. */
const COLOURS = ['#D55E00', '#CC79A7', '#009E73'];

/** What the marks say, by their names. */
const marks = ({ suggestion, tenth, minimum }: RateCurve): [name: string, rate: number][] =>
  [
    ['suggestion: steepest fall', suggestion] as [string, number],
    ['a tenth of the minimum', tenth] as [string, number],
    ['minimum', minimum] as [string, number],
  ].filter(([, rate]) => Number.isFinite(rate));

const rounded = (value: number): number => Number(value.toPrecision(6));

function draw(curve: RateCurve): VegaLiteChart {
  const { rates, losses, smoothed } = curve;
  const rows = rates.map((rate, i) => ({
    rate: rounded(rate),
    loss: rounded(losses[i]!),
    smoothed: rounded(smoothed[i]!),
  }));
  const x = {
    field: 'rate',
    type: 'quantitative',
    title: 'learning rate',
    ...logarithmic,
    scale: { ...logarithmic.scale, nice: false },
  };
  // A single huge loss at the end would flatten all the others.
  const [low, top] = [Math.min(...losses), Math.max(...smoothed)];
  const domain = [Math.min(low, ...smoothed), Math.min(Math.max(...losses), top + 0.1 * (top - low))];
  const scale = { zero: false, ...(domain[1]! > domain[0]! && { domain, clamp: true }) };
  const y = (field: string) => ({ field, type: 'quantitative', title: 'loss of a batch', scale });
  const mark = { field: 'mark', type: 'nominal', sort: null, title: null, legend: { orient: 'bottom' } };
  const color = { ...mark, scale: { range: COLOURS } };
  const tooltip = [mark, x].map(({ field, type }) => ({ field, type }));
  return vegaLite({
    title: { text: 'Learning-rate range test', subtitle: summary(curve) },
    width: 480,
    height: 240,
    data: { values: rows },
    encoding: { x },
    layer: [
      { mark: { type: 'point', size: 14, opacity: 0.45 }, encoding: { y: y('loss') } },
      { mark: { type: 'line', strokeWidth: 3, tooltip: true }, encoding: { y: y('smoothed') } },
      {
        data: { values: marks(curve).map(([name, rate]) => ({ rate, mark: name })) },
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { color, strokeDash: mark, tooltip },
      },
    ],
  });
}

function summary({ rates, reason, suggestion }: RateCurve): string {
  const found = Number.isFinite(suggestion)
    ? `suggestion ${shortNumber(suggestion)}`
    : 'the loss never falls';
  const range = `${rates.length} steps from ${shortNumber(rates[0]!)} to ${shortNumber(rates.at(-1)!)}`;
  return `${found} · ${range} · ${ENDS[reason]}`;
}

/** The curve as a chart, which is drawn when it is asked for, with its suggestion marked, and its text. */
export function rateFigure(curve: RateCurve): Figure {
  const text = (): string =>
    [
      `Learning-rate range test: ${summary(curve)}`,
      ...marks(curve).map(([name, rate]) => `${name}: ${shortNumber(rate)}`),
    ].join('\n');
  let drawn: Figure | undefined;
  const chart = (): Figure => {
    drawn ??= figure(draw(curve), text);
    return drawn;
  };
  const shown: Figure = {
    get spec() {
      return chart().spec;
    },
    toString: text,
    [displaySymbol]: () => chart()[displaySymbol](),
    [metadataSymbol]: () => chart()[metadataSymbol]?.() ?? {},
  };
  return Object.defineProperty(shown, inspectSymbol, { value: text, enumerable: true });
}
