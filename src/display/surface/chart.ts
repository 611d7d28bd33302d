import { themeTokens } from '../theme.ts';
import { axes, type DrawnSurface, pointTooltip } from './drawn.ts';
import type { Grid, Point } from './grid.ts';
import { type Levels, symlogUnit } from './levels.ts';
import { walkLayers } from './walkLayers.ts';

/** Sides of about this many pixels, in whole pixels for each cell. */
const side = 420;
const star =
  'M0,-1L0.235,-0.324L0.951,-0.309L0.38,0.124L0.588,0.809L0,0.4L-0.588,0.809L-0.38,0.124L-0.951,-0.309L-0.235,-0.324Z';

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

/** The values in one row of data: with a row for each, most of it would be the names of the fields. */
function heat(drawn: DrawnSurface): object {
  const { grid, levels } = drawn;
  const z = Array.from(grid.values, (value) => Number(value.toPrecision(5)));
  return {
    data: { values: [{ z }] },
    transform: cellTransform(grid),
    mark: { type: 'rect', strokeWidth: 0 },
    encoding: {
      ...axes(drawn),
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

/** The place of each cell, from its number. */
function cellTransform({ size, x, y }: Grid): object[] {
  const [dx, dy] = [(x[1] - x[0]) / size, (y[1] - y[0]) / size];
  // A little more than a cell, so that no seams show between them.
  const overlap = 1.03;
  return [
    { flatten: ['z'] },
    { window: [{ op: 'row_number', as: 'i' }] },
    { filter: 'isValid(datum.z)' },
    { calculate: `${x[0]} + ${dx} * ((datum.i - 1) % ${size})`, as: 'x' },
    { calculate: `${y[0]} + ${dy} * floor((datum.i - 1) / ${size})`, as: 'y' },
    { calculate: `min(datum.x + ${overlap * dx}, ${x[1]})`, as: 'right' },
    { calculate: `min(datum.y + ${overlap * dy}, ${y[1]})`, as: 'top' },
    { calculate: `datum.x + ${dx / 2}`, as: 'cx' },
    { calculate: `datum.y + ${dy / 2}`, as: 'cy' },
  ];
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
      tooltip: [{ field: 'what', type: 'nominal', title: ' ' }, ...pointTooltip(drawn)],
    },
  };
}
