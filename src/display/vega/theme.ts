import { isPlain, type Plain } from '../plain.ts';
import type { ThemeTokens } from '../theme/presets.ts';
import { themeConfig, themeTokens } from '../theme.ts';

/** A Vega-Lite config. */
export type VegaConfig = Readonly<Plain>;

/** The theme as a Vega-Lite config. */
function vegaConfig(tokens: ThemeTokens, isComposed: boolean): VegaConfig {
  const { background, font, fontSize, foreground, softForeground, axis, grid, colors } = tokens;
  const share = isComposed ? { width: 0.5, height: 0.6 } : { width: 1, height: 1 };
  const titled = { titleFontSize: fontSize, titleFontWeight: 'normal', titleColor: foreground };
  const labelled = { labelFontSize: fontSize - 1, labelColor: softForeground };
  return {
    background,
    padding: 8,
    font,
    view: {
      stroke: null,
      continuousWidth: Math.round(share.width * tokens.width),
      continuousHeight: Math.round(share.height * tokens.height),
      discreteHeight: { step: 24 },
    },
    title: {
      anchor: 'start',
      fontSize: fontSize + 2,
      subtitleFontSize: fontSize,
      color: foreground,
      subtitleColor: softForeground,
      offset: 12,
    },
    axis: {
      ...labelled,
      ...titled,
      labelLimit: 260,
      // Beyond this the title of an axis would stand in its labels.
      maxExtent: 300,
      labelFlush: false,
      labelSeparation: 4,
      titlePadding: 8,
      gridColor: grid,
      domainColor: axis,
      tickColor: axis,
    },
    legend: { ...labelled, ...titled, labelLimit: 300, titleLimit: 300, symbolStrokeWidth: 2 },
    header: { ...titled, labelFontSize: fontSize, labelColor: foreground },
    facet: { columns: 3 },
    mark: { color: colors[0] },
    line: { strokeWidth: 2 },
    trail: { color: colors[0] },
    point: { filled: true, size: 40 },
    rule: { color: softForeground },
    text: { color: foreground, fontSize: fontSize - 1 },
    range: {
      category: colors,
      heatmap: rangeOf(tokens.sequential),
      ramp: rangeOf(tokens.sequential),
      diverging: rangeOf(tokens.diverging),
    },
  };
}

function rangeOf(scale: string | readonly string[]): unknown {
  return typeof scale === 'string' ? { scheme: scale } : scale;
}

/**
 * The config of a chart: the theme, under the user's Vega-Lite config, under the chart's own.
 *
 * @param background the chart's own, if it stands outside of its config
 */
export function chartConfig(own: unknown, isComposed: boolean, background?: unknown): VegaConfig {
  const [inside] = [background, isPlain(own) ? own.background : undefined].filter(
    (colour): colour is string => typeof colour === 'string',
  );
  const base = vegaConfig(themeTokens(inside), isComposed);
  return [themeConfig(), own].reduce<VegaConfig>((under, over) => merge(under, over), base);
}

function merge(under: VegaConfig, over: unknown): VegaConfig {
  if (!isPlain(over)) return under;
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const base = merged[key];
    merged[key] = isPlain(base) && isPlain(value) ? merge(base, value) : value;
  }
  return merged;
}
