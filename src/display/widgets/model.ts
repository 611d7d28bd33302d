import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { MimeBundle } from '../types.ts';
import { bindToCell } from './cell.ts';
import { type Comm, type CommMessage, delist, enlist, openModel, sendState } from './connection.ts';
import { fallbackHtml } from './fallback.ts';
import { isPart } from './parts.ts';
import { identity, isSame, refuseCycle, type Spec, settled, traitNames } from './spec.ts';
import { consoleText, summaryText } from './summary.ts';
import { isRecord, unpack, wireName } from './wire.ts';

/** What an observer is told. */
export interface Change<V = unknown, N extends string = string> {
  readonly name: N;
  readonly old: V;
  /** The same as `value`. */
  readonly new: V;
  readonly value: V;
}

type Observer = (change: Change) => void;
type MessageListener = (content: unknown, buffers: readonly Uint8Array[]) => void;

/** Of `JUPYTER_WIDGETS_ECHO`, as ipywidgets reads it: other pages of the notebook hear what one has set. */
const isEchoing = !/^(?:no|n|false|off|0|0\.0)$/i.test(process.env.JUPYTER_WIDGETS_ECHO ?? '');
const viewMime = 'application/vnd.jupyter.widget-view+json';

/** A widget: its values here, kept in step with the front-end's model. */
export class Model {
  readonly modelId: string;
  readonly #spec: Spec;
  readonly #observers = new Map<string, Map<unknown, Observer>>();
  readonly #listeners = new Map<unknown, MessageListener>();
  #values: Record<string, unknown>;
  #comm: Comm | undefined;

