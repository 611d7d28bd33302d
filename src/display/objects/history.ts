import { displaySymbol, metadataSymbol, type Rendered } from '../types.ts';
import { vegaLite } from '../vegaLite.ts';
import type { Curves } from './curves.ts';

/** The curves of a training as a chart, with the last and the best values as text. */
export async function historyBundle(curves: Curves): Promise<Rendered> {
  const values = Object.entries(curves).flatMap(([name, curve]) =>
    curve.map((value, at) => ({ epoch: at + 1, value, curve: name })),
  );
  const text = historyText(curves);
  const chart = vegaLite({
    title: text.split('\n')[0],
    data: { values },
    mark: { type: 'line', point: values.length < 100 },
    encoding: {
      x: { field: 'epoch', type: 'quantitative', axis: { tickMinStep: 1 }, scale: { zero: false } },
      y: { field: 'value', type: 'quantitative', title: null, scale: { zero: false } },
      color: { field: 'curve', type: 'nominal', title: null },
    },
  });
  const bundle = await chart[displaySymbol]();
  return {
    data: { ...bundle, 'text/plain': text },
    metadata: chart[metadataSymbol]?.() ?? {},
  };
}

const round = (value: number): string => String(Number(value.toPrecision(4)));

function historyText(curves: Curves): string {
  const epochs = Math.max(...Object.values(curves).map((curve) => curve.length));
  const width = Math.max(...Object.keys(curves).map((name) => name.length));
  const lines = Object.entries(curves).map(([name, curve]) => {
    const finite = curve.filter(Number.isFinite);
    const range =
      finite.length > 0 ? `, from ${round(Math.min(...finite))} to ${round(Math.max(...finite))}` : '';
    return `  ${name.padEnd(width)}  ${round(curve[0]!)} → ${round(curve.at(-1)!)}${range}`;
  });
  return [`History of ${epochs} epoch${epochs === 1 ? '' : 's'}`, ...lines].join('\n');
}
