import { isList, plainText, readMember, readMethod, shortText } from '../inspect.ts';
import { displaySymbol, metadataSymbol } from '../types.ts';
import { elementMarkup } from './elements.ts';

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Escape text for HTML: in text and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => references[character] ?? character);
}

/** The text of an interpolated value that is neither markup nor a list. */
export function valueText(value: unknown): string {
  if (isNothing(value)) return '';
  if (typeof value === 'symbol') return String(value);
  const isPlain = typeof value === 'object' && readMember(value, 'toString') === Object.prototype.toString;
  if (isPlain) return plainText(value);
  try {
    return String(value);
  } catch {
    return plainText(value);
  }
}

/** Whether a value leaves no trace in a template. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === false;
}

/** The markup of an interpolated value: a displayable's own, a list's joined, anything else escaped. */
export function valueMarkup(value: unknown, ancestors: readonly unknown[] = []): string {
  if (isList(value)) {
    if (ancestors.includes(value)) return '[Circular]';
    return value.map((item) => valueMarkup(item, [...ancestors, value])).join('');
  }
  return displayableMarkup(value) ?? escapeHtml(valueText(value));
}

/** The markup of a value of `html` or `svg`, or undefined for anything else. */
export function fragmentMarkup(value: unknown): string | undefined {
  const markup = readMember(value, 'markup');
  return typeof markup === 'string' && readMethod(value, displaySymbol) ? markup : undefined;
}

/**
 * The markup of a displayable or of a DOM element, or undefined for a value that is neither; throws a
 * TypeError for a displayable whose bundle is asynchronous.
 */
export function displayableMarkup(value: unknown): string | undefined {
  const own = fragmentMarkup(value) ?? elementMarkup(value);
  if (own !== undefined) return own;
  const show = readMethod(value, displaySymbol);
  if (!show) return undefined;
  const bundle = show();
  if (readMethod(bundle, 'then')) {
    // Nobody waits for it any more.
    Promise.resolve(bundle).catch(() => undefined);
    throw new TypeError(
      `html: ${shortText(value)} is shown asynchronously; allowed is what is there at once: display it on its own`,
    );
  }
  const markup = readMember(bundle, 'text/html');
  if (typeof markup === 'string') return markup;
  const picture = readMember(bundle, 'image/png');
  if (typeof picture === 'string') {
    const size = readMember(readMethod(value, metadataSymbol)?.(), 'image/png');
    return imageMarkup(picture, valueText(readMember(bundle, 'text/plain')), readMember(size, 'width'));
  }
  return escapeHtml(valueText(readMember(bundle, 'text/plain')));
}

/** An image element that carries its PNG with it. */
function imageMarkup(png: string, alternative: string, width: unknown): string {
  const size = typeof width === 'number' ? ` width="${Math.round(width)}"` : '';
  return `<img src="data:image/png;base64,${escapeHtml(png)}"${size} alt="${escapeHtml(alternative)}">`;
}
