import { readMember } from './inspect.ts';
import { imageMarkup } from './markup/values.ts';
import { type Picture, rasterize } from './raster.ts';
import {
  type Displayable,
  displaySymbol,
  draftSymbol,
  type MimeBundle,
  metadataSymbol,
  type Rendered,
} from './types.ts';
import { checkSpec } from './vega/check.ts';
import { fitDiscreteAxes } from './vega/discrete.ts';
import { compileChart, type Drawing, drawChart } from './vega/draw.ts';
import { showSpec } from './vega/foldedSpec.ts';
import { located } from './vega/locate.ts';
import { addNote, checkMost, isLarge, limitNote, limitRows } from './vega/many/limit.ts';
import { type Reduced, reduceChart } from './vega/many/reduce.ts';
import { isPlain, type Plain, plainSpec } from './vega/plain.ts';
import { emptyRemarks, hideFromLogScales, isIdle } from './vega/remarks.ts';
import { nameColours } from './vega/seriesScale.ts';
import { chartSummary } from './vega/summary.ts';
import { chartConfig, type VegaConfig } from './vega/theme.ts';
import { thinLines } from './vega/thin.ts';

/** Options of `vegaLite`. */
export interface VegaLiteOptions {
  /** Send text/html as well, a still picture; JupyterLab then shows it instead of the interactive chart. */
  html?: boolean;
  /** Send a picture for front-ends that do not know Vega-Lite; true if left out. */
  png?: boolean;
  /**
   * Data with more rows than this is reduced to what its marks need: aggregates are computed, lines keep their
   * outline, of points a sample is shown, which a note under the title or the chart says. 10,000 if left out;
   * Infinity sends all.
   */
  maxPoints?: number;
}

const mimeType = 'application/vnd.vegalite.v5+json';
const vegaMimeType = 'application/vnd.vega.v5+json';
const vegaSchema = 'https://vega.github.io/schema/vega/v5.json';
const schema = 'https://vega.github.io/schema/vega-lite/v5.json';
/** From here on a picture of twice the size costs more than it shows. */
const manyMarks = 5000;

/** A chart that a notebook shows; it is drawn once, when it is shown first. */
export interface VegaLiteChart extends Displayable {
  /** The spec as it is sent: plain data, with the theme in its config. */
  readonly spec: Plain;
  toString(): string;
}

/** What the reader of a chart should know. */
interface Told {
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

  [displaySymbol](): MimeBundle | Promise<MimeBundle> {
    const failed = (error: unknown): never => {
      showSpec(this.#given, error);
      throw error;
    };
    try {
      const bundle = this.#rendered?.data ?? this.#render();
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
      return isPictured ? drawChart(small) : undefined;
    });
    if (!drawing) return this.#keep(undefined);
    return drawing instanceof Promise ? drawing.then((d) => this.#draw(d)) : this.#draw(drawing);
  }

  /** Without the picture, which takes most of the time. */
  [draftSymbol](): MimeBundle {
    return { [mimeType]: this.spec, 'text/plain': chartSummary(this.spec) };
  }

  [metadataSymbol](): Record<string, unknown> {
    if (!this.#rendered) this[displaySymbol]();
    return this.#rendered?.metadata ?? {};
  }

  #draw({ svg, markCount, warnings }: Drawing): MimeBundle {
    const telling = warnings.filter((warning) => !isIdle(warning, this.spec));
    for (const remark of [...this.#remarks, ...telling]) console.warn(`vegaLite: ${remark}`);
    const scale = markCount > manyMarks ? 1 : 2;
    return this.#keep(rasterize(thinLines(svg, scale), { scale, name: 'vegaLite' }));
  }

  #keep(picture: Picture | undefined): MimeBundle {
    const { html = false, png = true } = this.#options;
    const note = this.#reduced?.note || this.#note;
    const text = note === '' ? `${this}` : `${this}\n${note}`;
    const data: MimeBundle = this.#reduced
      ? { [vegaMimeType]: { ...this.#reduced.spec, $schema: vegaSchema } }
      : { [mimeType]: this.spec };
    if (picture && html) data['text/html'] = imageMarkup(picture.png, text, picture.width);
    if (picture && png) data['image/png'] = picture.png;
    data['text/plain'] = text;
    const { width = 0, height = 0 } = picture ?? {};
    const metadata = picture && png ? { 'image/png': { width, height } } : {};
    this.#rendered = { data, metadata };
    return data;
  }
}

/**
 * A Vega-Lite chart: interactive where the front-end knows Vega-Lite, a PNG everywhere else.
 *
 * Inline data may be rows (objects, Maps, arrays), columns of arrays, typed arrays and tensors, beside which a
 * single value counts for every row, or a tensor of up to two dimensions: of one, its field is `value`, of two
 * they are `0`, `1` and so on. NaN and infinite values are left out. The theme's defaults (size, fonts, colours that
 * the colour-blind can tell apart) give way to the spec's config. A name, such as 'train', has the same colour in all
 * charts of a notebook, unless the spec has its own scale.
 *
 * @param spec a Vega-Lite spec, or an object whose `toSpec()` gives one
 * @param options `html: true` sends a still picture as text/html too; `png: false` sends none;
 *   `maxPoints` is the number of rows from which on data is reduced
 * @returns a displayable; its `spec` is the plain spec that is sent
 * @throws TypeError if the spec is no plain object or its data is none; RangeError if its columns differ in
 *   length or a tensor has too many dimensions; at display time TypeError, RangeError (a `width` or `height`
 *   beyond 0 to 10,000 pixels, a chart beyond 100,000) or Error naming what is wrong
 * @example
 * vegaLite({
 *   title: 'Training loss',
 *   data: { values: { epoch: [1, 2, 3], loss: new Float32Array([0.9, 0.5, 0.4]) } },
 *   mark: 'line',
 *   encoding: { x: { field: 'epoch', type: 'quantitative' }, y: { field: 'loss', type: 'quantitative' } },
 * })
 */
export function vegaLite(spec: object, options: VegaLiteOptions = {}): VegaLiteChart {
  const plain = plainSpec(spec);
  const isSplit = ['facet', 'repeat', 'concat', 'hconcat', 'vconcat'].some((key) => key in plain);
  const encoding = isPlain(plain.encoding) ? plain.encoding : {};
  const isFaceted = ['facet', 'row', 'column'].some((channel) => channel in encoding);
  const config = chartConfig(plain.config, isSplit || isFaceted, plain.background);
  const note = limitNote(limitRows(plain, checkMost(options.maxPoints)));
  const remarks = [...emptyRemarks(plain), ...hideFromLogScales(plain)];
  fitDiscreteAxes(plain, config);
  nameColours(plain, config);
  const summary = chartSummary(plain);
  if (note !== '') addNote(plain, note, noteLook(config));
  return new Chart(plain, config, options, { remarks, note, summary });
}

/** A note looks like a subtitle. */
function noteLook(config: unknown): Plain {
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
