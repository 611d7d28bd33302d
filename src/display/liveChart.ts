import { ArgumentError, checkOptions, describe } from '../core/check.ts';
import { atCellEnd, type CellEnd, isNotebook } from './channel.ts';
import { type DisplayHandle, display } from './display.ts';
import { callbacksOf, type FitCallbacks, type FitOptions } from './live/callbacks.ts';
import { type LiveChartOptions, type Settings, settingsOf } from './live/options.ts';
import { type Drawn, drawPicture } from './live/picture.ts';
import { RunRecord } from './live/record.ts';
import { chartSpec } from './live/spec.ts';
import { Throttle, type Timing } from './live/throttle.ts';
import { chartText } from './live/words.ts';
import { html } from './markup.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol } from './types.ts';
import { vegaLite } from './vegaLite.ts';

/** A chart that grows. As a cell's last expression it shows nothing more. */
export interface LiveChart extends Displayable {
  /**
   * Adds values: `step` or `epoch` say where, anything else is a metric. The first push decides which of the two
   * counts; without either the pushes are counted. Values that are null or undefined are left out.
   */
  push(values: Readonly<{ [name: string]: number | null | undefined }>): void;
  /** The chart is complete: it becomes an interactive one. */
  done(): void;
  /** Callbacks for `model.fit` and `model.fitDataset`. */
  fitCallbacks(options?: FitOptions): FitCallbacks;
  [displaySymbol](): MimeBundle;
}

/** What a live chart needs of the world. */
export interface LiveEnvironment extends Timing {
  /** Calls `work` at the end of the running cell, unless it is taken back with the function returned. */
  atEnd(work: (end: CellEnd) => void): () => void;
  isNotebook(): boolean;
  display: typeof display;
}

/** At most five updates a second. */
const INTERVAL_MS = 250;
/** In a terminal or a pipe each state is a few lines that stay. */
const PLAIN_INTERVAL_MS = 10_000;
/** After an interrupt the front-end first hears that the cell has ended. */
const AFTER_INTERRUPT_MS = 30;
const WHERE = 'liveChart';

class GrowingChart implements LiveChart {
  readonly #record: RunRecord;
  readonly #settings: Settings;
  readonly #environment: LiveEnvironment;
  readonly #throttle: Throttle;
  readonly #handle: DisplayHandle;
  readonly #takeBack: () => void;
  #state: 'live' | 'shown whole' | 'done' = 'live';

  constructor(settings: Settings, environment: LiveEnvironment) {
    this.#record = new RunRecord(settings);
    this.#settings = settings;
    this.#environment = environment;
    const interval = environment.isNotebook() ? INTERVAL_MS : PLAIN_INTERVAL_MS;
    this.#throttle = new Throttle(() => this.#draw(), interval, environment);
    this.#handle = environment.display(this.#picture(), { raw: true });
    this.#takeBack = environment.atEnd((end) => this.#cellEnded(end));
  }

  push(values: Readonly<{ [name: string]: number | null | undefined }>): void {
    if (this.#state === 'done')
      throw new TypeError('liveChart.push: the chart is done; a new run needs a new one');
    this.#record.push(values);
    this.#state = 'live';
    this.#throttle.request();
  }

  done(): void {
    if (this.#state === 'done') return;
    this.#takeBack();
    this.#throttle.stop();
    if (this.#state === 'live') this.#drawWhole();
    this.#state = 'done';
  }

  fitCallbacks(options: FitOptions = {}): FitCallbacks {
    checkOptions(`${WHERE}.fitCallbacks`, options, ['batches']);
    const { batches } = options;
    if (batches !== undefined && typeof batches !== 'boolean') {
      throw new ArgumentError(`${WHERE}.fitCallbacks`, 'batches', describe(batches), 'true or false');
    }
    return callbacksOf(this, options);
  }

  [displaySymbol](): MimeBundle {
    return {};
  }

  /** A run may go on behind its cell: what comes is shown as before. */
  #cellEnded(end: CellEnd): void {
    if (this.#state !== 'live') return;
    this.#throttle.stop();
    if (end !== 'interrupted') {
      this.#drawWhole();
      return;
    }
    this.#draw();
    this.#environment.later(() => {
      if (this.#state === 'live') this.#drawWhole();
    }, AFTER_INTERRUPT_MS);
  }

  #draw(): void {
    this.#handle.update(this.#picture(), { raw: true });
  }

  #drawWhole(): void {
    if (this.#record.panels.length === 0) {
      this.#draw();
      return;
    }
    this.#state = 'shown whole';
    const text = this.#text();
    if (!this.#environment.isNotebook()) {
      this.#handle.update({ 'text/plain': text }, { raw: true });
      return;
    }
    this.#handle.update(withText(vegaLite(chartSpec(this.#drawn())), text));
  }

