import { afterEach, expect, test } from 'vitest';
import { display, vegaLite } from '../../../src/display/index.ts';
import { plotlyTemplate } from '../../../src/display/theme/plotlyTemplate.ts';
import { presets } from '../../../src/display/theme/presets.ts';
import { scaleColours, scaleNames } from '../../../src/display/theme/scales.ts';
import { themeTokens } from '../../../src/display/theme.ts';
import { vegaLibrary } from '../../../src/display/vega/library.ts';

afterEach(() => display.theme({}));

interface Config {
  readonly background: string;
  readonly font: string;
  readonly axis: Readonly<Record<string, unknown>>;
  readonly title: Readonly<Record<string, unknown>>;
  readonly view: Readonly<Record<string, unknown>>;
  readonly range: { readonly category: unknown };
}

const configOf = (spec: object = {}): Config =>
  vegaLite({ data: [{ a: 1 }], mark: 'point', ...spec }).spec.config as Config;

test('Vega-Lite and Plotly take fonts, sizes and colours from the same tokens', () => {
  display.theme({ font: 'Georgia, serif', fontSize: 15, colors: ['tomato', '#123456'], width: 300 });
  const config = configOf();
  const { layout } = plotlyTemplate();
  expect(config).toMatchObject({ font: 'Georgia, serif', axis: { titleFontSize: 15, labelFontSize: 14 } });
  expect(config).toMatchObject({ title: { fontSize: 17 }, view: { continuousWidth: 300 } });
  expect(layout.font).toMatchObject({ family: 'Georgia, serif', size: 15, color: config.axis.titleColor });
  expect(layout).toMatchObject({
    paper_bgcolor: config.background,
    title: { font: { size: 17 } },
    xaxis: { gridcolor: config.axis.gridColor, linecolor: config.axis.domainColor, tickfont: { size: 14 } },
  });
  expect(layout.colorway).toEqual(['tomato', '#123456']);
  expect(config.range.category).toEqual(layout.colorway);
  expect(layout.width).toBeGreaterThan(300);
});

test('colour scales are the same in both', () => {
  const { vega } = vegaLibrary();
  const hex = (colour: string): string => {
    const digits = colour.startsWith('#') ? [] : (colour.match(/\d+/g) ?? []);
    return digits.length === 0
      ? colour
      : `#${digits.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
  };
  for (const name of scaleNames) {
    const scheme = vega.scheme(name) as (at: number) => string;
    expect(scaleColours(name), name).toEqual(Array.from({ length: 11 }, (_, step) => hex(scheme(step / 10))));
  }
  display.theme({ sequential: ['white', 'navy'] });
  expect(plotlyTemplate().layout.colorscale.sequential).toEqual([
    [0, 'white'],
    [1, 'navy'],
  ]);
  expect(plotlyTemplate().layout.colorscale.sequentialminus).toEqual([
    [0, 'navy'],
    [1, 'white'],
  ]);
  expect(configOf()).toMatchObject({
    range: { ramp: ['white', 'navy'], diverging: { scheme: 'blueorange' } },
  });
});

test('a preset, and a dark background alone, bring text that can be read on it', () => {
  display.theme({ preset: 'dark' });
  expect(themeTokens()).toEqual(presets.dark);
  display.theme({ background: 'black' });
  expect(themeTokens()).toEqual({ ...presets.dark, background: 'black' });
  display.theme({ background: 'hsl(50, 90%, 95%)', colors: ['red'] });
  expect(themeTokens()).toEqual({
    ...presets.light,
    background: 'hsl(50, 90%, 95%)',
    colors: ['red'],
  });
  display.theme({ background: 'transparent' });
  expect(themeTokens()).toEqual(presets.transparent);
  expect(plotlyTemplate().layout.paper_bgcolor).toBe('rgba(0, 0, 0, 0)');
  display.theme({});
  expect(themeTokens()).toEqual(presets.light);
  for (const spec of [{ background: '#000' }, { config: { background: '#000' } }]) {
    expect(configOf(spec).axis.titleColor).toBe(presets.dark.foreground);
  }
  display.theme({ preset: 'dark' });
  expect(configOf({ background: 'white' }).axis.titleColor).toBe(presets.light.foreground);
});

test('a text colour of its own brings softer ones for labels and lines', () => {
  display.theme({ foreground: '#000080' });
  expect(themeTokens()).toMatchObject({ foreground: '#000080', softForeground: '#262693', axis: '#7373b9' });
  display.theme({ foreground: '#000080', axis: 'silver' });
  expect(themeTokens().axis).toBe('silver');
});

test('a Vega-Lite config goes beside the tokens; its categories are colours of both', () => {
  display.theme({ axis: { grid: false }, range: { category: ['red', 'blue'] }, fontSize: 20 });
  expect(configOf()).toMatchObject({ axis: { grid: false, titleFontSize: 20 } });
  expect(plotlyTemplate().layout.colorway).toEqual(['red', 'blue']);
});

test.each([
  [{ colours: ['red'] }, /'colours' is unknown; did you mean 'colors'\?/],
  [{ hello: 1 }, /'hello' is unknown; allowed are preset, font, .*height and the keys of a Vega-Lite config/],
  [{ colors: 'red' }, /colors is 'red'; allowed is a list of CSS colours/],
  [{ colors: [] }, /colors is \[\]/],
  [{ colors: ['read'] }, /colors is \[ 'read' \]/],
  [{ background: 5 }, /background is 5; allowed is a CSS colour such as '#0072b2'/],
  [{ background: '#12345' }, /background is '#12345'/],
  [{ foreground: 'rgb(1, 2)' }, /foreground is 'rgb\(1, 2\)'/],
  [{ fontSize: '12px' }, /fontSize is '12px'; allowed is a number of pixels from 4 to 72/],
  [{ width: Number.NaN }, /width is NaN; allowed is a number of pixels from 20 to 5000/],
  [{ sequential: 'virids' }, /sequential is 'virids'; allowed is two or more CSS colours .* one of viridis/],
  [{ preset: 'drak' }, /preset is 'drak'; did you mean 'dark'\?/],
  [{ preset: 'sepia' }, /preset is 'sepia'; allowed are light, dark, transparent/],
  [null, /the theme is null; allowed is an object such as { preset: 'dark' }/],
])('%j is an error that says what is allowed', (theme, message) => {
  expect(() => display.theme(theme as never)).toThrow(message);
  expect(themeTokens()).toEqual(presets.light);
});
