import type { ChartDescription } from '../../core/description.ts';
import { logarithmic } from '../../core/logarithmic.ts';
import type { LayerVariance } from './rows.ts';

interface Report {
  readonly layers: readonly LayerVariance[];
  readonly input: number;
  readonly warnings: readonly string[];
}

const short = (number: number): string =>
  Number.isFinite(number) ? Number(number.toPrecision(3)).toString() : 'not finite';

function textOf({ layers, input, warnings }: Report): string {
  const rows = [
    ['layer', 'standard deviation', 'dead', 'gradient'],
    ['batch', short(input), '', ''],
    ...layers.map(({ name, standardDeviation, dead, gradient }) => [
      name,
      short(standardDeviation),
      `${Math.round(100 * dead)} %`,
      gradient === null ? '' : short(gradient),
    ]),
  ];
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map((row) => row[k]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, k) => cell.padEnd(widths[k]!))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...warnings].join('\n');
}

const ACTIVATIONS = 'activations';
const GRADIENTS = 'gradients of weights';

/** The spread of every layer, on a logarithmic scale, in the order of the layers. */
export function reportChart(report: Report): ChartDescription {
  const { layers, input, warnings } = report;
  const order = ['batch', ...layers.map(({ name }) => name)];
  const points = [
    { layer: 'batch', series: ACTIVATIONS, spread: input },
    ...layers.map(({ name, standardDeviation }) => ({
      layer: name,
      series: ACTIVATIONS,
      spread: standardDeviation,
    })),
    ...layers
      .filter(({ gradient }) => gradient !== null)
      .map(({ name, gradient }) => ({ layer: name, series: GRADIENTS, spread: gradient! })),
  ];
  const values = points.filter(({ spread }) => Number.isFinite(spread) && spread > 0);
  const subtitle = warnings.length > 0 ? warnings.slice(0, 3) : ['no hidden layer vanishes or explodes'];
  const spec = {
    title: { text: 'Spread of each layer', subtitle },
    width: Math.min(560, 40 + 40 * order.length),
    height: 220,
    data: { values },
    mark: { type: 'line', point: true, tooltip: true },
    encoding: {
      x: { field: 'layer', type: 'nominal', sort: order, title: 'layer' },
      y: { field: 'spread', type: 'quantitative', title: 'standard deviation', ...logarithmic },
      color: { field: 'series', type: 'nominal', title: null, sort: [ACTIVATIONS, GRADIENTS] },
    },
  };
  return { spec, text: textOf(report) };
}