  #picture(): MimeBundle {
    const text = this.#text();
    if (!this.#environment.isNotebook()) return { 'text/plain': text };
    const { svg, width, height } = drawPicture(this.#drawn());
    const source = `data:image/svg+xml,${svg.replace(/[%#<>&"]/g, encodeURIComponent)}`;
    const style = 'max-width:100%;height:auto';
    const image = html`<img src="${source}" width="${width}" height="${height}" alt="${text}" style="${style}">`;
    return { 'text/html': image.markup, 'text/plain': text };
  }

  #drawn(): Drawn {
    const { title, logScale } = this.#settings;
    const { panels, axis } = this.#record;
    return { title, panels, axis, logScale };
  }

  #text(): string {
    const { axis, at, metrics } = this.#record;
    return chartText(this.#settings.title, axis, at, metrics);
  }
}

function withText(chart: Displayable, text: string): Displayable {
  const add = (data: MimeBundle): MimeBundle => ({ ...data, 'text/plain': text });
  return {
    [displaySymbol]: () => {
      const data = chart[displaySymbol]();
      return data instanceof Promise ? data.then(add) : add(data);
    },
    [metadataSymbol]: () => chart[metadataSymbol]?.() ?? {},
  };
}

/** `liveChart` for a clock and a place to draw at. */
export function makeLiveChart(environment: LiveEnvironment): (options?: LiveChartOptions) => LiveChart {
  return (options = {}) => new GrowingChart(settingsOf(options), environment);
}

// Cells may replace these.
const { performance, setTimeout, clearTimeout } = globalThis;

/**
 * A chart of a run that goes on: each `push` adds to it, and it is drawn again at most five times a second, also
 * while a loop never waits. When it is done, or when its cell ends in whatever way, it becomes an interactive
 * chart with a picture, which the saved notebook keeps.
 *
 * A metric and its validation (`loss` with `valLoss` or `val_loss`) have one colour, validation dashed; metrics
 * of other scales have axes of their own. A value that is NaN or infinite is marked where it came. However long
 * a run is, a line has at most `maxPoints`, among them its extremes and the last one.
 *
 * @param options `metrics` to come; `title`; `smoothing` in [0, 1) (0); `logScale` (false); `maxPoints` from 20 to
 *   10,000 (500)
 * @returns a chart with `push(values)`, `done()` and `fitCallbacks()`
 * @throws ArgumentError for options that do not exist or are out of range; `push` a PushError for anything but
 *   numbers, and a TypeError after `done`
 * @example
 * const chart = liveChart({ title: 'Training' });
 * for (let epoch = 1; epoch <= 50; epoch++) chart.push({ epoch, loss: 1 / epoch, valLoss: 1.2 / epoch });
 * chart.done();
 */
export const liveChart: (options?: LiveChartOptions) => LiveChart = makeLiveChart({
  now: () => performance.now(),
  later: (work, ms) => {
    const timer = setTimeout(work, ms);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
  atEnd: atCellEnd,
  isNotebook,
  display,
});
