import { readMember } from '../inspect.ts';
import { stillMarkup } from '../markup/backdrop.ts';
import { chartHtml } from '../offline/chart.ts';
import { withLibrary } from '../offline/loader.ts';
import type { Plain } from '../plain.ts';
import { type Picture, rasterizeCompact } from '../raster.ts';
import {
  type Displayable,
  displaySymbol,
  draftSymbol,
  inspectSymbol,
  type MimeBundle,
  metadataSymbol,
  type Rendered,
} from '../types.ts';
import { checkSpec } from './check.ts';
import { compileChart, type Drawing, drawChart, withoutAria } from './draw.ts';
import { showSpec } from './foldedSpec.ts';
import { located } from './locate.ts';
import { checkMost, isLarge } from './many/limit.ts';
import { type Reduced, reduceChart } from './many/reduce.ts';
import { isIdle } from './remarks.ts';
import type { VegaConfig } from './theme.ts';
import { thinLines } from './thin.ts';

/** Options of `vegaLite`. */
export interface VegaLiteOptions {
  /**
   * Send text/html as well: a picture that becomes an interactive chart where scripts run, also without a network,
   * as in pages of nbconvert. Vega comes with the first such chart of a notebook, some 380 KB.
   */
  html?: boolean;
  /** Send a picture for front-ends that do not know Vega-Lite; true if left out. */
  png?: boolean;
  /**
   * Data with more rows than this is reduced to what its marks need: aggregates are computed, lines keep their
   * outline, of points a sample is shown, which a note under the title or the chart says. 5,000 if left out;
   * Infinity sends all.
   */
  maxPoints?: number;
}

const mimeType = 'application/vnd.vegalite.v5+json';
const vegaMimeType = 'application/vnd.vega.v5+json';
const vegaSchema = 'https://vega.github.io/schema/vega/v5.json';
const schema = 'https://vega.github.io/schema/vega-lite/v5.json';
/** What the libraries of the page speak; front-ends bring their own, which are older. */
const newest = {
  vega: 'https://vega.github.io/schema/vega/v6.json',
  lite: 'https://vega.github.io/schema/vega-lite/v6.json',
};
/** From here on the best compression takes longer than drawing. */
const busy = 500;
/** From here on a page is faster with a canvas than with an element for each mark. */
const manyNodes = 1000;
/** From here on a picture of twice the size costs more than it shows. */
const manyMarks = 5000;

/** A chart that a notebook shows; it is drawn once, when it is shown first. */
export interface VegaLiteChart extends Displayable {
  /** The spec as it is sent: plain data, with the theme in its config. */
  readonly spec: Plain;
  toString(): string;
}

/** What the reader of a chart should know. */
export interface Told {
  readonly remarks: readonly string[];
  readonly note: string;
  /** The chart in words. */
  readonly summary: string;
}

class Chart implements VegaLiteChart {
  readonly spec: Plain;
  /** Without the theme, for the reader of an error. */
  readonly #given: Plain;
  readonly #options: VegaLiteOptions;
  readonly #remarks: readonly string[];
  /** How many of the points are in the spec, if not all. */
  readonly #note: string;
  readonly #summary: string;
  readonly #most: number;
  #reduced: Reduced | undefined;
  #rendered: Rendered | undefined;

  constructor(given: Plain, config: VegaConfig, options: VegaLiteOptions, told: Told) {
    this.#given = given;
    this.spec = { $schema: schema, ...given, config };
    this.#remarks = told.remarks;
    this.#note = told.note;
    this.#summary = told.summary;
    this.#options = options;
    this.#most = checkMost(options.maxPoints);
  }

  toString(): string {
    return this.#summary;
  }

  /** In lists and in what is printed it is named, for its JSON would fill the screen. */
  [inspectSymbol](): string {
    return `${this}`;
  }

