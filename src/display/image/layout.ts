import { countText } from '../../core/text/numbers.ts';
import { type ImageArray, maxTiles } from './arrays.ts';
import { lineHeight, widthOf, wrapText } from './text.ts';

/** Where everything stands in the picture, in pixels of the PNG. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Pixels of the PNG for one in CSS. */
  readonly density: number;
  /** Pixels of the PNG for one of the tensor, a whole number. */
  readonly zoom: number;
  readonly tiles: readonly (readonly [x: number, y: number])[];
  readonly lines: readonly Line[];
  readonly bar: Bar | undefined;
}

/** The colour bar, whose ends the texts beside it name. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of text; `x` is its middle in a caption, its start in a note. */
export interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle';
}

/** What the caller may ask for. */
export interface Wishes {
  readonly columns: number | undefined;
  readonly width: number | undefined;
  readonly scale: number | undefined;
  readonly captions: readonly string[];
  readonly notes: readonly string[];
  /** What is at the ends of a colour bar, if there is to be one. */
  readonly ends: readonly [low: string, high: string] | undefined;
}

/** In CSS pixels: how large small pictures become, and how wide a grid does. */
const side = { alone: 200, inGrid: 64, captioned: 96 };
const maxWidth = 960;
const gridWidth = 760;
const gap = 4;
const narrowestCaption = 72;
const narrowestNote = 170;
const longestBar = 160;
const barHeight = 9;
/** Pictures of at least this size are sent as they are: there is nothing to see between their pixels. */
const isLarge = 256;
/** Enlarged pictures are not longer or higher than this. */
const maxPixels = 4096;

/** Places pictures of one size in a grid, with lines of text below each and below all of them. */
export function layOut(image: ImageArray, wishes: Wishes): Layout {
  const { count, width, height } = image;
  const isCaptioned = wishes.captions.length > 0;
  const guess = wishes.scale ?? fittingScale(image, isCaptioned);
  const cellGuess = isCaptioned ? Math.max(width * guess, narrowestCaption) : width * guess;
  const columns = Math.min(count, wishes.columns ?? fittingColumns(count, cellGuess));
  const gaps = gap * (columns - 1);
  const scale = wishes.width === undefined ? guess : Math.max(1, wishes.width - gaps) / (columns * width);
  const zoom = pixelsEach(scale, Math.max(width, height), columns, Math.ceil(count / columns));
  const density = zoom / scale;
  const cell =
    isCaptioned && count > 1 ? Math.max(width * zoom, Math.round(narrowestCaption * density)) : width * zoom;
  return place(image, wishes, { columns, zoom, density, cell });
}

/** Small pictures are enlarged by whole factors; long ones to some height, if there is room. */
function fittingScale({ count, width, height }: ImageArray, isCaptioned: boolean): number {
  const longest = Math.max(width, height);
  const wanted = count === 1 ? side.alone : isCaptioned ? side.captioned : side.inGrid;
  const scale = Math.floor(wanted / longest);
  if (scale >= 1) {
    const thin = Math.floor(8 / Math.min(width, height));
    return Math.max(scale, Math.min(thin, Math.floor(maxWidth / longest)));
  }
  return Math.min(1, maxWidth / width);
}

function fittingColumns(count: number, cell: number): number {
  const fitting = Math.max(1, Math.floor((gridWidth + gap) / (cell + gap)));
  const root = Math.ceil(Math.sqrt(count));
  if (count <= 8 || fitting <= root) return Math.min(count, fitting);
  // The last row is full where that makes the grid no more than twice as wide as high.
  for (let columns = root; columns <= Math.min(fitting, 1.4 * root); columns++) {
    if (count % columns === 0) return columns;
  }
  return root;
}

function pixelsEach(scale: number, longest: number, columns: number, rows: number): number {
  if (longest >= isLarge && scale <= 1) return 1;
  const most = Math.floor(maxPixels / (longest * Math.max(columns, Math.min(rows, columns))));
  return Math.max(1, Math.min(Math.round(scale * 2), most));
}

interface Cells {
  readonly columns: number;
  readonly zoom: number;
  readonly density: number;
  readonly cell: number;
}

function place(image: ImageArray, wishes: Wishes, cells: Cells): Layout {
  const { columns, zoom, density, cell } = cells;
  const space = Math.max(1, Math.round(gap * density));
  const { tiles, lines, bottom } = placeTiles(image, wishes.captions, cells);
  const rowWidth = columns * cell + (columns - 1) * space;
  const isWidened = wishes.notes.length > 0 && wishes.width === undefined;
  const width = Math.max(rowWidth, isWidened ? Math.round(narrowestNote * density) : 0);
  let y = bottom;
  const step = Math.round(lineHeight * density);
  const bar = wishes.ends && placeBar(wishes.ends, y, width, density);
  if (bar) {
    lines.push(...bar.lines);
    y += step;
  }
  for (const text of wishes.notes.flatMap((note) => wrapText(note, width / density, 4))) {
    lines.push({ text, x: 0, y, anchor: 'start' });
    y += step;
  }
  const height = lines.length > 0 ? y : y - space;
  return { width, height, density, zoom, tiles, lines, bar: bar?.bar };
}

function placeTiles(
  image: ImageArray,
  captions: readonly string[],
  { columns, zoom, density, cell }: Cells,
): { tiles: [number, number][]; lines: Line[]; bottom: number } {
  const space = Math.max(1, Math.round(gap * density));
  const step = Math.round(lineHeight * density);
  const wrapped = captions.map((caption) => wrapText(caption, cell / density, 3));
  const tiles: [number, number][] = [];
  const lines: Line[] = [];
  let y = 0;
  for (let first = 0; first < image.count; first += columns) {
    const row = Array.from({ length: Math.min(columns, image.count - first) }, (_, at) => first + at);
    const bottom = y + image.height * zoom;
    for (const [at, index] of row.entries()) {
      const x = at * (cell + space);
      tiles.push([x + Math.floor((cell - image.width * zoom) / 2), y]);
      wrapped[index]?.forEach((text, depth) => {
        lines.push({ text, x: x + cell / 2, y: bottom + depth * step, anchor: 'middle' });
      });
    }
    y = bottom + step * Math.max(0, ...row.map((index) => wrapped[index]?.length ?? 0)) + space;
  }
  return { tiles, lines, bottom: y };
}

function placeBar(
  [low, high]: readonly [string, string],
  y: number,
  width: number,
  density: number,
): { bar: Bar; lines: Line[] } {
  const x = Math.ceil((widthOf(low) + gap) * density);
  const rest = width - x - Math.ceil((widthOf(high) + gap) * density);
  const length = Math.max(1, Math.min(Math.round(longestBar * density), rest));
  const height = Math.round(barHeight * density);
  const top = y + Math.round(((lineHeight - barHeight) / 2) * density);
  return {
    bar: { x, y: top, width: length, height },
    lines: [
      { text: low, x: 0, y, anchor: 'start' },
      { text: high, x: x + length + gap * density, y, anchor: 'start' },
    ],
  };
}

/** Says that there are more pictures than are shown. */
export function countNote({ isGrid, total, count }: ImageArray): string {
  if (!isGrid) return '';
  return total > count ? `the first ${maxTiles} of ${countText(total)} of ` : `${total} of `;
}