  constructor(spec: Spec, values: Readonly<Record<string, unknown>>) {
    this.#spec = spec;
    this.#values = settled(spec, values, undefined);
    this.#comm = openModel(this.wireState());
    this.modelId = this.#comm?.id ?? randomUUID().replaceAll('-', '');
    if (this.#comm) enlist(this);
    this.#comm?.on('msg', (message) => this.#receive(message));
    this.#comm?.on('close', () => this.#closed());
  }

  get spec(): Spec {
    return this.#spec;
  }

  get(name: string): unknown {
    return this.#values[name];
  }

  set(values: Readonly<Record<string, unknown>>): this {
    return this.#apply(values, {});
  }

  /** `heard` is what the front-end has just said: it is told only where that does not hold. */
  #apply(values: Readonly<Record<string, unknown>>, heard: Readonly<Record<string, unknown>>): this {
    const before = this.#values;
    const after = settled(this.#spec, values, before);
    if ('children' in values) refuseCycle(this, after.children);
    const names = Object.keys(after).filter((name) => !isSame(before[name], after[name]));
    if (names.length > 0) this.#values = after;
    const isHeard = (name: string): boolean => traitKey(name) in heard;
    this.#tell([...names, ...Object.keys(values).filter((name) => isHeard(name))], heard);
    for (const name of names) this.#notify(name, before[name], after[name]);
    return this;
  }

  observe(names: string | readonly string[], observer: Observer): () => void {
    const wanted = traitNames(this.#spec, names);
    if (typeof observer !== 'function') {
      throw new TypeError(`${this.#spec.name}: the observer is ${typeof observer}; allowed is a function`);
    }
    const bound = bindToCell(observer);
    for (const name of wanted) {
      const observers = this.#observers.get(name) ?? new Map<unknown, Observer>();
      this.#observers.set(name, observers.set(observer, bound));
    }
    return () => this.unobserve(wanted, observer);
  }

  unobserve(names: string | readonly string[], observer?: Observer): void {
    for (const name of typeof names === 'string' ? [names] : names) {
      if (observer) this.#observers.get(name)?.delete(observer);
      else this.#observers.delete(name);
    }
  }

  onMessage(listener: MessageListener): () => void {
    this.#listeners.set(listener, bindToCell(listener));
    return () => this.#listeners.delete(listener);
  }

  send(content: unknown, buffers: readonly Uint8Array[] = []): void {
    if (this.#comm?.isOpen) this.#comm.send({ method: 'custom', content }, { buffers: [...buffers] });
  }

  addClass(name: string): this {
    const classes = this.get('domClasses') as readonly string[];
    return classes.includes(name) ? this : this.set({ domClasses: [...classes, name] });
  }

  removeClass(name: string): this {
    const classes = this.get('domClasses') as readonly string[];
    return this.set({ domClasses: classes.filter((one) => one !== name) });
  }

  focus(): void {
    this.send({ do: 'focus' });
  }

  blur(): void {
    this.send({ do: 'blur' });
  }

  close(): void {
    this.#comm?.close();
    this.#closed();
    for (const value of Object.values(this.#values)) if (isPart(value)) value.close();
  }

  /** All that the front-end knows of the widget, or some of its traits. */
  wireState(names?: readonly string[]): Record<string, unknown> {
    const state = names ? {} : identity(this.#spec);
    for (const name of names ?? Object.keys(this.#spec.traits)) {
      const trait = this.#spec.traits[name];
      const value = this.#values[name];
      if (trait && !trait.isLocal) state[traitKey(name)] = trait.toJson ? trait.toJson(value) : value;
    }
    return state;
  }

  /** How a notebook shows it. */
  show(): MimeBundle {
    const text = { 'text/plain': consoleText(this) };
    if (identity(this.#spec)._view_name === null || !this.#comm) return text;
    const view = { version_major: 2, version_minor: 0, model_id: this.modelId };
    return { [viewMime]: view, 'text/html': fallbackHtml(this), ...text };
  }

  toString(): string {
    return summaryText(this);
  }

  #tell(names: readonly string[], heard: Readonly<Record<string, unknown>>): void {
    const state = this.wireState(names);
    for (const [key, value] of Object.entries(state)) {
      if (key in heard && isEqual(heard[key], value)) delete state[key];
    }
    if (Object.keys(state).length > 0) sendState(this.#comm, 'update', state);
  }

  #notify(name: string, old: unknown, value: unknown): void {
    for (const observer of [...(this.#observers.get(name)?.values() ?? [])]) {
      observer({ name, old, new: value, value });
    }
  }

  #receive({ data, buffers }: CommMessage): void {
    if (!isRecord(data)) return;
    if (data.method === 'request_state') sendState(this.#comm, 'update', this.wireState());
    else if (data.method === 'custom') {
      for (const listener of [...this.#listeners.values()]) listener(data.content, buffers);
    } else if (data.method === 'update' && isRecord(data.state)) {
      unpack(data.state, data.buffer_paths, buffers);
      this.#update(data.state);
    }
  }

  /** The front-end has set traits. */
  #update(state: Record<string, unknown>): void {
    const names = Object.keys(this.#spec.traits).filter(
      (name) => traitKey(name) in state && !this.#spec.traits[name]?.isLocal,
    );
    const heard = Object.fromEntries(names.map((name) => [traitKey(name), state[traitKey(name)]]));
    if (isEchoing && names.length > 0) sendState(this.#comm, 'echo_update', heard);
    const values = names.map((name) => {
      const json = heard[traitKey(name)];
      const { fromJson } = this.#spec.traits[name] ?? {};
      return [name, fromJson ? fromJson(json) : json] as const;
    });
    try {
      this.#apply(Object.fromEntries(values), heard);
    } catch (error) {
      // Its own value is not what counts: it gets back the one that does.
      sendState(this.#comm, 'update', this.wireState(names));
      throw error;
    }
  }

  #closed(): void {
    this.#comm = undefined;
    delist(this.modelId);
  }
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return isDeepStrictEqual(a, b);
}

/** Only these two have a name that is not to be written by users, hence the underscore. */
function traitKey(name: string): string {
  return name === 'domClasses' || name === 'optionsLabels' ? `_${wireName(name)}` : wireName(name);
}
