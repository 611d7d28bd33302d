import { toBundle } from './bundle.ts';
import { outputChannel } from './channel.ts';
import { readMethod } from './inspect.ts';
import { dropWaiting, showLatest } from './latest.ts';
import { librariesCleared } from './offline/owners.ts';
import { inOrder } from './queue.ts';
import { type ChartTheme, setTheme } from './theme.ts';
import { beforeSymbol, displaySymbol, draftSymbol, type MimeBundle, type Rendered } from './types.ts';

/** Options of `display`. */
export interface DisplayOptions {
  /** Identity of the output; outputs of one id are updated together. A fresh one if left out. */
  id?: string;
  /** The value is a MIME bundle. */
  raw?: boolean;
}

/** An output that was shown. As a cell's last expression it shows nothing more. */
export interface DisplayHandle {
  readonly id: string;
  /** Show another value in the place of the output. */
  update(value: unknown, options?: { raw?: boolean }): void;
  /** Empty the output. */
  clear(): void;
  [displaySymbol](): MimeBundle;
}

/** `display` with its companions for the whole cell. */
export interface Display {
  (value: unknown, options?: DisplayOptions): DisplayHandle;
  /**
   * Clear the cell's output.
   * @param options `wait`: only when the next output arrives, which avoids flicker
   */
  clear(options?: { wait?: boolean }): void;
  /**
   * Set how charts of Vega-Lite and Plotly look from now on; `{}` resets it.
   * @param theme `preset` ('light', 'dark' or 'transparent'); tokens that replace some of it: `colors`, `font`,
   *   `fontSize`, `background`, `foreground`, `softForeground`, `axis`, `grid`, `sequential`, `diverging`, `width`,
   *   `height`; and, for Vega-Lite alone, the keys of its config, such as `{ axis: { grid: false } }`. A dark
   *   `background` alone brings text and colours that can be read on it
   * @throws TypeError for what is none of these, saying what is allowed
   */
  theme(theme: ChartTheme): void;
}

/**
 * Show a value at once.
 *
 * Values with `[Symbol.for('Jupyter.display')]()`, `toSpec()` or `outerHTML`, what this toolkit and TensorFlow.js
 * make, canvases, data frames and lists of rows are shown richly, others as text. Outputs appear in the order of
 * the calls.
 *
 * @param value what to show
 * @param options `id` names the output; `raw` takes the value as a MIME bundle
 * @returns a handle with `id`, `update(value)` and `clear()`
 * @throws whatever the value's own rendering throws; TypeError for a raw value that is no MIME bundle
 * @example
 * const status = display(html`<i>loading</i>`);
 * status.update(html`<b>ready</b>`);
 */
export const display: Display = Object.assign(show, {
  clear(options: { wait?: boolean } = {}): void {
    inOrder(options.wait ?? false, (wait) => {
      const channel = outputChannel();
      channel.clear(wait);
      librariesCleared(channel.cell?.().run);
    });
  },
  theme(theme: ChartTheme): void {
    setTheme(theme);
  },
});

function show(value: unknown, options: DisplayOptions = {}): DisplayHandle {
  const { id = globalThis.crypto.randomUUID(), raw = false } = options;
  send(value, id, raw, false);
  return {
    id,
    update: (next, { raw: rawNext = false } = {}) => send(next, id, rawNext, true),
    clear: () => send({ 'text/plain': '' }, id, true, true),
    [displaySymbol]: () => ({}),
  };
}

function send(value: unknown, displayId: string, raw: boolean, update: boolean): void {
  const render = (): Rendered | Promise<Rendered> => toBundle(value, { raw });
  const output = ({ data, metadata }: Rendered): void => {
    if (Object.keys(data).length === 0) return;
    readMethod(data, beforeSymbol)?.();
    outputChannel().display(data, { metadata, displayId, ...(update ? { update } : {}) });
  };
  // Charts do not change once they are made, and may be drawn later than other values.
  if (update && readMethod(value, draftSymbol)) {
    showLatest(displayId, render, output);
    return;
  }
  dropWaiting(displayId);
  inOrder(render(), output);
}
