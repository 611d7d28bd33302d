import { plainText } from './plainText.ts';
import { loadToolkit } from './preload.ts';
import { safeString } from './trace.ts';

export interface ShownBundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** How display objects are recognised, in Deno's kernel as well. */
const DISPLAY = Symbol.for('Jupyter.display');
const METADATA = Symbol.for('Jupyter.metadata');

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function symbolMethod(value: unknown, symbol: symbol): (() => unknown) | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  try {
    const method = (value as Record<symbol, unknown>)[symbol];
    return typeof method === 'function' ? method.bind(value) : undefined;
  } catch {
    return undefined;
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> => isRecord(value) && 'then' in value;

/** A Vega-Lite chart under construction (`toSpec()`), or an element of a document (`outerHTML`). */
function isDrawable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    const { toSpec, outerHTML } = value as { toSpec?: unknown; outerHTML?: unknown };
    return typeof toSpec === 'function' || typeof outerHTML === 'string';
  } catch {
    return false;
  }
}

/** The display helpers know how to draw these; they are loaded for it. */
function toolkitBundle(value: unknown): ShownBundle | Promise<ShownBundle> {
  const { toBundle } = loadToolkit('display') as {
    toBundle(value: unknown): ShownBundle | Promise<ShownBundle>;
  };
  return toBundle(value);
}

/**
 * The MIME bundle of a value: its own where it implements `Symbol.for('Jupyter.display')`, text/plain
 * otherwise. An error in the value's own method is the cell's error. Synchronous where it can be.
 */
export function bundleOf(value: unknown): ShownBundle | Promise<ShownBundle> {
  const show = symbolMethod(value, DISPLAY);
  if (!show && isDrawable(value)) return toolkitBundle(value);
  const own = show?.();
  if (own === undefined) return { data: { 'text/plain': plainText(value) }, metadata: {} };
  const finish = (data: unknown): ShownBundle => {
    if (!isRecord(data)) {
      throw new TypeError(
        `[Jupyter.display]() returned ${safeString(data)}, expected an object of MIME types`,
      );
    }
    const metadata = symbolMethod(value, METADATA)?.();
    return { data, metadata: isRecord(metadata) ? metadata : {} };
  };
  return isThenable(own) ? Promise.resolve(own).then(finish) : finish(own);
}
