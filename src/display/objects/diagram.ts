import type { LayerLook, ModelLook } from '../../core/text/model.ts';
import { escapeHtml } from '../markup/values.ts';
import { type Box, foldLayers, type Group } from './diagram/fold.ts';
import { type Placed, placeBoxes } from './diagram/place.ts';

/** A diagram as an SVG document, with its size in CSS pixels. */
export interface Diagram {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** More boxes than these are no picture any more. */
const mostBoxes = 240;
/** Up to so many boxes have room for their output shapes. */
const mostWithShapes = 30;
const margin = 10;
const longest = 34;
const character = { name: 7.6, detail: 6.6, shape: 5.8 };

/** Each kind of layer has a light colour of its own, on which dark text is read in any page. */
const fills: readonly (readonly [RegExp, string])[] = [
  [/^Input/, '#ffffff'],
  [/Conv/, '#bcd9f4'],
  [/Dense|Embedding/, '#bfe8c8'],
  [/Pool|UpSampling|Cropping|ZeroPadding/, '#f5e0ae'],
  [/LSTM|GRU|RNN|Bidirectional|TimeDistributed/, '#dfcdf3'],
  [/^(Add|Average|Concatenate|Dot|Maximum|Minimum|Multiply|Subtract)$/, '#f7cbb9'],
  [/Norm|Dropout|Noise/, '#e3e6e8'],
  [/^(Sequential|Model|Functional)$/, '#fff2b3'],
];
const otherFill = '#efefef';
const line = '#8a8a8a';
const ink = '#222222';
const quietInk = '#555555';

/** The layers as boxes with the edges between them, from the inputs at the top to the outputs. */
export function modelDiagram({ layers, isChain }: ModelLook): Diagram | undefined {
  const { boxes, groups } = foldLayers(layers, isChain);
  if (boxes.length === 0 || boxes.length > mostBoxes) return undefined;
  const hasShapes = boxes.length <= mostWithShapes;
  const boxHeight = hasShapes ? 36 : 22;
  const pitch = boxHeight + (hasShapes ? 20 : 14);
  const titles = boxes.map(({ layer }) => titleOf(layer));
  const widths = boxes.map(({ layer }, at) => {
    const shape = hasShapes ? shorten(layer.shape).length * character.shape : 0;
    return Math.round(Math.max(60, titleWidth(titles[at]!, layer.className), shape) + 18);
  });
  const placed = placeBoxes(boxes, widths);
  const topOf = (row: number): number => margin + row * pitch;
  const left = placed.left - margin - (groups.length > 0 ? 8 : 0);
  const width = Math.ceil(placed.right - left + margin + (groups.length > 0 ? 44 : 0));
  const height = topOf(placed.rows - 1) + boxHeight + margin;
  const parts = [
    ...groups.map((group) => groupMarkup(group, { placed, widths, topOf, boxHeight })),
    ...placed.edges.map((edge) => edgeMarkup(edge, topOf, boxHeight)),
    ...boxes.map((box, at) => {
      const { x, row } = placed.boxes[at]!;
      return boxMarkup(box, titles[at]!, {
        x,
        y: topOf(row),
        width: widths[at]!,
        height: boxHeight,
        hasShapes,
      });
    }),
  ];
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${round(left)} 0 ${width} ${height}" width="${width}" ` +
    `height="${height}" font-family="system-ui, 'DejaVu Sans', sans-serif">${parts.join('')}</svg>`;
  return { svg, width, height };
}

const round = (value: number): number => Math.round(value * 10) / 10;
/** An input is known by its name, other layers by what they do. */
function titleOf({ className, detail, name }: LayerLook): string {
  return shorten(`${className} ${className === 'InputLayer' ? name : detail}`.trim());
}

const titleWidth = (title: string, { length }: string): number =>
  Math.min(length, title.length) * character.name + Math.max(0, title.length - length) * character.detail;

const shorten = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly hasShapes: boolean;
}

function boxMarkup({ layer }: Box, title: string, { x, y, width, height, hasShapes }: Frame): string {
  const fill = fills.find(([pattern]) => pattern.test(layer.className))?.[1] ?? otherFill;
  const name = title.slice(0, layer.className.length);
  const text =
    `<text x="${round(x)}" y="${y + 15}" font-size="11.5" text-anchor="middle" fill="${ink}">` +
    `<tspan font-weight="600">${escapeHtml(name)}</tspan>${escapeHtml(title.slice(name.length))}</text>`;
  const shape = `<text x="${round(x)}" y="${y + 29}" font-size="10" text-anchor="middle" fill="${quietInk}">${escapeHtml(shorten(layer.shape))}</text>`;
  const dash = layer.isFrozen ? ' stroke-dasharray="4 3"' : '';
  return (
    `<rect x="${round(x - width / 2)}" y="${y}" width="${width}" height="${height}" rx="5" fill="${fill}" ` +
    `stroke="${line}"${dash}/>${text}${hasShapes ? shape : ''}`
  );
}

function edgeMarkup(
  points: Placed['edges'][number],
  topOf: (row: number) => number,
  boxHeight: number,
): string {
  const [first, ...rest] = points;
  let y = topOf(first!.row) + boxHeight;
  let x = first!.x;
  let path = `M${round(x)} ${y}`;
  for (const [at, point] of rest.entries()) {
    const isEnd = at === rest.length - 1;
    const top = topOf(point.row) - (isEnd ? 5 : 0);
    const middle = (y + top) / 2;
    path += `C${round(x)} ${middle} ${round(point.x)} ${middle} ${round(point.x)} ${top}`;
    if (!isEnd) path += `V${topOf(point.row) + boxHeight}`;
    x = point.x;
    y = topOf(point.row) + boxHeight;
  }
  const end = points.at(-1)!;
  const tip = topOf(end.row);
  const arrow = `M${round(end.x)} ${tip}l-3.5 -6h7z`;
  return `<path d="${path}" fill="none" stroke="${line}" stroke-width="1.3"/><path d="${arrow}" fill="${line}"/>`;
}

interface Places {
  readonly placed: Placed;
  readonly widths: readonly number[];
  readonly topOf: (row: number) => number;
  readonly boxHeight: number;
}

function groupMarkup({ from, to, times }: Group, { placed, widths, topOf, boxHeight }: Places): string {
  const inside = placed.boxes.slice(from, to);
  const left = Math.min(...inside.map(({ x }, at) => x - widths[from + at]! / 2)) - 7;
  const right = Math.max(...inside.map(({ x }, at) => x + widths[from + at]! / 2)) + 7;
  const top = topOf(Math.min(...inside.map(({ row }) => row))) - 5;
  const bottom = topOf(Math.max(...inside.map(({ row }) => row))) + boxHeight + 5;
  return (
    `<rect x="${round(left)}" y="${top}" width="${round(right - left)}" height="${bottom - top}" rx="8" ` +
    `fill="${line}" fill-opacity=".13" stroke="${line}" stroke-dasharray="2 3"/>` +
    `<text x="${round(right + 6)}" y="${top + 14}" font-size="12" font-weight="600" fill="#767676">× ${times}</text>`
  );
}
