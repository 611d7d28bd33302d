import { join } from 'node:path';
import { LAZY } from './query.ts';

/** Where a preloaded name comes from: a folder of the toolkit, and the export (all of it when absent). */
interface Preload {
  module: string;
  export?: string;
  /** The name computes on tensors: its back end must be ready before the cell runs. */
  backend?: boolean;
}

/** The table of src/preload.ts, put in by the build. */
declare const PRELOADS: Record<string, Preload>;

const TOOLKIT = join(__dirname, '..', 'src');

/** A folder of the toolkit, or a file of it that needs less of the rest. */
export function loadToolkit(module: string, file = 'index'): Record<string, unknown> {
  return require(join(TOOLKIT, module, `${file}.js`)) as Record<string, unknown>;
}

function load({ module, export: name }: Preload): unknown {
  const loaded = loadToolkit(module);
  return name === undefined ? loaded : loaded[name];
}

/** Defines a global that is computed at its first use and can be assigned or declared again. */
export function defineLazy(name: string, compute: () => unknown): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  };
  const get = (): unknown => {
    const value = compute();
    settle(value);
    return value;
  };
  Object.defineProperty(get, 'name', { value: LAZY });
  Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, get, set: settle });
}

/** Puts the toolkit's names in place; nothing is loaded until a cell mentions one. */
export function definePreloads(): void {
  for (const [name, preload] of Object.entries(PRELOADS)) defineLazy(name, () => load(preload));
}

/** Loads a preloaded name for a question about it. */
export function touch(name: string): void {
  try {
    void (globalThis as Record<string, unknown>)[name];
  } catch {
    // The cell that uses it says why.
  }
}

let ready: Promise<unknown> | undefined;

/** Has the back end chosen and started. */
export function prepareBackend(): Promise<unknown> {
  const { backend } = load({ module: 'backend' }) as { backend: { ready(): Promise<string> } };
  ready ??= backend.ready();
  return ready;
}

/** After a termination: what it left half done in the back end, if that is in use, is ended. */
export function endInBackend(): void {
  if (!ready) return;
  try {
    const { endInterrupted } = loadToolkit('backend', 'interrupted') as { endInterrupted(): void };
    endInterrupted();
  } catch {
    // A cell has replaced what it needs: the interrupt is not to fail for that.
  }
}

/**
 * Makes what a cell mentions ready before it runs, be it by the names of packages in its code: a synchronous cell
 * cannot wait for a back end.
 */
export function prepare(references: readonly string[], code: string): Promise<unknown> | undefined {
  if (ready) return ready;
  const computes = (name: string): boolean =>
    Object.hasOwn(PRELOADS, name) && PRELOADS[name]?.backend === true;
  return references.some(computes) || code.includes('@tensorflow/tfjs') ? prepareBackend() : undefined;
}
