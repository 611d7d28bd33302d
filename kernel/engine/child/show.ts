import { types } from 'node:util';
import { plainText } from './plainText.ts';
import { loadToolkit } from './preload.ts';

export interface ShownBundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** How display objects are recognised, in Deno's kernel as well. */
const DISPLAY = Symbol.for('Jupyter.display');
const METADATA = Symbol.for('Jupyter.metadata');
/** What a schedule of the toolkit, a function, says of itself. */
const SCHEDULE = Symbol.for('descent.schedule');
/** What a bundle of the toolkit's wants called before it is shown. */
const BEFORE = Symbol.for('descent.before');
/** Under which the toolkit's objects say what they are. */
const DESCRIPTION = Symbol.for('descent.description');

const PNG_START = 0x89;
const JPEG_START = 0xff;

// Cells may replace these.
const { isPromise, isProxy, isUint8Array } = types;
const { apply } = Reflect;
const { isArray } = Array;
const { getOwnPropertyDescriptor, getPrototypeOf, keys, prototype: ObjectPrototype } = Object;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isProxy(value) && !isArray(value);
}

/** A Proxy that answers every `get` does not declare what it answers: hence `in`, which comes first. */
function member(value: unknown, key: PropertyKey): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  try {
    return key in value ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  } catch {
    return undefined;
  }
}

function method(value: unknown, key: PropertyKey): (() => unknown) | undefined {
  const found = member(value, key);
  return typeof found === 'function' ? () => apply(found, value, []) : undefined;
}

const isThenable = (value: unknown): value is PromiseLike<unknown> => isRecord(value) && 'then' in value;

/** Whether these are MIME types; none is the answer of a value that shows itself otherwise. */
function isBundle(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  for (const key of keys(value)) if (!key.includes('/')) return false;
  return true;
}

function plainBundle(value: unknown): ShownBundle {
  return { data: { 'text/plain': plainText(value) }, metadata: {} };
}

type Bundle = ShownBundle | Promise<ShownBundle>;

/** The display helpers know how to draw these; they are loaded for it. */
function toolkitBundle(value: unknown): Bundle {
  const { toBundle } = loadToolkit('display') as { toBundle(value: unknown): Bundle };
  return toBundle(value);
}

/** Canvases, and the tables of polars, arquero and Arrow. */
const FOREIGN_METHODS = ['toDataURL', 'toRecords', 'columnNames', 'getChild'];

/** What the display helpers look at more closely: images as bytes, canvases and data frames. */
function isForeign(value: unknown): boolean {
  if (isUint8Array(value)) return value[0] === PNG_START || value[0] === JPEG_START;
  for (const name of FOREIGN_METHODS) if (method(value, name)) return true;
  return isArray(member(value, 'dtypes')) && isArray(member(value, 'columns'));
}

/**
 * Whether a value may be a list of rows: its first element is a plain object that holds more than objects. The
 * display helpers have the last word.
 */
function mayBeRows(value: unknown): boolean {
  if (isProxy(value) || !isArray(value)) return false;
  const first: unknown = getOwnPropertyDescriptor(value, 0)?.value;
  if (!isRecord(first)) return false;
  const prototype: unknown = getPrototypeOf(first);
  if (prototype !== null && prototype !== ObjectPrototype) return false;
  for (const key of keys(first)) {
    const cell = getOwnPropertyDescriptor(first, key);
    if (cell && 'value' in cell && (typeof cell.value !== 'object' || cell.value === null)) return true;
  }
  return false;
}

/** The text is that of any other value, as programs that read it expect. */
function rowsBundle(value: unknown): Bundle {
  const plain = plainBundle(value);
  const found = toolkitBundle(value);
  const html = isPromise(found) ? undefined : (found as ShownBundle).data['text/html'];
  return html === undefined ? plain : { ...plain, data: { 'text/html': html, ...plain.data } };
}

/**
 * Whether it looks like what the toolkit and TensorFlow.js make, by members that little else has: tensors and
 * their buffers, models, optimizers, data sets, histories. The display helpers look more closely.
 */
