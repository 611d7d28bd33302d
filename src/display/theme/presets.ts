/** What decides the looks of a chart, in Vega-Lite and in Plotly alike. */
export interface ThemeTokens {
  readonly font: string;
  /** Pixels of an axis title; labels are a pixel smaller, the title of the chart two larger. */
  readonly fontSize: number;
  readonly background: string;
  /** Titles and text. */
  readonly foreground: string;
  /** Labels, and lines that are no data. */
  readonly softForeground: string;
  readonly axis: string;
  readonly grid: string;
  /** The colours of series and categories, in this order. */
  readonly colors: readonly string[];
  /** From low to high: a name out of `scales.ts`, or colours. */
  readonly sequential: string | readonly string[];
  /** From low over a neutral middle to high. */
  readonly diverging: string | readonly string[];
  /** Pixels of the plotting area. */
  readonly width: number;
  readonly height: number;
}

export type PresetName = 'light' | 'dark' | 'transparent';

const common = {
  font: 'DejaVu Sans, Verdana, sans-serif',
  fontSize: 12,
  sequential: 'viridis',
  diverging: 'blueorange',
  width: 480,
  height: 300,
} as const;

/**
 * The first three colours are Okabe and Ito's. The others were searched for: each is at least 3:1 on the
 * background, and any two stay apart for protanopes, deuteranopes and tritanopes (Okabe and Ito's own yellow and
 * sky blue are near white, and their grey is their green to a deuteranope).
 *
 * The light background is white and not transparent on purpose: no one colour of text is at 4.5:1 on white and
 * on the #111 of a dark notebook, and a chart must look the same in both. `transparent` comes as near as can be.
 */
export const presets: Readonly<Record<PresetName, ThemeTokens>> = {
  light: {
    ...common,
    background: '#ffffff',
    foreground: '#222222',
    softForeground: '#444444',
    axis: '#888888',
    grid: '#e9e9e9',
    colors: ['#0072b2', '#d55e00', '#009e73', '#aa2f82', '#2b5b07', '#b77adb', '#332a88', '#7907e6'],
  },
  dark: {
    ...common,
    background: '#1b1b1b',
    foreground: '#ececec',
    softForeground: '#c4c4c4',
    axis: '#8a8a8a',
    grid: '#3a3a3a',
    colors: ['#56b4e9', '#e69f00', '#199d78', '#de3bc2', '#f9e93a', '#8667f8', '#6cf1e0', '#f92b30'],
  },
  transparent: {
    ...common,
    background: 'transparent',
    foreground: '#797979',
    softForeground: '#797979',
    axis: '#8a8a8a',
    grid: 'rgba(128, 128, 128, 0.28)',
    colors: ['#1c67a4', '#a46313', '#3aa273', '#b90d75', '#c07dbe', '#9f2ff7'],
  },
};
