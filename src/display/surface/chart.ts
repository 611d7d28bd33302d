import { themeTokens } from '../theme.ts';
import type { Contour } from './contours.ts';
import type { Grid, Point } from './grid.ts';
import { type Levels, symlogUnit } from './levels.ts';
import type { Walk } from './walk.ts';

/** What is drawn. */
export interface DrawnSurface {
  readonly grid: Grid;
  readonly levels: Levels;
  readonly contours: readonly Contour[];
  readonly walks: readonly Walk[];
  readonly minimum: Point | undefined;
  readonly title: string;
  readonly subtitle: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly width?: number;
  readonly height?: number;
}

/** Sides of about this many pixels, in whole pixels for each cell. */
const side = 420;
const star =
  'M0,-1L0.235,-0.324L0.951,-0.309L0.38,0.124L0.588,0.809L0,0.4L-0.588,0.809L-0.38,0.124L-0.951,-0.309L-0.235,-0.324Z';
/** Up to this many steps each has a dot. */
const dottedUpTo = 100;

/** The Vega-Lite spec of a surface with paths over it. */
export function surfaceSpec(drawn: DrawnSurface): object {
  const { grid, title, subtitle, walks, minimum, width, height } = drawn;
  const pixels = side - (side % grid.size) || grid.size;
  return {
    title: { text: title, subtitle },
    width: width ?? pixels,
    height: height ?? pixels,
    // The surface has a scale of its own kind.
    resolve: { scale: { color: 'independent' } },
    layer: [
      heat(drawn),
      ...(drawn.contours.length > 0 ? [contourLines(drawn)] : []),
      ...(walks.length > 0 ? walkLayers(drawn) : []),
      ...(minimum ? [minimumMark(drawn, minimum)] : []),
    ],
  };
}

function axes({ grid, xTitle, yTitle }: DrawnSurface): { x: object; y: object } {
  const channel = (field: string, title: string, domain: readonly number[]): object => {
    return {
      field,
      type: 'quantitative',
      title,
      scale: { domain, nice: false, zero: false },
      axis: { grid: false },
    };
  };
  return { x: channel('x', xTitle, grid.x), y: channel('y', yTitle, grid.y) };
}

/** The values in one row of data: with a row for each, most of it would be the names of the fields. */
function heat(drawn: DrawnSurface): object {
  const { grid, levels } = drawn;
  const { size, x, y } = grid;
  const [dx, dy] = [(x[1] - x[0]) / size, (y[1] - y[0]) / size];
  const z = Array.from(grid.values, (value) => Number(value.toPrecision(5)));
  // A little more than a cell, so that no seams show between them.
  const overlap = 1.03;
  const at = { column: `((datum.i - 1) % ${size})`, row: `floor((datum.i - 1) / ${size})` };
  const channels = axes(drawn);
  return {
    data: { values: [{ z }] },
    transform: [
      { flatten: ['z'] },
      { window: [{ op: 'row_number', as: 'i' }] },
      { filter: 'isValid(datum.z)' },
      { calculate: `${x[0]} + ${dx} * ${at.column}`, as: 'x' },
      { calculate: `${y[0]} + ${dy} * ${at.row}`, as: 'y' },
      { calculate: `min(datum.x + ${overlap * dx}, ${x[1]})`, as: 'right' },
      { calculate: `min(datum.y + ${overlap * dy}, ${y[1]})`, as: 'top' },
      { calculate: `datum.x + ${dx / 2}`, as: 'cx' },
      { calculate: `datum.y + ${dy / 2}`, as: 'cy' },
    ],
    mark: { type: 'rect', strokeWidth: 0 },
    encoding: {
      ...channels,
      x2: { field: 'right' },
      y2: { field: 'top' },
      color: {
        field: 'z',
        type: 'quantitative',
        title: 'loss',
        scale: colourScale(levels),
        legend: { format: '.3~g' },
      },
      tooltip: [
        { field: 'cx', type: 'quantitative', title: drawn.xTitle, format: '.4~g' },
        { field: 'cy', type: 'quantitative', title: drawn.yTitle, format: '.4~g' },
        { field: 'z', type: 'quantitative', title: 'loss', format: '.5~g' },
      ],
    },
  };
}

function colourScale({ scale, domain }: Levels): object {
  const { sequential } = themeTokens();
  const colours = typeof sequential === 'string' ? { scheme: sequential } : { range: sequential };
  const unit = scale === 'symlog' ? { constant: symlogUnit(domain) } : {};
  return { type: scale, domain, clamp: true, nice: false, ...unit, ...colours };
}

