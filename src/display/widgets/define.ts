import { inspect } from 'node:util';
import { type Displayable, displaySymbol } from '../types.ts';
import { type Change, Model } from './model.ts';
import type { Spec } from './spec.ts';
import { isRecord } from './wire.ts';

/** What every widget has. */
export interface Widget extends Displayable {
  /** The id under which front-ends know it. */
  readonly modelId: string;
  /** Hear of the front-end's own messages; gives the function that ends it. */
  onMessage(listener: (content: unknown, buffers: readonly Uint8Array[]) => void): () => void;
  /** Send a message of your own to the front-end's model. */
  send(content: unknown, buffers?: readonly Uint8Array[]): void;
  /** Take it off the page and end its part in the front-end. */
  close(): void;
  toString(): string;
}

/** Traits of `T` that can be watched and set together. */
export interface Observable<T> {
  /**
   * Call `observer` with `{ name, old, new, value }` whenever the trait changes, here or in the front-end.
   * What it prints and shows goes to the cell that called `observe`.
   *
   * @returns the function that ends it
   * @throws TypeError for a trait that the widget does not have
   * @example slider.observe('value', ({ value }) => console.log(value))
   */
  observe<K extends keyof T & string>(
    names: K | readonly K[],
    observer: (change: Change<T[K], K>) => void,
  ): () => void;
  /** End what `observe` began: one observer, or all of the trait. */
  unobserve<K extends keyof T & string>(
    names: K | readonly K[],
    observer?: (change: Change<T[K], K>) => void,
  ): void;
  /** Set several traits at once: they are checked together and travel in one message. */
  set(traits: Partial<T>): this;
}

/** What widgets that are seen have. */
export interface Visible extends Widget {
  /** Add a CSS class to its element. */
  addClass(name: string): this;
  removeClass(name: string): this;
  /** Move the keyboard's focus to it. */
  focus(): void;
  blur(): void;
}

/** Makes widgets from their traits, all of which may be left out. */
export type WidgetClass<W, O> = new (traits?: O) => W;

/** The same, where the first argument may be the value of one trait. */
export interface FirstClass<W, V, O> {
  new (value: V, traits?: O): W;
  new (traits?: O): W;
}

/** The class of a kind of widget; its type is stated where it is exported. */
export function defineWidget<C>(spec: Spec, base: typeof Model = Model): C {
  const Defined = class extends base {
    constructor(first?: unknown, rest: Record<string, unknown> = {}) {
      super(spec, argumentsOf(spec, first, rest));
    }
  };
  Object.defineProperty(Defined, 'name', { value: spec.name });
  Object.defineProperty(Defined.prototype, displaySymbol, { value: Defined.prototype.show });
  Object.defineProperty(Defined.prototype, inspect.custom, { value: Defined.prototype.toString });
  for (const name of Object.keys(spec.traits)) {
    Object.defineProperty(Defined.prototype, name, {
      get(this: Model) {
        return this.get(name);
      },
      set(this: Model, value: unknown) {
        this.set({ [name]: value });
      },
      configurable: true,
      enumerable: true,
    });
  }
  return Defined as unknown as C;
}

function argumentsOf(spec: Spec, first: unknown, rest: Record<string, unknown>): Record<string, unknown> {
  if (first === undefined) return given(rest);
  if (isRecord(first) && !(first instanceof Model)) return given(first);
  if (spec.first === undefined) {
    throw new TypeError(
      `${spec.name}: the first argument is ${typeof first}; allowed is an object of traits`,
    );
  }
  return given({ ...rest, [spec.first]: first });
}

/** Traits that are undefined count as left out. */
function given(traits: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== undefined));
}
