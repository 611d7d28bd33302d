import { toBundle } from '../../bundle.ts';
import { readMethod } from '../../inspect.ts';
import { earlierOutputs } from '../../queue.ts';
import { beforeSymbol, draftSymbol, type Rendered } from '../../types.ts';
import { captured, errorOutput } from '../cell.ts';
import { OutputList, type SavedOutput } from '../outputList.ts';

/** Milliseconds without a change after which the picture beside a chart is drawn. */
const rest = 250;
/** Milliseconds between two updates by what a call shows after it has ended. */
const pace = 50;
/** Milliseconds after which a call that has not ended no longer holds up the next: it may never end. */
const patience = 2000;

interface Call {
  readonly list: OutputList;
  readonly since: number;
  value?: unknown;
  isShown: boolean;
}

export interface CallsParts {
  /** Calls the function with the values of now. */
  call(): unknown;
  /** Takes all outputs of a call at once. */
  show(outputs: readonly SavedOutput[]): void;
}

/**
 * Calls a function again and again, one call at a time: of the changes that come meanwhile only the latest
 * counts, and what a call shows is dropped when a later one has been shown.
 */
export class Calls {
  /** What the latest call that was shown has returned. */
  result: unknown;
  readonly #parts: CallsParts;
  #running: Call | undefined;
  #isAsked = false;
  #timer: NodeJS.Timeout | undefined;
  #flush: NodeJS.Timeout | undefined;

  constructor(parts: CallsParts) {
    this.#parts = parts;
  }

  /** Something has changed: a quick picture now, the full one when the changes end. */
  changed(): void {
    const running = this.#running;
    if (running && !running.isShown && Date.now() - running.since < patience) this.#isAsked = true;
    else void this.#start(true);
  }

  /** Call now and show all of it; a promise while that takes time. */
  run(): void | Promise<void> {
    return this.#start(false);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#flush);
    this.#running = undefined;
    this.#isAsked = false;
  }

  #start(isDraft: boolean): void | Promise<void> {
    clearTimeout(this.#timer);
    this.#isAsked = false;
    const list = new OutputList(() => this.#late(call));
    const call: Call = { list, since: Date.now(), isShown: false };
    this.#running = call;
    return captured(list, () => {
      try {
        const value = this.#parts.call();
        if (!readMethod(value, 'then')) return this.#returned(call, value, isDraft);
        return this.#awaited(call, value as PromiseLike<unknown>, isDraft);
      } catch (error) {
        return this.#failed(call, error);
      }
    });
  }

  async #awaited(call: Call, value: PromiseLike<unknown>, isDraft: boolean): Promise<void> {
    try {
      await this.#returned(call, await value, isDraft);
    } catch (error) {
      this.#failed(call, error);
    }
  }

  #returned(call: Call, value: unknown, isDraft: boolean): void | Promise<void> {
    call.value = value;
    // What the call has displayed comes before what it returns, and with it.
    const earlier = earlierOutputs();
    if (!earlier) return this.#add(call, isDraft);
    return earlier.then(() => this.#add(call, isDraft)).catch((error: unknown) => this.#failed(call, error));
  }

  #add(call: Call, isDraft: boolean): void | Promise<void> {
    const { value } = call;
    const draft = isDraft ? readMethod(value, draftSymbol)?.() : undefined;
    if (draft) {
      this.#put(call, { data: draft as Rendered['data'], metadata: {} }, 'draft');
      this.#timer = setTimeout(() => this.#complete(call), rest);
      return this.#shown(call);
    }
    if (value === undefined) return this.#shown(call);
    const bundle = toBundle(value);
    if (!(bundle instanceof Promise)) {
      this.#put(call, bundle, 'full');
      return this.#shown(call);
    }
    return bundle.then(
      (rendered) => {
        this.#put(call, rendered, 'full');
        this.#shown(call);
      },
      (error: unknown) => this.#failed(call, error),
    );
  }

  #put({ list }: Call, { data, metadata }: Rendered, kind: 'draft' | 'full'): void {
    if (Object.keys(data).length === 0) return;
    readMethod(data, beforeSymbol)?.();
    list.display(data, { metadata, ...(kind === 'draft' ? { displayId: 'result' } : {}) });
  }

  /** The picture of the value whose draft is shown. */
  async #complete(call: Call): Promise<void> {
    const { list } = call;
    try {
      const { data, metadata } = await toBundle(call.value);
      if (this.#running !== call) return;
      readMethod(data, beforeSymbol)?.();
      list.display(data, { metadata, displayId: 'result', update: true });
    } catch (error) {
      if (this.#running !== call) return;
      list.display({ 'text/plain': '' }, { metadata: {}, displayId: 'result', update: true });
      list.error(errorOutput(error));
    }
    this.#parts.show(list.outputs);
  }

  #failed(call: Call, error: unknown): void {
    call.list.error(errorOutput(error));
    this.#shown(call);
  }

  #shown(call: Call): void {
    // A later call did not wait for this one.
    if (this.#running !== call) return;
    call.isShown = true;
    this.result = call.value;
    this.#parts.show(call.list.outputs);
    if (this.#isAsked) void this.#start(true);
  }

  /** What it started has shown something. */
  #late(call: Call): void {
    if (this.#running !== call || !call.isShown || this.#flush) return;
    this.#flush = setTimeout(() => {
      this.#flush = undefined;
      if (this.#running === call) this.#parts.show(call.list.outputs);
    }, pace);
  }
}
