import { inspect } from 'node:util';
import { ArgumentError, checkNumber, checkOptions } from '../core/check.ts';
import { countText } from '../core/text/numbers.ts';
import { allowedImages, type ImageArray, imageArray } from './image/arrays.ts';
import { type Colormap, checkColormap } from './image/colormaps.ts';
import { compose } from './image/compose.ts';
import { pictureBundle, pictureBytes } from './image/file.ts';
import { countNote, layOut } from './image/layout.ts';
import { paint } from './image/paint.ts';
import { encodePng } from './image/png.ts';
import { checkRange, type Extent, extentOf, numberText, type ValueRange, valueRange } from './image/range.ts';
import { shrink, shrinkFactor } from './image/shrink.ts';
import { isList, shortText } from './inspect.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol, type Rendered } from './types.ts';

/** Options of `image`. */
export interface ImageOptions {
  /** How many pictures of a grid are side by side, an integer from 1; chosen by their number if left out. */
  columns?: number | undefined;
  /** The width of the whole, in CSS pixels from 1 to 10,000. */
  width?: number | undefined;
  /** CSS pixels for one pixel of the picture, above 0 up to 1,000; small pictures are enlarged if it is left out. */
  scale?: number | undefined;
  /** What numbers are coloured by, for pictures of one channel; 'gray' if left out. */
  colormap?: Colormap | undefined;
  /** The numbers of black and of white; told by the values if left out. */
  range?: readonly [low: number, high: number] | undefined;
  /** A text below each picture; `false` leaves out the note on type and range as well. */
  captions?: readonly unknown[] | string | false | undefined;
}

/** A picture that a notebook shows. */
export interface ShownImage extends Displayable {
  toString(): string;
}

const optionNames = ['columns', 'width', 'scale', 'colormap', 'range', 'captions'];

class Picture implements ShownImage {
  readonly #rendered: Rendered | Promise<Rendered>;

  constructor(rendered: Rendered | Promise<Rendered>) {
    this.#rendered = rendered;
    // Whoever shows it is told; until then nobody is.
    if (rendered instanceof Promise) rendered.catch(() => {});
  }

  #shown: Rendered | undefined;

  toString(): string {
    const known = this.#rendered instanceof Promise ? this.#shown : this.#rendered;
    return known ? String(known.data['text/plain']) : '[image]';
  }

  [inspect.custom](): string {
    return this.toString();
  }

  [displaySymbol](): MimeBundle | Promise<MimeBundle> {
    const rendered = this.#rendered;
    if (!(rendered instanceof Promise)) return rendered.data;
    return rendered.then((shown) => {
      this.#shown = shown;
      return shown.data;
    });
  }