  [displaySymbol](): MimeBundle | Promise<MimeBundle> {
    const failed = (error: unknown): never => {
      showSpec(this.#given, error);
      throw error;
    };
    try {
      const bundle = this.#rendered?.data ?? this.#render();
      if (this.#options.html)
        return Promise.resolve(bundle).then((data) => withLibrary('vega', { ...data }), failed);
      return bundle instanceof Promise ? bundle.catch(failed) : bundle;
    } catch (error) {
      return failed(error);
    }
  }

  #render(): MimeBundle | Promise<MimeBundle> {
    checkSpec(this.spec);
    const isPictured = this.#options.png !== false || this.#options.html === true;
    const isTooLarge = isLarge(this.spec, this.#most);
    const drawing = located(drawnSpec(this.spec), (spec) => {
      const compiled = compileChart(spec);
      this.#reduced = isTooLarge ? reduceChart(compiled, spec, this.#most, noteLook(spec.config)) : undefined;
      const small = this.#reduced ? { ...compiled, spec: this.#reduced.spec } : compiled;
      return isPictured ? drawChart({ ...small, spec: withoutAria(small.spec) }) : undefined;
    });
    if (!drawing) return this.#keep(undefined);
    return drawing instanceof Promise ? drawing.then((d) => this.#draw(d)) : this.#draw(drawing);
  }

  /** Without the picture, which takes most of the time; what is too large to be sent whole has none. */
  [draftSymbol](): MimeBundle | undefined {
    if (isLarge(this.spec, this.#most)) return undefined;
    return { [mimeType]: this.spec, 'text/plain': this.#summary };
  }

  [metadataSymbol](): Record<string, unknown> {
    if (!this.#rendered) this[displaySymbol]();
    return this.#rendered?.metadata ?? {};
  }

  #draw({ svg, markCount, warnings }: Drawing): MimeBundle {
    const telling = warnings.filter((warning) => !isIdle(warning, this.spec));
    for (const remark of [...this.#remarks, ...telling]) console.warn(`vegaLite: ${remark}`);
    const scale = markCount > manyMarks ? 1 : 2;
    return this.#keep(
      rasterizeCompact(thinLines(svg, scale), {
        scale,
        name: 'vegaLite',
        level: markCount > busy ? 6 : 8,
      }),
      markCount,
    );
  }

  #keep(picture: Picture | undefined, markCount = 0): MimeBundle {
    const { html = false, png = true } = this.#options;
    const note = this.#reduced?.note || this.#note;
    const text = note === '' ? `${this}` : `${this}\n${note}`;
    const data: MimeBundle = this.#reduced
      ? { [vegaMimeType]: { ...this.#reduced.spec, $schema: vegaSchema } }
      : { [mimeType]: this.spec };
    if (picture && html) {
      const drawn = this.#reduced
        ? { ...this.#reduced.spec, $schema: newest.vega }
        : { ...this.spec, $schema: newest.lite };
      data['text/html'] = interactiveHtml(drawn, stillMarkup(picture, text), markCount);
    }
    if (picture && png) data['image/png'] = picture.png;
    data['text/plain'] = text;
    const { width = 0, height = 0 } = picture ?? {};
    const metadata = picture && png ? { 'image/png': { width, height, alt: text } } : {};
    this.#rendered = { data, metadata };
    return data;
  }
}

/** A chart of a spec that is complete but for its config. */
export function makeChart(
  given: Plain,
  config: VegaConfig,
  options: VegaLiteOptions,
  told: Told,
): VegaLiteChart {
  return new Chart(given, config, options, told);
}

/** The picture, in the place of which Vega draws the chart once the page has loaded it. */
function interactiveHtml(spec: object, still: string, markCount: number): string {
  const renderer = markCount > manyNodes ? 'canvas' : 'svg';
  return chartHtml('vega', JSON.stringify({ spec, options: { renderer } }), still);
}

/** A note looks like a subtitle. */
export function noteLook(config: unknown): Plain {
  const { subtitleColor, subtitleFontSize } = (readMember(config, 'title') ?? {}) as Plain;
  return { color: subtitleColor, fontSize: subtitleFontSize };
}

/** Outside a page nothing contains the chart: it takes its default size. */
function drawnSpec(spec: Plain): Plain {
  const { width, height, ...rest } = spec;
  return {
    ...rest,
    ...(width === undefined || width === 'container' ? {} : { width }),
    ...(height === undefined || height === 'container' ? {} : { height }),
  };
}
