import { figure, shortNumber } from '../../display/figure.ts';
import { thinned } from '../../display/history/thin.ts';
import type { Displayable } from '../../display/types.ts';
import { vegaLite } from '../../display/vegaLite.ts';
import type { NormRecord } from './record.ts';

/** From so many layers on their order is told by the colours, as those of a scale. */
const SEVERAL = 8;

/** A logarithmic axis has no place for 0, nor for what is not finite. */
const isDrawn = (norm: number): boolean => norm > 0 && Number.isFinite(norm);

function rowsOf({ steps, norms }: NormRecord): object[] {
  return [...norms].flatMap(([layer, values]) =>
    thinned(values).map((i) => ({ layer, step: steps[i]!, norm: isDrawn(values[i]!) ? values[i]! : null })),
  );
}

function textOf({ steps, norms }: NormRecord): string {
  const width = Math.max(...[...norms.keys()].map((layer) => layer.length));
  const number = (value: number | undefined): string => (value === undefined ? '' : shortNumber(value));
  const lines = [...norms].map(([layer, values]) => {
    const finite = values.filter(Number.isFinite);
    const range = `${number(Math.min(...finite))} … ${number(Math.max(...finite))}`;
    return `  ${layer.padEnd(width)}  last ${number(values.at(-1))}, ${range}`;
  });
  return [`Gradient norms of ${norms.size} layers over ${steps.length} steps`, ...lines].join('\n');
}

/** The norms of each layer over the steps, on a logarithmic axis. */
export function normChart(record: NormRecord): Displayable {
  const layers = [...record.norms.keys()];
  const scale = layers.length > SEVERAL ? { domain: layers, scheme: 'viridis' } : { domain: layers };
  const encoding = {
    x: {
      field: 'step',
      type: 'quantitative',
      title: 'step',
      axis: { tickMinStep: 1 },
      scale: { zero: false, nice: false },
    },
    y: {
      field: 'norm',
      type: 'quantitative',
      title: '‖gradient‖',
      scale: { type: 'log' },
      axis: { format: '.0e' },
    },
    color: {
      field: 'layer',
      type: layers.length > SEVERAL ? 'ordinal' : 'nominal',
      title: 'layer',
      scale,
      sort: layers,
    },
    tooltip: [{ field: 'layer' }, { field: 'step' }, { field: 'norm', format: '.3g' }],
  };
  const spec = {
    title: 'Gradient norms by layer',
    data: { values: rowsOf(record) },
    mark: { type: 'line', point: record.steps.length <= 2, clip: true },
    encoding,
  };
  return figure(vegaLite(spec), () => textOf(record));
}
