import type { Plain } from './plain.ts';
import { type Displayable, displaySymbol, inspectSymbol, type MimeBundle, metadataSymbol } from './types.ts';
import type { VegaLiteChart } from './vegaLite.ts';

/** A chart of a helper, which has more to say in words than a chart in general. */
export interface Figure extends Displayable {
  /** The Vega-Lite spec that is sent. */
  readonly spec: Plain;
  toString(): string;
}

/** A chart whose text is the helper's. */
export function figure(chart: VegaLiteChart, text: () => string): Figure {
  const withText = (data: MimeBundle): MimeBundle => ({ ...data, 'text/plain': text() });
  const shown = {
    spec: chart.spec,
    toString: text,
    [displaySymbol]: () => {
      const data = chart[displaySymbol]();
      return data instanceof Promise ? data.then(withText) : withText(data);
    },
    [metadataSymbol]: () => chart[metadataSymbol]?.() ?? {},
  };
  return Object.defineProperty(shown, inspectSymbol, { value: text, enumerable: true });
}

/** A number for a reader: four digits at most, `1.2e-7` and `3.5e+9` where it is very small or large. */
export function shortNumber(value: number): string {
  const rounded = Number(value.toPrecision(4));
  if (Number.isInteger(rounded) && Math.abs(rounded) < 1e9) return rounded.toLocaleString('en-US');
  return Math.abs(rounded) < 1e-3 || Math.abs(rounded) >= 1e9 ? rounded.toExponential() : String(rounded);
}
