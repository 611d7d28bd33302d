import { toBundle } from '../bundle.ts';
import { readMethod } from '../inspect.ts';
import { inOrder } from '../queue.ts';
import { beforeSymbol, type Rendered } from '../types.ts';
import { captured, errorOutput } from './cell.ts';
import { type OptionsOf, type VisibleTraits, visible, type WidgetOf } from './common.ts';
import { defineWidget, type WidgetClass } from './define.ts';
import { Model } from './model.ts';
import { OutputList, type SavedOutput } from './outputList.ts';
import type { Spec } from './spec.ts';
import { refused, type Trait, type TraitsOf, text } from './traits.ts';

interface OutputTraits extends VisibleTraits {
  /** What it shows, as notebooks keep outputs. */
  outputs: readonly SavedOutput[];
  /** Set by front-ends. */
  msgId: string;
}

/** A place for outputs. */
export interface Output extends WidgetOf<OutputTraits> {
  /**
   * Run `body`; what it prints and shows, now and later, appears here, and an error too.
   *
   * @returns what `body` returns, or undefined if it failed; a promise of that for an async function
   * @example out.capture(() => { console.log('here'); display(chart); })
   */
  capture<T>(body: () => T): T | undefined;
  /** Add a value as `display` shows it. */
  append(value: unknown): void;
  /**
   * Empty it.
   * @param options `wait`: only when the next output arrives, which avoids flicker
   */
  clear(options?: { wait?: boolean }): void;
}

/** Milliseconds between two updates while outputs keep coming. */
const pace = 50;

class OutputModel extends Model {
  #list: OutputList | undefined;
  /** What was shown of the list last. */
  #known: readonly SavedOutput[] | undefined;
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;
  /** How many captures run now: their outputs are sent when they pause or end. */
  #depth = 0;

  capture<T>(body: () => T): T | undefined {
    const list = this.#collected();
    // Its first outputs are one update, unless they take their time.
    this.#sent = Date.now();
    this.#depth += 1;
    try {
      const result = captured(list, body);
      if (!readMethod(result, 'then')) return result;
      return Promise.resolve(result).catch((error: unknown) => list.error(errorOutput(error))) as T;
    } catch (error) {
      list.error(errorOutput(error));
      return undefined;
    } finally {
      this.#depth -= 1;
      this.#flush();
    }
  }

  append(value: unknown): void {
    const list = this.#collected();
    const show = ({ data, metadata }: Rendered): void => {
      readMethod(data, beforeSymbol)?.();
      if (Object.keys(data).length > 0) list.display(data, { metadata });
      this.#flush();
    };
    inOrder(toBundle(value), show);
  }

  clear({ wait = false }: { wait?: boolean } = {}): void {
    this.#collected().clear(wait);
    this.#flush();
  }

  /** The list of the outputs, also when they were set from outside meanwhile. */
  #collected(): OutputList {
    const shown = this.get('outputs') as readonly SavedOutput[];
    if (!this.#list || this.#known !== shown) {
      this.#list = new OutputList(() => this.#later(), shown);
      this.#known = shown;
    }
    return this.#list;
  }

  #later(): void {
    if (Date.now() - this.#sent >= pace) this.#flush();
    else if (this.#depth === 0) this.#timer ??= setTimeout(() => this.#flush(), pace);
  }

  /** All at once: the front-end never shows a part of what belongs together. */
  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const list = this.#list;
    if (!list) return;
    this.#sent = Date.now();
    this.set({ outputs: list.outputs });
    this.#known = this.get('outputs') as readonly SavedOutput[];
  }
}

const outputs: Trait<readonly SavedOutput[]> = {
  initial: [],
  allowed: 'an array of outputs as notebooks keep them',
  parse: (value) =>
    Array.isArray(value) && value.every((one) => typeof one?.output_type === 'string') ? value : refused,
};
const traits: TraitsOf<OutputTraits> = { outputs, msgId: text(), ...visible };
const spec: Spec = { name: 'Output', module: 'output', traits };

/**
 * A place for outputs, to be put among other widgets.
 *
 * @example
 * const out = new widgets.Output();
 * button.onClick(() => out.capture(() => console.log('clicked')));
 * new widgets.VBox([button, out])
 */
export const Output: WidgetClass<Output, OptionsOf<OutputTraits>> = defineWidget(spec, OutputModel);
