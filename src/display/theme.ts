import { luminance, mixColours, parseColour } from './colour/colour.ts';
import { type ChartTheme, readTheme, type ThemeParts } from './theme/options.ts';
import { type PresetName, presets, type ThemeTokens } from './theme/presets.ts';

export type { ChartTheme } from './theme/options.ts';
export type { ThemeTokens } from './theme/presets.ts';

/** Below this luminance light text is the better one: it is where black and white contrast alike. */
const darkBelow = 0.179;

let chosen: ThemeParts = readTheme({});

/** Replace the user's own defaults; throws a TypeError that says what is allowed. */
export function setTheme(theme: ChartTheme): void {
  chosen = readTheme(theme);
}

/**
 * The tokens of charts from now on.
 *
 * @param background of a chart that has its own: text and colours that can be read on it are taken
 */
export function themeTokens(background?: string): ThemeTokens {
  const own = { ...tokensOf(chosen), ...(background === undefined ? {} : { background }) };
  const base = presets[chosen.preset && background === undefined ? chosen.preset : presetFor(own.background)];
  const soft = own.foreground === undefined ? {} : softer(own.foreground, own.background ?? base.background);
  return { ...base, ...soft, ...own };
}

/** The user's own Vega-Lite config. */
export function themeConfig(): Readonly<Record<string, unknown>> {
  return chosen.config;
}

/** Colours of categories may come as Vega-Lite has them. */
function tokensOf({ tokens, config }: ThemeParts): Partial<ThemeTokens> {
  const range = config.range as { category?: unknown } | undefined;
  const category = Array.isArray(range?.category) ? { colors: range.category as string[] } : {};
  return { ...category, ...tokens };
}

function presetFor(background: string | undefined): PresetName {
  const colour = background === undefined ? undefined : parseColour(background);
  if (!colour) return 'light';
  if (colour.alpha < 0.5) return 'transparent';
  return luminance(colour.rgb) < darkBelow ? 'dark' : 'light';
}

/** What goes with a text colour of the user's. */
function softer(foreground: string, background: string): Partial<ThemeTokens> {
  if (presetFor(background) === 'transparent') return { softForeground: foreground };
  return {
    softForeground: mixColours(foreground, background, 0.15),
    axis: mixColours(foreground, background, 0.45),
    grid: mixColours(foreground, background, 0.88),
  };
}