function isLibraryObject(value: unknown): boolean {
  if (isProxy(value)) return false;
  if (member(value, DESCRIPTION) !== undefined) return true;
  if (typeof value !== 'object') return false;
  if (isArray(member(value, 'shape'))) return has(value, 'dataSync') || has(value, 'locToIndex');
  if (has(value, 'predict')) return isArray(member(value, 'layers')) || has(value, 'executeAsync');
  if (has(value, 'applyGradients') || has(value, 'forEachAsync')) return true;
  return hasCurves(member(value, 'history') ?? value);
}

function hasCurves(value: unknown): boolean {
  const loss = member(value, 'loss');
  return isArray(loss) && typeof loss[0] === 'number';
}

function has(value: unknown, name: string): boolean {
  return method(value, name) !== undefined;
}

/** Text alone is the answer for what only looked like one of them. */
function libraryBundle(value: unknown): Bundle {
  type Draw = (value: unknown) => Bundle | undefined;
  const { objectBundle } = loadToolkit('display', 'objects') as { objectBundle: Draw };
  const found = objectBundle(value);
  if (!found) return plainBundle(value);
  // Lists by name may be of any other meaning: their text is that of any other value.
  return hasCurves(value) ? withPlainText(value, found) : found;
}

async function withPlainText(value: unknown, found: Bundle): Promise<ShownBundle> {
  const { data, metadata } = await found;
  return { data: { ...data, ...plainBundle(value).data }, metadata };
}

/** Text alone is the answer for what only looked like one of them. */
function foreignBundle(value: unknown): Bundle {
  const found = toolkitBundle(value);
  const orPlain = (bundle: ShownBundle): ShownBundle =>
    keys(bundle.data).some((mime) => mime !== 'text/plain') ? bundle : plainBundle(value);
  return isPromise(found) ? found.then(orPlain) : orPlain(found as ShownBundle);
}

/** What its own method says; undefined where that is no bundle. */
function ownBundle(value: unknown, data: unknown): ShownBundle | undefined {
  if (!isBundle(data)) return undefined;
  const metadata = method(value, METADATA)?.();
  return { data, metadata: isRecord(metadata) ? metadata : {} };
}

async function awaited(value: unknown, own: PromiseLike<unknown>): Promise<ShownBundle> {
  return ownBundle(value, await own) ?? plainBundle(value);
}

/**
 * The MIME bundle of a value: its own where it implements `Symbol.for('Jupyter.display')`, that of an image, a
 * canvas, a data frame, an object of the toolkit or of TensorFlow.js, a Vega-Lite chart under construction
 * (`toSpec()`) or of an element of a document (`outerHTML`), and text/plain otherwise; a list of plain objects is
 * a table as well. An error in the value's own method is the cell's error; an answer that is none, as of a mock that
 * has every method, shows the value plainly. Synchronous where it can be.
 */
export function bundleOf(value: unknown): Bundle {
  const show = method(value, DISPLAY);
  if (show) {
    const own = show();
    if (!isThenable(own)) return ownBundle(value, own) ?? plainBundle(value);
    return awaited(value, own);
  }
  if (typeof value === 'function' && isRecord(member(value, SCHEDULE))) return toolkitBundle(value);
  if (isLibraryObject(value)) return libraryBundle(value);
  if (typeof value !== 'object') return plainBundle(value);
  if (isForeign(value)) return foreignBundle(value);
  if (mayBeRows(value)) return rowsBundle(value);
  const toSpec = method(value, 'toSpec');
  if (toSpec) {
    const spec = toSpec();
    return isRecord(spec) ? toolkitBundle({ toSpec: () => spec }) : plainBundle(value);
  }
  return typeof member(value, 'outerHTML') === 'string' ? toolkitBundle(value) : plainBundle(value);
}

/** To be called right before a bundle is sent: it may send what it depends on. */
export function beforeShown({ data }: ShownBundle): void {
  method(data, BEFORE)?.();
}