  [metadataSymbol](): Record<string, unknown> {
    return (this.#rendered instanceof Promise ? this.#shown : this.#rendered)?.metadata ?? {};
  }
}

/**
 * A picture, or a grid of pictures, of numbers or of a file.
 *
 * Numbers become a PNG whose note says their type and how they were read: 0–1, −1–1, 0–255, or stretched to
 * their own range. NaN is shown in magenta, Infinity in orange. Files are sent as they are.
 *
 * @param x a tensor or nested arrays of shape [h, w], [h, w, 1 | 3 | 4], [n, h, w] or [n, h, w, 1 | 3 | 4], a
 *   list of such pictures, `{ data, shape }`, `{ data, width, height }`, or a picture in PNG, JPEG, GIF or
 *   WebP as a path, a file URL, a data URL, bytes, a Blob or a Response
 * @param options `columns`, `width`, `scale`, `colormap`, `range`, `captions`; the values are read at once
 * @returns a displayable
 * @throws TypeError for anything else, a disposed tensor and a picture that is damaged; RangeError for another
 *   shape, a `colormap` that is not there, a `range` that is none, and unequal numbers of captions and pictures;
 *   ArgumentError for another option that is not allowed; Error for a file that cannot be read
 * @example
 * image(tf.randomUniform([8, 28, 28, 1]), { columns: 4, captions: ['0', '1', '2', '3', '4', '5', '6', '7'] });
 * image([[0, 0.5], [0.5, 1]], { colormap: 'viridis' });
 */
export function image(x: unknown, options: ImageOptions = {}): ShownImage {
  checkOptions('image', options, optionNames);
  const { columns, width, scale } = options;
  if (columns !== undefined) checkNumber('image', 'columns', columns, { min: 1, integer: true });
  if (width !== undefined) checkNumber('image', 'width', width, { min: 1, max: 10_000 });
  if (scale !== undefined) checkNumber('image', 'scale', scale, { min: 0, exclusiveMin: true, max: 1000 });
  checkColormap(options.colormap);
  checkRange(options.range);
  const picture = pictureBytes(x);
  if (picture) {
    rejectForFiles(options);
    const wishes = { ...(width === undefined ? {} : { width }), ...(scale === undefined ? {} : { scale }) };
    const render = (found: Awaited<typeof picture>): Rendered => pictureBundle(found, wishes);
    return new Picture(picture instanceof Promise ? picture.then(render) : render(picture));
  }
  const array = imageArray(x);
  if (!array) throw new TypeError(`image: x is ${shortText(x, 60)}; allowed are ${allowedImages}`);
  const render = (found: ImageArray): Rendered => drawArray(found, options);
  return new Picture(array instanceof Promise ? array.then(render) : render(array));
}

function rejectForFiles(options: ImageOptions): void {
  for (const name of ['colormap', 'range', 'captions', 'columns'] as const) {
    if (options[name] === undefined || options[name] === false) continue;
    throw new ArgumentError(
      'image',
      name,
      shortText(options[name], 40),
      'left out for the picture of a file',
    );
  }
}

function drawArray(array: ImageArray, options: ImageOptions): Rendered {
  const colormap = checkColormap(options.colormap);
  if (colormap !== undefined && array.channels !== 1) {
    throw new RangeError(
      `image: colormap is '${colormap}', but the picture has ${array.channels} channels; allowed is one`,
    );
  }
  const captions = checkCaptions(options.captions, array.total).slice(0, array.count);
  const extent = extentOf(array.values, array.count * array.height * array.width * array.channels);
  const range = checkRange(options.range) ?? valueRange(array, extent, colormap === 'coolwarm');
  const isMarked = extent.nan + extent.infinite > 0;
  const factor = shrinkFactor(array);
  const notes = noteLines(array, { extent, range, colormap, factor });
  const shown = factor === 1 ? array : shrink(array, factor);
  const isPlain = options.captions === false;
  const layout = layOut(shown, {
    columns: options.columns,
    width: options.width,
    scale: options.scale,
    captions,
    notes: isPlain ? [] : notes,
    ends:
      isPlain || !colormap || colormap === 'gray'
        ? undefined
        : [numberText(range.low), numberText(range.high)],
  });
  const pixels = compose(shown, paint(shown, range, colormap, isMarked), layout, colormap);
  const width = Math.max(1, Math.round(pixels.width / layout.density));
  const text = [`[image ${notes.join(' · ')}]`, ...captionText(captions)].join('\n');
  return {
    data: { 'image/png': encodePng(pixels).toString('base64'), 'text/plain': text },
    metadata: { 'image/png': { width, alt: text } },
  };
}

/** The captions as texts, as many as there are pictures. */
function checkCaptions(captions: ImageOptions['captions'], count: number): string[] {
  if (captions === undefined || captions === false) return [];
  const list = typeof captions === 'string' ? [captions] : captions;
  const isTyped = ArrayBuffer.isView(list);
  if (!isList(list) && !isTyped) {
    throw new ArgumentError('image', 'captions', shortText(captions, 40), 'an array of texts, or false');
  }
  const texts = Array.from(list as ArrayLike<unknown>, String);
  if (texts.length !== count) {
    const pictures = count === 1 ? 'there is 1 picture' : `there are ${count} pictures`;
    throw new RangeError(`image: captions has ${texts.length} texts, but ${pictures}`);
  }
  return texts;
}

/** How the numbers are shown. */
interface Reading {
  readonly extent: Extent;
  readonly range: ValueRange;
  readonly colormap: Colormap | undefined;
  /** How many pixels of each side are shown as one. */
  readonly factor: number;
}

function noteLines(
  array: ImageArray,
  { extent: { nan, infinite }, range: { text }, colormap, factor }: Reading,
): string[] {
  const { height, width, channels, dtype } = array;
  const size = `${width}×${height}${channels === 1 ? '' : `×${channels}`}`;
  const map = colormap === undefined || colormap === 'gray' ? '' : `, ${colormap}`;
  const type = dtype === 'number' ? 'numbers' : dtype;
  const marks = [
    ...(nan > 0 ? [`${countText(nan)} NaN (magenta)`] : []),
    ...(infinite > 0 ? [`${countText(infinite)} infinite (orange)`] : []),
    ...(factor > 1 ? [`${factor}×${factor} pixels shown as one`] : []),
  ];
  return [
    `${countNote(array)}${size} ${type}, ${text}${map}`,
    ...(marks.length > 0 ? [marks.join(', ')] : []),
  ];
}

/** The first captions, for a console. */
function captionText(captions: readonly string[]): string[] {
  if (captions.length === 0) return [];
  const shown = captions.slice(0, 10).map((caption) => JSON.stringify(caption));
  return [`captions: ${shown.join(', ')}${captions.length > shown.length ? ', …' : ''}`];
}
