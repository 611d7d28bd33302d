import { elementBundle } from './element.ts';
import { foreignBundle } from './foreign.ts';
import { plainText, readMethod } from './inspect.ts';
import { scheduleCurve } from './objects/schedule.ts';
import { objectBundle } from './objects.ts';
import { isRecords } from './records.ts';
import { svg } from './svg.ts';
import { table } from './table.ts';
import { displaySymbol, type MimeBundle, metadataSymbol, type Rendered } from './types.ts';
import { vegaLite } from './vegaLite.ts';

/**
 * The MIME bundle that shows a value, with its metadata.
 *
 * Honoured in this order: the method `Symbol.for('Jupyter.display')`, schedules, what else the toolkit and
 * TensorFlow.js make (tensors, models, optimizers, data sets, histories), `toDataURL()` (canvases), data frames
 * with `schema`, `head(n)` and `toRecords()`, the bytes of a PNG or JPEG, `toSpec()` (vega-lite-api) and
 * `outerHTML` (elements of a document without their scripts, Observable Plot); anything else becomes text/plain,
 * lists of plain objects a table as well.
 *
 * @param value what to show
 * @param options `raw`: the value is a MIME bundle itself
 * @returns the bundle, or a promise of it where the value needs one (a chart that loads its data)
 * @throws TypeError if `raw` is set, or the value's own method answers, with something other than a bundle
 * @example
 * toBundle(html`<b>done</b>`) // { data: { 'text/html': '<b>done</b>', 'text/plain': 'done' }, metadata: {} }
 */
export function toBundle(value: unknown, options: { raw?: boolean } = {}): Rendered | Promise<Rendered> {
  if (options.raw) return { data: checkBundle(value, 'a raw value'), metadata: {} };
  const show = readMethod(value, displaySymbol);
  if (show) return ownBundle(value, show);
  const curve = scheduleCurve(value);
  if (curve) return ownBundle(curve);
  const object = objectBundle(value);
  if (object) return object;
  const foreign = foreignBundle(value);
  if (foreign instanceof Promise) {
    return foreign.then((data) => (data ? { data, metadata: {} } : otherBundle(value)));
  }
  return foreign ? { data: foreign, metadata: {} } : otherBundle(value);
}

function otherBundle(value: unknown): Rendered | Promise<Rendered> {
  if (readMethod(value, 'toSpec')) return ownBundle(vegaLite(value as object));
  const element = elementBundle(value);
  if (element) return element;
  const data: MimeBundle = { 'text/plain': plainText(value) };
  if (isRecords(value)) data['text/html'] = table(value)[displaySymbol]()['text/html'];
  return { data, metadata: {} };
}

function ownBundle(value: unknown, show = readMethod(value, displaySymbol)): Rendered | Promise<Rendered> {
  const finish = (data: unknown): Rendered => ({
    data: withoutSvg(checkBundle(data, 'the result of [Symbol.for("Jupyter.display")]()')),
    metadata: (readMethod(value, metadataSymbol)?.() ?? {}) as Record<string, unknown>,
  });
  const data = show?.();
  return readMethod(data, 'then') ? Promise.resolve(data).then(finish) : finish(data);
}

function checkBundle(data: unknown, what: string): MimeBundle {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  if (isObject && Object.keys(data).every((key) => key.includes('/'))) return data as MimeBundle;
  throw new TypeError(
    `display: ${what} is ${plainText(data)}; allowed is a MIME bundle such as { 'text/plain': 'hello' }`,
  );
}

/** An image/svg+xml in a bundle turns up blank in nbconvert: send the same picture as html and PNG. */
function withoutSvg(bundle: MimeBundle): MimeBundle {
  const { 'image/svg+xml': picture, ...rest } = bundle;
  return typeof picture === 'string' ? { ...svg(picture)[displaySymbol](), ...rest } : bundle;
}