function contourLines(drawn: DrawnSurface): object {
  const short = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(4)));
  const rows = drawn.contours.map(({ level, x, y }, id) => ({
    id,
    level: Number(level.toPrecision(4)),
    x: short(x),
    y: short(y),
  }));
  return {
    data: { values: rows },
    transform: [{ flatten: ['x', 'y'] }, { window: [{ op: 'row_number', as: 'i' }] }],
    mark: { type: 'line', color: '#ffffff', strokeWidth: 0.8, opacity: 0.45, clip: true },
    encoding: {
      ...axes(drawn),
      detail: { field: 'id', type: 'nominal' },
      order: { field: 'i', type: 'quantitative' },
      tooltip: { field: 'level', type: 'quantitative', format: '.4~g' },
    },
  };
}

/** Each path with a white rim, a ring where it starts and a diamond where it ends. */
function walkLayers(drawn: DrawnSurface): object[] {
  const { walks } = drawn;
  const names = walks.map(({ name }) => name);
  const rows = walks.flatMap(({ name, points }) =>
    points.map((point) => ({ path: name, ...rounded(point) })),
  );
  const ends = walks.flatMap(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    const mark = (point: Point & { step: number }, end: string): object => ({
      path: name,
      end,
      ...rounded(point),
    });
    return first && last ? [mark(first, 'start'), mark(last, 'end')] : [];
  });
  const isNamed = walks.length > 1 || names[0] !== 'path';
  const color = isNamed
    ? { field: 'path', type: 'nominal', title: null, sort: null }
    : { value: themeTokens().colors[1] };
  const unlisted = isNamed ? { ...color, legend: null } : color;
  const lines = { ...axes(drawn), order: { field: 'step', type: 'quantitative' } };
  const isDotted = walks.every(({ points }) => points.length <= dottedUpTo);
  const outlined = { stroke: '#ffffff', strokeWidth: 1, clip: true };
  return [
    {
      data: { values: rows },
      resolve: { scale: { color: 'independent' } },
      layer: [
        {
          mark: { type: 'line', strokeWidth: 5, color: '#ffffff', opacity: 0.85, clip: true, tooltip: null },
          encoding: { ...lines, detail: { field: 'path', type: 'nominal' } },
        },
        {
          mark: { type: 'line', strokeWidth: 2.2, clip: true, tooltip: null },
          encoding: { ...lines, color },
        },
        {
          mark: { type: 'point', size: isDotted ? 16 : 60, opacity: isDotted ? 1 : 0, clip: true },
          encoding: { ...axes(drawn), color: unlisted, tooltip: walkTooltip(drawn) },
        },
      ],
    },
    {
      data: { values: ends },
      mark: { type: 'point', filled: true, size: 90, opacity: 1, ...outlined },
      encoding: {
        ...{
          ...axes(drawn),
          color: unlisted,
          tooltip: [{ field: 'end', type: 'nominal', title: ' ' }, ...walkTooltip(drawn)],
        },
        shape: {
          field: 'end',
          type: 'nominal',
          scale: { domain: ['start', 'end'], range: ['circle', 'diamond'] },
          title: null,
        },
      },
    },
  ];
}

function rounded({ step, x, y, value }: Point & { step: number }): object {
  const [a, b, c] = [x, y, value].map((number) => Number(number.toPrecision(6)));
  return { step, x: a, y: b, value: c };
}

function walkTooltip({ xTitle, yTitle }: DrawnSurface): object[] {
  return [
    { field: 'path', type: 'nominal' },
    { field: 'step', type: 'quantitative', format: ',' },
    { field: 'x', type: 'quantitative', title: xTitle, format: '.4~g' },
    { field: 'y', type: 'quantitative', title: yTitle, format: '.4~g' },
    { field: 'value', type: 'quantitative', title: 'loss', format: '.5~g' },
  ];
}

function minimumMark(drawn: DrawnSurface, { x, y, value }: Point): object {
  return {
    data: { values: [{ what: 'minimum', x, y, value }] },
    mark: {
      type: 'point',
      filled: true,
      shape: star,
      size: 130,
      color: '#ffffff',
      stroke: '#000000',
      strokeWidth: 1,
      opacity: 1,
      clip: true,
    },
    encoding: {
      ...axes(drawn),
      tooltip: [
        { field: 'what', type: 'nominal', title: ' ' },
        { field: 'x', type: 'quantitative', title: drawn.xTitle, format: '.4~g' },
        { field: 'y', type: 'quantitative', title: drawn.yTitle, format: '.4~g' },
        { field: 'value', type: 'quantitative', title: 'loss', format: '.5~g' },
      ],
    },
  };
}
