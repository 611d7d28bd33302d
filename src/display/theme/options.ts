import { allowedText } from '../allowedText.ts';
import { parseColour } from '../colour/colour.ts';
import { isList, plainText, shortText } from '../inspect.ts';
import { type PresetName, presets, type ThemeTokens } from './presets.ts';
import { scaleNames } from './scales.ts';

/**
 * Defaults of charts: `preset`, single tokens such as `colors`, `font`, `foreground` or `width`, and beside
 * them the keys of a Vega-Lite config.
 */
export interface ChartTheme extends Partial<Omit<ThemeTokens, 'axis'>> {
  readonly preset?: PresetName;
  /** A colour, or the part of a Vega-Lite config of that name. */
  readonly axis?: string | object;
  readonly [configKey: string]: unknown;
}

/** The keys of a Vega-Lite config; `font` and `background` among them are tokens here. */
const configKeys = [
  ...'arc area aria autosize axis axisBand axisBottom axisDiscrete axisLeft axisPoint axisQuantitative'.split(
    ' ',
  ),
  ...'axisRight axisTemporal axisTop axisX axisXBand axisXDiscrete axisXPoint axisXQuantitative'.split(' '),
  ...'axisXTemporal axisY axisYBand axisYDiscrete axisYPoint axisYQuantitative axisYTemporal bar'.split(' '),
  ...'boxplot circle concat countTitle customFormatTypes errorband errorbar facet fieldTitle'.split(' '),
  ...'geoshape header headerColumn headerFacet headerRow image legend line lineBreak locale mark'.split(' '),
  ...'normalizedNumberFormat normalizedNumberFormatType numberFormat numberFormatType padding'.split(' '),
  ...'params point projection range rect rule scale selection square style text tick timeFormat'.split(' '),
  ...'timeFormatType title tooltipFormat trail view'.split(' '),
];

interface Kind {
  readonly allowed: string;
  readonly fits: (value: unknown) => boolean;
}

const isColour = (value: unknown): boolean => typeof value === 'string' && parseColour(value) !== undefined;
const isColours = (value: unknown, atLeast: number): boolean =>
  isList(value) && value.length >= atLeast && value.every(isColour);

const colour: Kind = {
  allowed: "a CSS colour such as '#0072b2', 'tomato' or 'rgb(0, 114, 178)'",
  fits: isColour,
};
const scale: Kind = {
  allowed: `two or more CSS colours from low to high, or one of ${scaleNames.join(', ')}`,
  fits: (value) => scaleNames.includes(String(value)) || isColours(value, 2),
};
const between = (low: number, high: number): Kind => ({
  allowed: `a number of pixels from ${low} to ${high}`,
  fits: (value) => typeof value === 'number' && value >= low && value <= high,
});

const kinds: Readonly<Record<keyof ThemeTokens, Kind>> = {
  font: {
    allowed: "the names of fonts such as 'Georgia, serif'",
    fits: (value) => typeof value === 'string' && value.trim() !== '',
  },
  fontSize: between(4, 72),
  background: colour,
  foreground: colour,
  softForeground: colour,
  axis: colour,
  grid: colour,
  colors: {
    allowed: "a list of CSS colours such as ['#0072b2', 'tomato']",
    fits: (value) => isColours(value, 1),
  },
  sequential: scale,
  diverging: scale,
  width: between(20, 5000),
  height: between(20, 5000),
};

/** A theme taken apart. */
export interface ThemeParts {
  readonly preset: PresetName | undefined;
  readonly tokens: Partial<ThemeTokens>;
  /** What is left: a Vega-Lite config. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Take a theme apart; throws a TypeError that says what is allowed. */
export function readTheme(theme: unknown): ThemeParts {
  if (typeof theme !== 'object' || theme === null || isList(theme)) {
    throw new TypeError(
      `display.theme: the theme is ${plainText(theme)}; allowed is an object such as { preset: 'dark' }, { colors: ['#0072b2', 'tomato'] } or a Vega-Lite config`,
    );
  }
  const { preset, ...rest } = theme as Record<string, unknown>;
  const tokens: Record<string, unknown> = {};
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    if (isToken(key, value)) tokens[key] = checkToken(key, value);
    else if (configKeys.includes(key)) config[key] = structuredClone(value);
    else throw new TypeError(`display.theme: '${key}' is unknown; ${meant(key)}`);
  }
  return { preset: checkPreset(preset), tokens: tokens as Partial<ThemeTokens>, config };
}

/** `axis` is a colour, or the part of a Vega-Lite config of that name. */
function isToken(key: string, value: unknown): key is keyof ThemeTokens {
  return Object.hasOwn(kinds, key) && !(key === 'axis' && typeof value === 'object');
}

function meant(key: string): string {
  const tokens = ['preset', ...Object.keys(kinds)];
  const guess = allowedText(key, [...tokens, ...configKeys]);
  if (guess.startsWith('did you mean')) return guess;
  return `allowed are ${tokens.join(', ')} and the keys of a Vega-Lite config, such as mark, legend and range`;
}

function checkToken(key: keyof ThemeTokens, value: unknown): unknown {
  const { allowed, fits } = kinds[key];
  if (fits(value)) return isList(value) ? [...value] : value;
  throw new TypeError(`display.theme: ${key} is ${shortText(value)}; allowed is ${allowed}`);
}

function checkPreset(name: unknown): PresetName | undefined {
  if (name === undefined || (typeof name === 'string' && Object.hasOwn(presets, name))) {
    return name as PresetName | undefined;
  }
  throw new TypeError(
    `display.theme: preset is ${shortText(name)}; ${allowedText(name, Object.keys(presets))}`,
  );
}
