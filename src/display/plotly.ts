import { checkOptions } from '../core/check.ts';
import { messageOf } from './inspect.ts';
import { stillMarkup } from './markup/backdrop.ts';
import { chartHtml } from './offline/chart.ts';
import { isPrepared } from './offline/libraries.ts';
import { withLibrary, withPrepared } from './offline/loader.ts';
import type { Plain } from './plain.ts';
import { decimate, forStill } from './plotly/decimate.ts';
import { type Figure, figureParts, libraryOf, readFigure, typesOf } from './plotly/figure.ts';
import { type Size, withLooks } from './plotly/looks.ts';
import { placeholder } from './plotly/placeholder.ts';
import { jsonValue } from './plotly/plain.ts';
import { drawStill, Forgotten, warmStill } from './plotly/still.ts';
import { figureSummary } from './plotly/summary.ts';
import { libraryFor, networkNeed, onlyInBrowser, stillType } from './plotly/traces.ts';
import type { Picture } from './raster.ts';
import {
  type Displayable,
  displaySymbol,
  draftSymbol,
  inspectSymbol,
  type MimeBundle,
  metadataSymbol,
  type Rendered,
} from './types.ts';

/** Options of `plotly`. */
export interface PlotlyOptions {
  /** Thin traces of very many points, which a page could hardly show; true if left out. */
  decimate?: boolean;
}

/** A figure of Plotly's. */
export interface PlotlyFigure {
  /** The traces. */
  data: object | readonly object[];
  layout?: object;
  config?: object;
  frames?: unknown;
  decimate?: boolean;
}

/** A chart that a notebook shows; it is drawn once, when it is shown first. */
export interface PlotlyChart extends Displayable {
  /** The figure as it is sent: plain data, with the theme as its template. */
  readonly figure: { readonly data: readonly Plain[]; readonly layout: Plain; readonly config: Plain };
  toString(): string;
}

const mimeType = 'application/vnd.plotly.v1+json';

class Chart implements PlotlyChart {
  readonly figure: Figure;
  readonly #size: Size;
  readonly #remarks: readonly string[];
  #rendered: Promise<Rendered> | undefined;
  #metadata: Record<string, unknown> = {};

  constructor(figure: Figure, size: Size, remarks: readonly string[]) {
    this.figure = figure;
    this.#size = size;
    this.#remarks = remarks;
  }

  toString(): string {
    return figureSummary(this.figure);
  }

  /** In lists and in what is printed it is named, for its JSON would fill the screen. */
  [inspectSymbol](): string {
    return `${this}`;
  }

  async [displaySymbol](): Promise<MimeBundle> {
    this.#rendered ??= this.#render().catch((error: unknown) => {
      this.#rendered = undefined;
      throw error;
    });
    const { data, metadata } = await this.#rendered;
    this.#metadata = metadata;
    return withLibrary(libraryOf(this.figure), { ...data });
  }

  [metadataSymbol](): Record<string, unknown> {
    return this.#metadata;
  }

  /** Without a picture, which takes longer than the page takes to draw it. */
  [draftSymbol](): MimeBundle | undefined {
    const library = libraryOf(this.figure);
    if (!isPrepared(library)) return undefined;
    const text = figureSummary(this.figure);
    const place = `<div style="height: ${this.#size.height}px"></div>`;
    const html = chartHtml(library, JSON.stringify(this.figure), place);
    return withPrepared(library, { [mimeType]: this.figure, 'text/html': html, 'text/plain': text });
  }

  async #render(): Promise<Rendered> {
    for (const remark of this.#remarks) console.warn(`plotly: ${remark}`);
    const { png, width, height } = await this.#still();
    const text = figureSummary(this.figure);
    const still = stillMarkup({ png, width, height }, text);
    return {
      data: {
        [mimeType]: this.figure,
        'text/html': chartHtml(libraryOf(this.figure), JSON.stringify(this.figure), still),
        'image/png': png,
        'text/plain': text,
      },
      metadata: { 'image/png': { width, height, alt: text } },
    };
  }

  /** The picture, or one in words where that is all that can be had. */
  async #still(): Promise<Picture> {
    const types = typesOf(this.figure);
    const reason = types.map(onlyInBrowser).find((one) => one !== undefined);
    if (reason !== undefined) return placeholder(this.figure, this.#size, reason);
    const data = this.figure.data.map((trace) => {
      const type = stillType(String(trace.type ?? 'scatter'));
      return { ...forStill(trace), type };
    });
    const library = libraryFor(data.map(({ type }) => type));
    try {
      return await drawStill(library, JSON.stringify({ ...this.figure, data }), this.#size);
    } catch (error) {
      if (error instanceof Forgotten) throw error;
      return placeholder(
        this.figure,
        this.#size,
        `it cannot be drawn without a browser (${messageOf(error)})`,
      );
    }
  }
}

/**
 * A chart of Plotly's: interactive wherever a page runs scripts, without a network, and a picture everywhere else.
 *
 * Lists of a trace may be arrays, typed arrays and tensors; NaN and infinite values leave gaps. The theme, which
 * is the figure's template, gives way to the figure's own layout, and series of one name have one colour in all
 * charts. Traces of more than 20,000 points are thinned with a note.
 *
 * @param data a trace, a list of traces, a figure `{ data, layout, config }`, or what has `toJSON()` that gives one
 * @param layout Plotly's layout; titles may be text
 * @param config Plotly's configuration
 * @param options `decimate: false` sends all points
 * @returns a displayable; its `figure` is what is sent
 * @throws TypeError for what is no figure: a trace type that Plotly does not know, a function in it, a tensor that
 *   was disposed; RangeError for lists of a trace that differ in length; ArgumentError for an option that does not
 *   exist
 * @example
 * plotly([{ x: [1, 2, 3], y: [0.9, 0.5, 0.4], name: 'train' }], { title: 'Loss', xaxis: { title: 'epoch' } })
 */
export function plotly(
  data: PlotlyFigure | object | readonly object[],
  layout?: object,
  config?: object,
  options?: PlotlyOptions,
): PlotlyChart {
  checkOptions('plotly', options ?? {}, ['decimate']);
  const parts = figureParts(data, layout, config, options);
  const read = readFigure(parts);
  warmStill();
  const thinned = read.data.map((trace, index) =>
    parts.decimate === false ? { trace } : decimate(trace, `data[${index}]`),
  );
  const needs = typesOf(read).map(networkNeed);
  const remarks = [
    ...thinned.map(({ remark }) => remark),
    ...needs.map((need, index) => need && `data[${index}] ${need}`),
  ].filter((remark) => remark !== undefined);
  const { figure, size } = withLooks({ ...read, data: thinned.map(({ trace }) => trace) });
  return new Chart(jsonValue(figure) as Figure, size, remarks);
}
