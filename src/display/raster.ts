import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compactPng } from './compactPng.ts';
import { messageOf } from './inspect.ts';

/** A PNG in base64, and the size in CSS pixels at which to show it. */
export interface Picture {
  readonly png: string;
  readonly width: number;
  readonly height: number;
}

/** The text style that decides how wide a text is. */
export interface TextStyle {
  readonly family: string;
  readonly weight: string;
  readonly style: string;
}

type Resvg = typeof import('@resvg/resvg-js').Resvg;
interface Loaded {
  readonly Resvg: Resvg;
  readonly fontFiles: string[];
}

const fontNames = [
  'DejaVuSans',
  'DejaVuSans-Bold',
  'DejaVuSans-Oblique',
  'DejaVuSans-BoldOblique',
  'DejaVuSansMono',
  'DejaVuSansMono-Bold',
  'DejaVuSerif',
  'DejaVuSerif-Bold',
];
/** A picture is not wider or higher than this, whatever its scale: memory is 4 bytes a pixel. */
const maxSide = 8000;
/** Scripts that DejaVu does not cover: only then the fonts of the system are worth their time. */
const beyondDejaVu =
  /[\u0900-\u0dff\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff]|\p{Emoji_Presentation}/u;

/** Much sooner searched for than the other. */
const beyondAscii = /[^\0-\x7f]+/g;

let loaded: Loaded | undefined;

function load(): Loaded {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const { Resvg } = require('@resvg/resvg-js') as { Resvg: Resvg };
  const folder = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  loaded = { Resvg, fontFiles: fontNames.map((name) => join(folder, `${name}.ttf`)) };
  return loaded;
}

interface OpenOptions {
  readonly zoom?: number;
  readonly fontFiles?: string[];
  readonly background?: string;
}

function open(svg: string, options: OpenOptions = {}): InstanceType<Resvg> {
  const { Resvg, fontFiles } = load();
  return new Resvg(svg, {
    font: {
      loadSystemFonts: (svg.match(beyondAscii) ?? []).some((text) => beyondDejaVu.test(text)),
      fontFiles: options.fontFiles ?? fontFiles,
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
      serifFamily: 'DejaVu Serif',
      monospaceFamily: 'DejaVu Sans Mono',
    },
    ...(options.zoom === undefined ? {} : { fitTo: { mode: 'zoom', value: options.zoom } }),
    ...(options.background === undefined ? {} : { background: options.background }),
    logLevel: 'off',
  });
}

/** How a document is rendered. */
export interface RasterOptions {
  readonly scale: number;
  /** The helper, for error messages; `svg` if left out. */
  readonly name?: string;
  /** A colour; transparent if left out. */
  readonly background?: string;
}

/** Render an SVG document; throws a TypeError that begins with the `name` of the helper. */
export function rasterize(svg: string, options: RasterOptions): Picture {
  return drawn(svg, options, (image) => image.asPng());
}

/** The same in a file of half the size, for drawings in few colours. */
export function rasterizeCompact(svg: string, options: RasterOptions & { level?: number }): Picture {
  return drawn(svg, options, ({ width, height, pixels }) =>
    compactPng({ width, height, data: straightPixels(pixels) }, options.level),
  );
}

type Image = ReturnType<InstanceType<Resvg>['render']>;

function drawn(svg: string, options: RasterOptions, encode: (image: Image) => Buffer): Picture {
  try {
    const { width, height } = sizeOf(svg) ?? open(svg, { fontFiles: [] });
    const scale = Math.min(options.scale, maxSide / Math.max(width, height));
    const { background } = options;
    const drawing = open(svg, { zoom: scale, ...(background === undefined ? {} : { background }) });
    return { png: encode(drawing.render()).toString('base64'), width, height };
  } catch (error) {
    throw new TypeError(`${options.name ?? 'svg'}: the picture cannot be drawn: ${messageOf(error)}`);
  }
}

/** The size that the root element gives in pixels, as it does in what Vega writes; others are left to resvg. */
function sizeOf(svg: string): { width: number; height: number } | undefined {
  const [root = ''] = /^\s*<svg\b[^>]*>/.exec(svg) ?? [];
  const [width = 0, height = 0] = ['width', 'height'].map((side) => {
    const [, number] = new RegExp(`\\s${side}=(["'])(\\d+)\\1`).exec(root)?.slice(1) ?? [];
    return Number(number ?? 0);
  });
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** The colours of a picture, which resvg keeps multiplied by their opacity. */
function straightPixels(pixels: Buffer): Uint8Array {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha === 255 || alpha === 0) continue;
    for (let i = at; i < at + 3; i++) pixels[i] = Math.round((255 * (pixels[i] ?? 0)) / alpha);
  }
  return pixels;
}

/** The opacity of each pixel of an SVG document: for text, which is drawn in one font alone. */
export function rasterizeInk(svg: string): { width: number; alpha: Uint8Array } {
  const [sans = ''] = load().fontFiles;
  const { width, pixels } = open(svg, { fontFiles: [sans] }).render();
  return { width, alpha: Uint8Array.from({ length: pixels.length / 4 }, (_, at) => pixels[4 * at + 3]!) };
}

const frame = 'xmlns="http://www.w3.org/2000/svg" width="1000" height="400"';

/** The advance width of a text at a font size of 100, from its ink between two letters of known ink. */
export function inkWidth(text: string, { family, weight, style }: TextStyle): number {
  const escaped = text.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const font = `font-family="${family}" font-weight="${weight}" font-style="${style}" font-size="100"`;
  const svg = `<svg ${frame}><text x="0" y="200" xml:space="preserve" ${font}>${escaped}</text></svg>`;
  return open(svg).getBBox()?.width ?? 0;
}
